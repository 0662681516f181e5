import type { CameraState } from "./camera";
import type { CellSize } from "./grid";

/** CSS pixels at the window's edges that something else covers. */
export interface Insets {
  readonly left: number;
  readonly bottom: number;
}

interface Pane {
  readonly width: number;
  readonly height: number;
}

/** Free space on each side, as a share of the window. */
const MARGIN = 0.015;

/**
 * The view of the whole map: as large as the window allows in one direction, moved aside for what
 * covers the window. `cellFor` tells the cells that pictures will stand in at a scale: they are
 * whole, so the last row and column reach beyond the last position. `beside`: nothing of it may be covered.
 */
export function wholeMap(
  [right, bottom]: readonly [number, number],
  window: Pane,
  insets: Insets,
  cellFor: (scale: number) => CellSize,
  beside = false,
): CameraState {
  const free = window.width - (beside ? insets.left : 0);
  const scaleOf = (width: number, height: number) =>
    (1 - 2 * MARGIN) *
    Math.min(free / Math.max(1, width), (window.height - insets.bottom) / Math.max(1, height));
  let cell = cellFor(scaleOf(right, bottom));
  for (;;) {
    const width = (Math.floor(right / cell.width) + 1) * cell.width;
    const height = (Math.floor(bottom / cell.height) + 1) * cell.height;
    const scale = scaleOf(width, height);
    // The smaller scale may call for larger cells, whose last row reaches further still.
    const next = cellFor(scale);
    if (next.height <= cell.height) return centred(width, height, scale, window, insets);
    cell = next;
  }
}

function centred(width: number, height: number, scale: number, window: Pane, insets: Insets): CameraState {
  const spare = window.width - width * scale;
  const left = Math.min(spare / 2 + insets.left / 2, spare - window.width * MARGIN);
  return {
    x: (window.width / 2 - Math.max(left, 0)) / scale,
    y: height / 2 + insets.bottom / 2 / scale,
    scale,
  };
}
