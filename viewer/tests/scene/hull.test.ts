import { describe, expect, test } from "vitest";
import { area, clip, convexHull, overlap } from "../../src/scene/hull";
import { dice } from "./made";

describe("a convex hull", () => {
  test("of a square with points inside is the square", () => {
    const x = Uint16Array.from([0, 100, 100, 0, 50, 20]);
    const y = Uint16Array.from([0, 0, 100, 100, 50, 70]);
    const hull = convexHull(x, y, 6);
    expect(area(hull)).toBe(10000);
    expect(new Set(hull.map(({ x, y }) => `${x},${y}`))).toEqual(new Set(["0,0", "100,0", "100,100", "0,100"]));
  });

  test("holds every point", () => {
    const roll = dice(3);
    const x = Uint16Array.from({ length: 500 }, () => roll() * 65536);
    const y = Uint16Array.from({ length: 500 }, () => roll() * 30000);
    const hull = convexHull(x, y, 500);
    const whole = area(hull);
    for (let k = 0; k < 500; k++) {
      const fan = hull.reduce((sum, a, i) => {
        const b = hull[(i + 1) % hull.length];
        return sum + area([a, b, { x: x[k], y: y[k] }]);
      }, 0);
      expect(fan).toBeCloseTo(whole, 0);
    }
  });

  test("of one place has no area", () => {
    expect(area(convexHull(Uint16Array.from([5, 5]), Uint16Array.from([7, 7]), 2))).toBe(0);
  });
});

describe("overlap", () => {
  const triangle = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 0, y: 10 }];

  test("of a rectangle inside is the rectangle", () => {
    expect(overlap(triangle, { x: 1, y: 1, width: 2, height: 3 })).toBeCloseTo(6);
  });

  test("of a rectangle outside is nothing", () => {
    expect(overlap(triangle, { x: 20, y: 20, width: 5, height: 5 })).toBe(0);
  });

  test("cuts what lies across the edge", () => {
    expect(area(clip(triangle, { x: 0, y: 0, width: 10, height: 5 }))).toBeCloseTo(37.5);
  });
});
