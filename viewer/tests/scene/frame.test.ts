import { describe, expect, test } from "vitest";
import { frame } from "../../src/scene/frame";
import { outline } from "../../src/scene/programs/strokes";
import { Color } from "three";

const cell = { x: 10, y: 20, width: 150, height: 100 };

describe("a picture in its cell", () => {
  test("stays inside, centred, and is cut by a quarter at most, whatever its shape", () => {
    for (let code = 0; code < 256; code++) {
      const { rect, seenWidth, seenHeight } = frame(code, cell, 6);
      expect(rect.width).toBeLessThanOrEqual(144 + 1e-9);
      expect(rect.height).toBeLessThanOrEqual(94 + 1e-9);
      expect(rect.x + rect.width / 2).toBeCloseTo(85);
      expect(rect.y + rect.height / 2).toBeCloseTo(70);
      expect(Math.min(seenWidth, seenHeight)).toBeGreaterThanOrEqual(0.75 - 1e-9);
      expect(Math.max(seenWidth, seenHeight)).toBeCloseTo(1);
    }
  });

  test("is not distorted", () => {
    for (const code of [60, 100, 128, 147, 200]) {
      const { rect, seenWidth, seenHeight } = frame(code, cell, 6);
      const shown = (2 ** ((code - 128) / 32) * seenWidth) / seenHeight;
      expect(rect.width / rect.height).toBeCloseTo(shown);
    }
  });

  test("fills the cell when its shape is nearly that of the cell", () => {
    const { rect } = frame(140, cell, 0);
    expect(rect.width * rect.height).toBeCloseTo(15000);
  });
});

test("an outline is four strokes that meet at the corners", () => {
  const strokes = outline(cell, 2, new Color(), 1);
  expect(strokes).toHaveLength(4);
  strokes.forEach((stroke, k) => expect(stroke.to).toEqual(strokes[(k + 1) % 4].from));
});
