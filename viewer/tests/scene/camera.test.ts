import { describe, expect, test, vi } from "vitest";
import { Camera } from "../../src/scene/camera";
import { flight } from "../../src/scene/flight";

function camera(): Camera {
  const made = new Camera();
  made.resize(1000, 600);
  made.set({ x: 500, y: 300, scale: 2 });
  return made;
}

function rest(moving: Camera): void {
  for (let frame = 0; frame < 1000 && moving.advance(16); frame++);
}

describe("zooming", () => {
  test("keeps the point under the cursor where it is", () => {
    const made = camera();
    const before = made.toWorld(730, 110);
    made.zoomAt(1.7, 730, 110);
    const after = made.toWorld(730, 110);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
    expect(made.state.scale).toBeCloseTo(3.4);
  });

  test("softly ends where zooming at once does, and steps add up", () => {
    const soft = camera();
    soft.zoomBy(1.5, 200, 500);
    soft.advance(16);
    soft.zoomBy(1.5, 200, 500);
    rest(soft);
    const hard = camera();
    hard.zoomAt(2.25, 200, 500);
    expect(soft.state.x).toBeCloseTo(hard.state.x, 3);
    expect(soft.state.scale).toBeCloseTo(hard.state.scale, 6);
  });

  test("stops at the limits without moving aside", () => {
    const made = camera();
    made.limits = { ...made.limits, maxScale: 4 };
    made.zoomAt(100, 0, 0);
    expect(made.state.scale).toBe(4);
    const fixed = made.toWorld(0, 0);
    made.zoomAt(2, 0, 0);
    expect(made.toWorld(0, 0)).toEqual(fixed);
  });
});

describe("the camera", () => {
  test("moves the world by as many pixels as it is dragged", () => {
    const made = camera();
    const before = made.toScreen(500, 300);
    made.panBy(30, -12);
    const after = made.toScreen(500, 300);
    expect([after.x - before.x, after.y - before.y]).toEqual([30, -12]);
  });

  test("keeps its middle inside the bounds", () => {
    const made = camera();
    made.limits = { ...made.limits, bounds: { x: 0, y: 0, width: 600, height: 600 } };
    made.panBy(-5000, 5000);
    expect(made.state).toMatchObject({ x: 600, y: 0 });
  });

  test("glides to rest", () => {
    const made = camera();
    made.glide({ x: 1, y: 0 });
    expect(made.moving).toBe(true);
    rest(made);
    expect(made.moving).toBe(false);
    expect(made.state.x).toBeLessThan(500);
  });

  test("tells of every move", () => {
    const made = camera();
    const told = vi.fn();
    made.addEventListener("move", told);
    made.panBy(1, 1);
    made.zoomAt(2, 0, 0);
    expect(told).toHaveBeenCalledTimes(2);
  });

  test("jumps instead of flying when motion is not wanted", () => {
    const made = camera();
    made.motion = false;
    made.flyTo({ x: 10, y: 20, scale: 5 });
    expect(made.state).toEqual({ x: 10, y: 20, scale: 5 });
    expect(made.moving).toBe(false);
  });
});

describe("a flight", () => {
  const from = { x: 0, y: 0, scale: 1 };
  const to = { x: 9000, y: 4000, scale: 3 };

  test("begins and ends where it should", () => {
    const path = flight(from, to, 1000);
    expect(path.at(0).x).toBeCloseTo(0);
    expect(path.at(0).scale).toBeCloseTo(1);
    expect(path.at(1)).toEqual(to);
    expect(path.at(0.9999).x).toBeCloseTo(9000, 0);
  });

  test("over a long way shows more of the map in between", () => {
    expect(flight(from, to, 1000).at(0.5).scale).toBeLessThan(1);
  });

  test("to the same place only zooms", () => {
    const path = flight(from, { x: 0, y: 0, scale: 4 }, 1000);
    expect(path.at(0.5)).toMatchObject({ x: 0, y: 0 });
    expect(path.at(0.5).scale).toBeCloseTo(2);
  });
});
