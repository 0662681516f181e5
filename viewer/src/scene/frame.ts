import { ratioOf } from "../data/aspect";
import type { Rect } from "./geometry";

/** At least this share of a picture's length is shown; the rest may be cut off to fill its cell. */
const KEPT = 0.75;

/** How a picture stands in its cell: the rectangle it fills, and the share of each side that is seen. */
export interface Framed {
  readonly rect: Rect;
  readonly seenWidth: number;
  readonly seenHeight: number;
}

/** Fits a picture of an aspect code into a cell, centred, cut by a quarter at most, `gutter` left free. */
export function frame(code: number, cell: Rect, gutter: number): Framed {
  const ratio = ratioOf(code);
  const inner = { width: cell.width - gutter, height: cell.height - gutter };
  const wanted = inner.width / inner.height;
  const shown = Math.min(ratio / KEPT, Math.max(ratio * KEPT, wanted));
  const width = Math.min(inner.width, inner.height * shown);
  const height = width / shown;
  return {
    rect: {
      x: cell.x + (cell.width - width) / 2,
      y: cell.y + (cell.height - height) / 2,
      width,
      height,
    },
    seenWidth: Math.min(1, shown / ratio),
    seenHeight: Math.min(1, ratio / shown),
  };
}
