import { intersect, type Rect } from "./geometry";
import { cellRect, type GridView } from "./grid";
import { overlap, type Hull } from "./hull";
import type { Representatives } from "./representatives";

/** Levels to choose from: cells of the coarsest are 104 to 208 CSS pixels high, those of the finest 26 to 52. */
export const LEVELS = 3;
/** A level is fine enough when it hides no more than this share of the items. */
const HIDDEN = 0.2;
/**
 * A level is too fine when its pictures fill less than this share of the ground that the coarsest fills. Small pictures
 * with gaps between them are specks; large ones are not, and under a filter the gaps are part of the answer.
 */
const FILLED = { small: 0.7, large: 0.5, filtered: 0.5 };
/** CSS pixels: the cells of large pictures are this high. */
const LARGE = 52;
/** How much worse the level now shown may be before another takes over. */
const PATIENCE = 0.08;

/**
 * Chooses the level to draw. The coarsest that shows nearly every item wins, for its pictures are the
 * largest; else the finest that still fills the ground, so that the map reads as a mosaic and not as
 * specks. The level now shown is kept while it is almost as good. `scale`: CSS pixels per unit.
 */
export function chooseLevel(
  { views, counts }: Representatives,
  hull: Hull,
  window: Rect,
  current: number | null,
  scale: number,
  filtered: boolean,
): GridView {
  const [coarsest] = views;
  const items = counts.reduce((sum, count) => sum + count, 0);
  const fillable = filled(coarsest, hull, window);
  const good = (view: GridView, patience: number): boolean =>
    1 - view.occupied / items <= HIDDEN + patience;
  const tight = (view: GridView, patience: number): boolean => {
    const large = view.cell.height * scale >= LARGE;
    const least = filtered ? FILLED.filtered : large ? FILLED.large : FILLED.small;
    return filled(view, hull, window) >= (least - patience) * fillable;
  };

  const best =
    views.find((view) => good(view, 0) && tight(view, 0)) ??
    views.findLast((view) => tight(view, 0)) ??
    coarsest;
  const kept = views.find((view) => view.level === current);
  if (!kept || kept.level === best.level) return best;
  if (best.level < kept.level) return tight(kept, PATIENCE) && !good(best, 0) ? kept : best;
  return good(kept, PATIENCE) ? kept : best;
}

/** Area, square units, of the occupied cells inside the hull and the window. */
function filled(view: GridView, hull: Hull, window: Rect): number {
  return view.items.reduce(
    (sum, item, k) => (item < 0 ? sum : sum + ground(cellRect(view, k), hull, window)),
    0,
  );
}

function ground(cell: Rect, hull: Hull, window: Rect): number {
  const seen = intersect(cell, window);
  return seen.width > 0 && seen.height > 0 ? overlap(hull, seen) : 0;
}
