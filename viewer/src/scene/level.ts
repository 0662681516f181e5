import type { Rect } from "./geometry";
import { cellRect, type GridView } from "./grid";
import { overlap, type Hull } from "./hull";
import type { Representatives } from "./representatives";

/** Pictures no larger than this, CSS pixels of a cell's height, however few there are. */
export const LARGEST_CELL = 240;
/** A level is fine enough when it hides no more than this share of the items. */
const HIDDEN = 0.05;
/** A level is too fine when its pictures fill less than this share of the ground. */
const FILLED = 0.72;
/** How much worse the level now shown may be before another takes over. */
const PATIENCE = 0.08;

/**
 * Chooses the level to draw. The coarsest that shows (nearly) every item wins, for its pictures are the
 * largest; else the finest that still fills the ground, so that the map reads as a mosaic and not as
 * specks. The level now shown is kept while it is almost as good.
 */
export function chooseLevel(
  { views, items }: Representatives,
  hull: Hull,
  window: Rect,
  current: number | null,
): GridView {
  const [coarsest] = views;
  const ground = filled(coarsest, hull, window);
  const good = (view: GridView, patience: number): boolean =>
    1 - view.occupied / items <= HIDDEN + patience;
  const tight = (view: GridView, patience: number): boolean =>
    filled(view, hull, window) >= (FILLED - patience) * ground;

  const best = views.find((view) => good(view, 0)) ?? views.findLast((view) => tight(view, 0)) ?? coarsest;
  const kept = views.find((view) => view.level === current);
  if (!kept || kept.level === best.level) return best;
  if (best.level < kept.level) return tight(kept, PATIENCE) && !good(best, 0) ? kept : best;
  return good(kept, PATIENCE) ? kept : best;
}

/** Area, square units, of the occupied cells inside the hull and the window. */
function filled(view: GridView, hull: Hull, window: Rect): number {
  let sum = 0;
  view.items.forEach((item, k) => {
    if (item < 0) return;
    const cell = cellRect(view, k);
    if (cell.x < window.x + window.width && cell.y < window.y + window.height
      && cell.x + cell.width > window.x && cell.y + cell.height > window.y) {
      sum += overlap(hull, cell);
    }
  });
  return sum;
}
