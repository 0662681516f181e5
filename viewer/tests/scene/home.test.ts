import { expect, test } from "vitest";
import { wholeMap } from "../../src/scene/home";

const WINDOW = { width: 1280, height: 800 };
const NOTHING = { left: 0, bottom: 0 };

function lowest(bottom: number, cell: number, view: { y: number; scale: number }): number {
  return ((Math.floor(bottom / cell) + 1) * cell - view.y) * view.scale + WINDOW.height / 2;
}

test("the last row of whole cells is inside the window", () => {
  const view = wholeMap([50_000, 60_000], WINDOW, NOTHING, () => ({ width: 6144, height: 4096 }));
  expect(lowest(60_000, 4096, view)).toBeLessThanOrEqual(WINDOW.height);
  expect(lowest(60_000, 4096, view)).toBeGreaterThan(0.95 * WINDOW.height);
});

test("it is so, too, where the whole map at its scale is drawn in larger cells than at first", () => {
  const height = (scale: number) => (scale * 4096 < 52 ? 8192 : 4096);
  const view = wholeMap([50_000, 60_000], WINDOW, NOTHING, (scale) => ({ width: height(scale), height: height(scale) }));
  expect(height(view.scale)).toBe(8192);
  expect(lowest(60_000, 8192, view)).toBeLessThanOrEqual(WINDOW.height);
});
