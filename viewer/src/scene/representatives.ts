import type { Rect } from "./geometry";
import { cellSize, type Grid, type GridView } from "./grid";

/** What to choose from, and where. */
export interface Choice {
  /** Units, by item. */
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  /** Largest x and y of all items, units. */
  readonly extent: readonly [number, number];
  /** Items in order of priority; null for 0, 1, 2… */
  readonly order: Uint32Array | null;
  /** How many items of that order are there. */
  readonly count: number;
  /** 0 for each item that may not be shown; null when all may. */
  readonly mask: Uint8Array | null;
  /** Items that stand for their cells whatever their rank, the more important first. */
  readonly pinned: readonly number[];
  readonly aspect: number;
}

export interface Representatives {
  /** From the coarsest level to the finest. */
  readonly views: readonly GridView[];
  /** Items, shown or not, in each cell of the coarsest level. */
  readonly counts: Int32Array;
}

/**
 * Chooses the item that stands for each cell: the first of the order that lies in it. One scan fills the
 * finest grid; a cell of a coarser level takes the best of its four children. The part looked at is
 * widened by a cell of the coarsest level, so that what a cell shows does not depend on the view.
 */
export function representatives(
  choice: Choice,
  coarsest: number,
  finest: number,
  view: Rect,
): Representatives {
  const big = cellSize(coarsest, choice.aspect);
  const column = Math.max(0, Math.floor(view.x / big.width) - 1);
  const row = Math.max(0, Math.floor(view.y / big.height) - 1);
  const columns = Math.max(1, Math.ceil((view.x + view.width) / big.width) + 1 - column);
  const rows = Math.max(1, Math.ceil((view.y + view.height) / big.height) + 1 - row);
  const grid = (level: number): Grid => {
    const factor = 2 ** (level - coarsest);
    return {
      level,
      cell: cellSize(level, choice.aspect),
      column: column * factor,
      row: row * factor,
      columns: columns * factor,
      rows: rows * factor,
    };
  };

  const found = scan(choice, grid(finest), finest - coarsest);
  const views: GridView[] = [];
  let { ranks } = found;
  for (let level = finest; level >= coarsest; level--) {
    const items = ranks.map((rank) => itemOf(choice, rank));
    const occupied = items.reduce((sum, item) => sum + Number(item >= 0), 0);
    views.unshift({ ...grid(level), items, occupied });
    if (level > coarsest) ranks = halve(ranks, grid(level).columns);
  }
  return { views, counts: found.counts };
}

const NOBODY = 0x7fffffff;

function itemOf({ order, pinned }: Choice, rank: number): number {
  if (rank === NOBODY) return -1;
  if (rank < 0) return pinned[rank + pinned.length];
  return order ? order[rank] : rank;
}

/** Rank of the first item in each cell of a grid (below 0 if pinned), or NOBODY; and how many items are in each cell `steps` levels coarser. */
function scan(choice: Choice, grid: Grid, steps: number): { ranks: Int32Array; counts: Int32Array } {
  const { x, y, order, mask, count, pinned } = choice;
  const { columns, rows } = grid;
  const { width, height } = grid.cell;
  const left = grid.column * width;
  const top = grid.row * height;
  const ranks = new Int32Array(columns * rows).fill(NOBODY);
  const coarseColumns = columns >> steps;
  const counts = new Int32Array(coarseColumns * (rows >> steps));
  const place = (item: number): number => {
    const across = (x[item] - left) / width;
    const down = (y[item] - top) / height;
    const inside = across >= 0 && down >= 0 && across < columns && down < rows;
    return inside ? (down | 0) * columns + (across | 0) : -1;
  };
  pinned.forEach((item, k) => {
    const cell = place(item);
    if (cell >= 0) ranks[cell] = Math.min(ranks[cell], k - pinned.length);
  });
  for (let rank = 0; rank < count; rank++) {
    const item = order === null ? rank : order[rank];
    if (mask !== null && mask[item] === 0) continue;
    const cell = place(item);
    if (cell < 0) continue;
    counts[((cell / columns | 0) >> steps) * coarseColumns + ((cell % columns) >> steps)]++;
    if (ranks[cell] === NOBODY) ranks[cell] = rank;
  }
  return { ranks, counts };
}

/** The next coarser level: the best of each 2 × 2. */
function halve(ranks: Int32Array, columns: number): Int32Array {
  const half = columns / 2;
  const coarse = new Int32Array(ranks.length / 4).fill(NOBODY);
  for (let k = 0; k < ranks.length; k++) {
    const cell = (Math.floor(k / columns) >> 1) * half + ((k % columns) >> 1);
    coarse[cell] = Math.min(coarse[cell], ranks[k]);
  }
  return coarse;
}
