import type { CameraState } from "./camera";

/** What the map counts of itself, so that tests can count honestly. */
export interface Stats {
  /** Of the last frame. */
  readonly drawCalls: number;
  /** Pictures in the window, and dots drawn. */
  readonly pictures: number;
  readonly points: number;
  readonly textureBytes: number;
  readonly layout: string;
  /** Nothing moves and every picture in the window has the pixels it needs. */
  readonly sharp: boolean;
  /** Share of the convex hull of all positions under pictures whose short side is at least 24 CSS pixels. */
  readonly coverage: number;
  readonly level: number | null;
  /** Height of a cell, CSS pixels. */
  readonly cellPixels: number | null;
  readonly view: CameraState;
  /** Items loaded so far. */
  readonly items: number;
  /** The pictures in the window, CSS pixels. */
  readonly drawn: readonly {
    readonly item: number;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}
