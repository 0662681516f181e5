import type { Arrangement, Collection } from "../data/collection";
import type { Rect } from "./geometry";
import { cellRect, cellSize, finestLevel, type Selection } from "./grid";
import { convexHull, type Hull } from "./hull";
import { chooseLevel, LEVELS } from "./level";
import { heightAt, truePlaces } from "./places";
import { representatives } from "./representatives";

/** CSS pixels: cells of the level now shown may get this low before fewer take over. */
const LOWEST_KEPT = 23;

/** Knows what there is to choose from, and chooses the pictures for a view. */
export class Chooser {
  /** Convex hull of all positions. */
  hull: Hull = [];
  loaded = 0;
  /** 0 for each item that may not be chosen; null when all may. */
  mask: Uint8Array | null = null;
  pinned: readonly number[] = [];
  private filtered = false;
  private readonly aspect: number;

  constructor(
    collection: Collection,
    public arrangement: Arrangement,
  ) {
    this.aspect = collection.site.manifest.cell_aspect;
  }

  /** Leaves out what the filter does not let through and what lies under the best of its copies. */
  show({ mask, stack }: { mask: Uint8Array | null; stack: Uint8Array | null }): void {
    this.filtered = mask !== null;
    this.mask = mask && stack ? mask.map((passed, item) => passed && stack[item]) : (mask ?? stack);
  }

  /** Call when the arrangement or the number of loaded items has changed. */
  measure(): void {
    const { x, y, absent } = this.arrangement;
    this.hull = convexHull(x, y, this.loaded, absent);
  }

  /** The pictures for a view; `current` is the level now shown. */
  choose(scale: number, window: Rect, current: number | null): Selection {
    const { arrangement, loaded, mask, aspect } = this;
    const { x, y, order, absent } = arrangement;
    const { extent, room, placed } = arrangement.entry;
    const pinned = absent ? this.pinned.filter((item) => absent[item] === 0) : this.pinned;
    const height = heightAt(room, scale);
    if (height !== null) {
      const cell = { width: height * aspect, height };
      const places = truePlaces(arrangement, loaded, mask, pinned, cell, window);
      if (places) return places;
    }
    const { finest, coarsest } = levels(scale, current);
    const count = Math.min(loaded, placed);
    const found = representatives({ x, y, order, extent, count, mask, pinned, aspect }, coarsest, finest, window);
    const view = chooseLevel(found, this.hull, window, current, scale, this.filtered);
    return { ...view, rectOf: (k) => cellRect(view, k) };
  }

  /** Two views with one key need not be chosen for twice. */
  key(scale: number, { x, y, width, height }: Rect, current: number | null): string {
    const { finest, coarsest } = levels(scale, current);
    const tall = heightAt(this.arrangement.entry.room, scale);
    const cell = tall === null ? cellSize(coarsest, this.aspect) : { width: tall * this.aspect, height: tall };
    const quarters = (at: number, side: number) => Math.floor((4 * at) / side);
    return [
      finest, coarsest, this.loaded, tall, Math.round(8 * Math.log2(scale)),
      quarters(x, cell.width), quarters(x + width, cell.width),
      quarters(y, cell.height), quarters(y + height, cell.height),
    ].join();
  }
}

function levels(scale: number, current: number | null): { finest: number; coarsest: number } {
  const finest = finestLevel(scale);
  const kept = current === finest + 1 && finestLevel(scale, LOWEST_KEPT) === current;
  return { finest: kept ? current : finest, coarsest: Math.max(0, finest - LEVELS + 1) };
}
