import { OTHER, type Colouring } from "./palette";

/**
 * Eight steps from low to high, then the grey for items without a value. Lightness rises evenly (OKLab,
 * Ottosson 2020, from 0.36 to 0.87) while the hue goes from violet to yellow, so that the order is seen by
 * colour-blind readers and in print without colour.
 */
export const RAMP = [
  "#45277b", "#2f499a", "#056c9e", "#09899b", "#05a697", "#53bf81", "#a4cd6a", "#e9d665",
  "#a8a296",
] as const;

/** A column of numbers as colours, and what its legend tells. */
export interface Scale extends Colouring {
  readonly least: number;
  readonly median: number;
  readonly most: number;
  /** Items without a value. */
  readonly missing: number;
}

/**
 * Cuts a column into eight parts of equal size, so that a few extreme values do not leave all others one
 * colour; equal values have one colour. NaN stands for no value. Null when there is no value at all.
 */
export function scaleOf(values: ArrayLike<number>): Scale | null {
  const sorted = Float64Array.from(values).filter((value) => !Number.isNaN(value)).sort();
  const known = sorted.length;
  if (known === 0) return null;
  const bounds = Array.from({ length: OTHER - 1 }, (_, k) => sorted[Math.ceil(((k + 1) * known) / OTHER) - 1]);
  const codes = Uint8Array.from(values, (value) =>
    Number.isNaN(value) ? OTHER : bounds.reduce((code, bound) => code + Number(value > bound), 0),
  );
  const middle = (known - 1) / 2;
  return {
    codes,
    palette: RAMP,
    least: sorted[0],
    median: (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2,
    most: sorted[known - 1],
    missing: values.length - known,
  };
}
