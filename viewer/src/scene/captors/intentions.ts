import type { Point } from "../geometry";

/** What a visitor wants, whichever device said so. Points are CSS pixels of the canvas. */
export interface Intentions {
  pan(dx: number, dy: number): void;
  /** Lets go of the map in motion, CSS pixels a millisecond. */
  glide(speed: Point): void;
  /** Zooms about a point; `soft` for single steps, else at once. */
  zoom(factor: number, at: Point, soft: boolean): void;
  hover(at: Point | null): void;
  pick(at: Point): void;
  /** The keyboard: acts on what stands in the middle. */
  pickMiddle(): void;
  focus(visible: boolean): void;
  home(): void;
  leave(): void;
}
