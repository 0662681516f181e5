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
  const { x, y } = choice;
  const { columns, cell } = grid;
  const open = openCells(choice, grid, items);
  if (open.size === 0) return;
  const placed = new Set<number>(items);
  for (let round = 0; round < ROUNDS; round++) {
    const taken = new Map<number, number>();
    for (const item of crowd) {
      const home = cellAt(grid, { x: x[item], y: y[item] });
      let best = -1;
      let closest = Infinity;
      for (const neighbour of around(grid, home)) {
        if (!open.has(neighbour)) continue;
        const dx = (grid.column + (neighbour % columns) + 0.5) * cell.width - x[item];
        const dy = (grid.row + Math.floor(neighbour / columns) + 0.5) * cell.height - y[item];
        const distance = Math.hypot(dx / cell.width, dy / cell.height);
        if (distance >= closest) continue;
        closest = distance;
        best = neighbour;
      }
      if (best >= 0 && !taken.has(best) && !placed.has(item)) taken.set(best, item);
    }
    for (const [k, item] of taken) {
      items[k] = item;
      placed.add(item);
      open.delete(k);
    }
  }
}

/** Empty cells of the map beside occupied ones. */
function openCells({ extent }: Choice, grid: Grid, items: Int32Array): Set<number> {
  const open = new Set<number>();
  items.forEach((item, k) => {
    if (item < 0) return;
    for (const neighbour of around(grid, k)) {
      const column = grid.column + (neighbour % grid.columns);
      const row = grid.row + Math.floor(neighbour / grid.columns);
      const onTheMap = column * grid.cell.width <= extent[0] && row * grid.cell.height <= extent[1];
      if (items[neighbour] < 0 && onTheMap) open.add(neighbour);
    }
  });
  return open;
}

/** The up to eight cells around one. */
function around({ columns, rows }: Grid, k: number): number[] {
  const column = k % columns;
  const row = Math.floor(k / columns);
  const cells: number[] = [];
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
      if (r !== row || c !== column) cells.push(r * columns + c);
    }
  }
  return cells;
}
