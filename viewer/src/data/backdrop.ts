/** What is drawn under the pictures of a layout, units. */
export interface Backdrop {
  /** Polylines: x, y, x, y… */
  readonly lines: readonly (readonly number[])[];
  /** What is written, the x and y of its middle, and the height that it should have. */
  readonly texts: readonly (readonly [text: string, x: number, y: number, height: number])[];
}
