import { describe, expect, test } from "vitest";
import { convexHull } from "../../src/scene/hull";
import { chooseLevel } from "../../src/scene/level";
import { representatives } from "../../src/scene/representatives";
import { EVERYTHING, evenChoice } from "./made";

/** CSS pixels per unit at which the cells of the finest level are so high. */
const cellsOf = (pixels: number) => pixels / (65536 / 2 ** 4);

function chosen(n: number, current: number | null = null, choice = evenChoice(n), scale = cellsOf(30)): number {
  const hull = convexHull(choice.x, choice.y, n);
  return chooseLevel(representatives(choice, 1, 4, EVERYTHING), hull, EVERYTHING, current, scale, false).level;
}

describe("the level to draw", () => {
  test("is the finest when there are items for every cell", () => {
    expect(chosen(5000)).toBe(4);
  });

  test("is coarser when finer cells would stay empty", () => {
    // Ten heaps of a hundred items each, every heap within one cell of the finest level.
    const places = evenChoice(10);
    const heaps = (at: Uint16Array) => Uint16Array.from({ length: 1000 }, (_, k) => Math.min(65535, at[k % 10] + k));
    expect(chosen(1000, null, evenChoice(1000, { x: heaps(places.x), y: heaps(places.y) }))).toBeLessThan(4);
  });

  test("is the coarsest when that shows every item, for its pictures are the largest", () => {
    expect(chosen(1)).toBe(1);
  });

  test("may have wider gaps where its pictures are large", () => {
    const counts = [...Array(300).keys()].slice(20);
    const fewest = (pixels: number) => counts.find((n) => chosen(n, null, evenChoice(n), cellsOf(pixels)) === 4);
    expect(fewest(60)).toBeLessThan(fewest(30) ?? 0);
  });

  test("stays when it is almost as good", () => {
    const n = [...Array(300).keys()].slice(20).find((count) => chosen(count) === 3 && chosen(count, 4) === 4);
    expect(n).toBeDefined();
  });
});
