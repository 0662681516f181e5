import type { Rect } from "./geometry";
import { cellSize, type GridView } from "./grid";

/** What to choose from, and where. */
export interface Choice {
  /** Units, by item. */
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  /** Items in order of priority; null for 0, 1, 2… */
  readonly order: Uint32Array | null;
  /** How many items of that order are there. */
  readonly count: number;
  /** 1 for each item that may be shown; null for all. */
  readonly mask: Uint8Array | null;
  /** An item that stands for its cell whatever its rank; null for none. */
  readonly pinned: number | null;
  readonly aspect: number;
}

export interface Representatives {
  /** From the coarsest level to the finest. */
  readonly views: readonly GridView[];
  /** Items inside the cells looked at, shown or not. */
  readonly items: number;
}

/**
 * Chooses the item that stands for each cell: the first of the order that lies in it. One scan fills
 * the finest grid; a cell of a coarser level takes the best of its four children. The part looked at is
 * widened to whole cells of the coarsest level, so that what a cell shows does not depend on the view.
 */
export function representatives(
  choice: Choice,
  coarsest: number,
  finest: number,
  view: Rect,
): Representatives {
  const big = cellSize(coarsest, choice.aspect);
  const column = Math.max(0, Math.floor(view.x / big.width));
  const row = Math.max(0, Math.floor(view.y / big.height));
  const columns = Math.max(1, Math.ceil((view.x + view.width) / big.width) - column);
  const rows = Math.max(1, Math.ceil((view.y + view.height) / big.height) - row);
  const times = 2 ** (finest - coarsest);
  const found = scan(choice, finest, column * times, row * times, columns * times, rows * times);

  const views: GridView[] = [];
  let ranks: Int32Array = found.ranks;
  for (let level = finest; level >= coarsest; level--) {
    const factor = 2 ** (level - coarsest);
    const width = columns * factor;
    if (level < finest) ranks = halve(ranks, width * 2);
    const items = Int32Array.from(ranks, (rank) => itemOf(choice, rank));
    views.unshift({
      level,
      cell: cellSize(level, choice.aspect),
      column: column * factor,
      row: row * factor,
      columns: width,
      rows: rows * factor,
      items,
      occupied: items.reduce((sum, item) => sum + Number(item >= 0), 0),
    });
  }
  return { views, items: found.items };
}

const PINNED = -1;
const NOBODY = 0x7fffffff;

function itemOf({ order, pinned }: Choice, rank: number): number {
  if (rank === NOBODY) return -1;
  if (rank === PINNED && pinned !== null) return pinned;
  return order ? order[rank] : rank;
}

/** Rank of the first item in each cell of the finest grid, or NOBODY. */
function scan(choice: Choice, level: number, column: number, row: number, columns: number, rows: number) {
  const { x, y, order, mask, count, pinned } = choice;
  const { width, height } = cellSize(level, choice.aspect);
  const ranks = new Int32Array(columns * rows).fill(NOBODY);
  const left = column * width;
  const top = row * height;
  let items = 0;
  for (let rank = 0; rank < count; rank++) {
    const item = order ? order[rank] : rank;
    if (mask?.[item] === 0 && item !== pinned) continue;
    const c = Math.floor((x[item] - left) / width);
    const r = Math.floor((y[item] - top) / height);
    if (c < 0 || r < 0 || c >= columns || r >= rows) continue;
    items++;
    const cell = r * columns + c;
    if (item === pinned) ranks[cell] = PINNED;
    else if (ranks[cell] === NOBODY) ranks[cell] = rank;
  }
  return { ranks, items };
}

/** The ranks of the next coarser level: the smallest of each 2 × 2. */
function halve(ranks: Int32Array, columns: number): Int32Array {
  const half = columns / 2;
  const rows = ranks.length / columns / 2;
  const coarse = new Int32Array(half * rows).fill(NOBODY);
  for (let k = 0; k < ranks.length; k++) {
    const cell = (Math.floor(k / columns) >> 1) * half + ((k % columns) >> 1);
    coarse[cell] = Math.min(coarse[cell], ranks[k]);
  }
  return coarse;
}
