import { cellAt, type Grid } from "./grid";
import type { Choice } from "./representatives";

/** Each further round fills what is left between; more than two change hardly anything. */
const ROUNDS = 2;

/**
 * Lets items that their cell does not show step over into an empty cell beside their own, the one nearest to them.
 * So crowded parts spread by one cell and the map reads as a whole, while no picture stands further
 * from its place than that.
 *
 * `crowd` are the candidates, best first; `items`, one for each cell of the grid, is filled in place. What a cell takes
 * depends on its surroundings only, not on the window, so nothing changes under pan.
 */
export function spill(choice: Choice, grid: Grid, items: Int32Array, crowd: Int32Array): void {
  const placed = new Set<number>(items);
  for (let round = 0; round < ROUNDS; round++) {
    const { open, beside } = survey(choice, grid, items);
    const taken = new Map<number, number>();
    for (const item of crowd) {
      const home = cellAt(grid, { x: choice.x[item], y: choice.y[item] });
      if (home < 0 || beside[home] === 0 || placed.has(item)) continue;
      const cell = nearest(choice, grid, open, home, item);
      if (!taken.has(cell)) taken.set(cell, item);
    }
    if (taken.size === 0) return;
    for (const [cell, item] of taken) {
      items[cell] = item;
      placed.add(item);
    }
  }
}

/** The open cell around `home` whose middle is nearest to an item, in cells. */
function nearest({ x, y }: Choice, grid: Grid, open: Uint8Array, home: number, item: number): number {
  const { columns, cell } = grid;
  const across = x[item] / cell.width - grid.column - 0.5;
  const down = y[item] / cell.height - grid.row - 0.5;
  let best = -1;
  let closest = Infinity;
  eachAround(grid, home, (k) => {
    const distance = Math.hypot((k % columns) - across, Math.floor(k / columns) - down);
    if (open[k] === 0 || distance >= closest) return;
    closest = distance;
    best = k;
  });
  return best;
}

/** Which empty cells of the map are beside occupied ones, and which cells have such a cell beside them. */
function survey({ extent }: Choice, grid: Grid, items: Int32Array) {
  const open = new Uint8Array(items.length);
  const beside = new Uint8Array(items.length);
  items.forEach((item, k) => {
    const column = grid.column + (k % grid.columns);
    const row = grid.row + Math.floor(k / grid.columns);
    if (item >= 0 || column * grid.cell.width > extent[0] || row * grid.cell.height > extent[1]) return;
    eachAround(grid, k, (neighbour) => {
      if (items[neighbour] < 0) return;
      open[k] = 1;
      beside[neighbour] = 1;
    });
  });
  return { open, beside };
}

/** The up to eight cells around one. */
function eachAround({ columns, rows }: Grid, k: number, visit: (cell: number) => void): void {
  const column = k % columns;
  const row = Math.floor(k / columns);
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
      if (r !== row || c !== column) visit(r * columns + c);
    }
  }
}
