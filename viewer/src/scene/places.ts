import type { Arrangement } from "../data/collection";
import type { Rect } from "./geometry";
import { FINEST_LEVEL, type Selection } from "./grid";

/** Stands for the level when pictures are at their true places, and not in the cells of a grid. */
export const TRUE_PLACES = FINEST_LEVEL + 1;

/** CSS pixels: lower pictures are not even spots of colour, and higher ones would be blurred. */
const LOWEST = 3;
const HIGHEST = 208;
/** More would not fit into a draw call's texture. */
const MOST = 4096;

/** How high pictures are at their true places at a scale, units; null when they would be too small to be seen. */
export function heightAt(room: number, scale: number): number | null {
  return room * scale < LOWEST ? null : Math.min(room, HIGHEST / scale);
}

/**
 * The items in a window, each at its true place: for layouts that promise every picture room of its own.
 * Null when they are too many to draw.
 */
export function truePlaces(
  { x, y, absent }: Arrangement,
  loaded: number,
  mask: Uint8Array | null,
  pinned: readonly number[],
  cell: { readonly width: number; readonly height: number },
  window: Rect,
): Selection | null {
  const { width, height } = cell;
  // A cell more on each side, so that a small pan needs no new choice.
  const [left, right] = [window.x - width, window.x + window.width + width];
  const [top, bottom] = [window.y - height, window.y + window.height + height];
  const always = new Set(pinned);
  const items: number[] = [];
  for (let i = 0; i < loaded; i++) {
    if (x[i] < left || x[i] > right || y[i] < top || y[i] > bottom) continue;
    if (absent?.[i] === 1 || (mask?.[i] === 0 && !always.has(i))) continue;
    if (items.length === MOST) return null;
    items.push(i);
  }
  return {
    level: TRUE_PLACES,
    cell,
    items,
    rectOf: (k) => ({ x: x[items[k]] - width / 2, y: y[items[k]] - height / 2, width, height }),
  };
}
