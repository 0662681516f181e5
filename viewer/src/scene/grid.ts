import type { Point, Rect } from "./geometry";

const UNITS = 65536;
export const FINEST_LEVEL = 16;

/** Cells of a level, units: height 65536 / 2^level, width × `aspect`, anchored at (0, 0). */
export interface CellSize {
  readonly width: number;
  readonly height: number;
}

export function cellSize(level: number, aspect: number): CellSize {
  const height = UNITS / 2 ** level;
  return { width: height * aspect, height };
}

/** CSS pixels: in lower cells a picture's short side would fall below 24, and it could not be told apart. */
const LOWEST_CELL = 26;

/** The finest level whose cells are high enough at a scale. */
export function finestLevel(scale: number, lowest = LOWEST_CELL): number {
  const level = Math.floor(Math.log2((UNITS * scale) / lowest));
  return Math.min(FINEST_LEVEL, Math.max(0, level));
}

/** Cells of one level that cover a part of the plane. */
export interface Grid {
  readonly level: number;
  readonly cell: CellSize;
  /** Of the upper left cell. */
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/** One level's choice of items. */
export interface GridView extends Grid {
  /** The item that represents each cell, or -1; row by row. */
  readonly items: Int32Array;
  readonly occupied: number;
}

/** Items to draw as pictures, and the cell that each stands in. */
export interface Selection {
  /** Of the grid, or `TRUE_PLACES`. */
  readonly level: number;
  readonly cell: CellSize;
  /** -1 for nobody. */
  readonly items: ArrayLike<number>;
  /** The rectangle, units, of the k-th. */
  rectOf(k: number): Rect;
}

/** The rectangle, units, of the k-th cell of a view. */
export function cellRect(view: Grid, k: number): Rect {
  return {
    x: (view.column + (k % view.columns)) * view.cell.width,
    y: (view.row + Math.floor(k / view.columns)) * view.cell.height,
    ...view.cell,
  };
}

/** The cell of a view that holds a point, or -1. */
export function cellAt(view: Grid, point: Point): number {
  const column = Math.floor(point.x / view.cell.width) - view.column;
  const row = Math.floor(point.y / view.cell.height) - view.row;
  if (column < 0 || row < 0 || column >= view.columns || row >= view.rows) return -1;
  return row * view.columns + column;
}
