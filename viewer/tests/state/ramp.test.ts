import { describe, expect, test } from "vitest";
import { OTHER } from "../../src/state/palette";
import { RAMP, scaleOf } from "../../src/state/ramp";

describe("a column of numbers", () => {
  test("has as many pictures in each step as in any other, whatever the values", () => {
    const scale = scaleOf(Float32Array.from({ length: 80 }, (_, k) => Math.exp((37 * k) % 80)));
    const counts = new Array<number>(OTHER).fill(0);
    scale?.codes.forEach((code) => counts[code]++);
    expect(counts).toEqual(new Array(OTHER).fill(10));
  });

  test("gives higher values higher steps and equal values one", () => {
    const scale = scaleOf([5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]);
    const codes = [...(scale?.codes ?? [])];
    expect(new Set(codes.slice(1, 10))).toEqual(new Set([0]));
    expect(codes[0]).toBeGreaterThan(0);
    expect(codes[10]).toBeGreaterThanOrEqual(codes[0]);
  });

  test("tells its least, median and most, and counts who has none", () => {
    const scale = scaleOf(Float64Array.from([4, NaN, 1, 10, 2, NaN]));
    expect(scale).toMatchObject({ least: 1, median: 3, most: 10, missing: 2 });
    expect(scale?.codes[1]).toBe(OTHER);
    expect(scaleOf([7, 8, 30])?.median).toBe(8);
  });

  test("without any value is no scale", () => {
    expect(scaleOf([NaN, NaN])).toBeNull();
    expect(scaleOf([])).toBeNull();
  });
});

test("the ramp grows lighter in even steps, so that its order needs no hue", () => {
  const lightness = RAMP.slice(0, OTHER).map(oklabLightness);
  const steps = lightness.slice(1).map((value, k) => value - lightness[k]);
  for (const step of steps) expect(step).toBeCloseTo(0.073, 2);
});

/** L of OKLab (Ottosson 2020) of a CSS colour. */
function oklabLightness(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
}
