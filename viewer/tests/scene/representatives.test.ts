import { describe, expect, test } from "vitest";
import { cellAt, cellRect, cellSize, finestLevel, type GridView } from "../../src/scene/grid";
import { representatives, type Choice } from "../../src/scene/representatives";
import { EVERYTHING, evenChoice } from "./made";

/** Items that stand in the cell they lie in. */
function atHome({ x, y }: Choice, view: GridView): number[] {
  return [...view.items].filter((item, k) => item >= 0 && cellAt(view, { x: x[item], y: y[item] }) === k);
}

function firstIn(choice: Choice, view: GridView, k: number): number {
  return Array.from({ length: choice.count }, (_, rank) => choice.order?.[rank] ?? rank).find(
    (item) => choice.mask?.[item] !== 0 && cellAt(view, { x: choice.x[item], y: choice.y[item] }) === k,
  ) ?? -1;
}

describe("representatives", () => {
  test("are the first item of each cell that has any", () => {
    const choice = evenChoice(400);
    for (const view of representatives(choice, 1, 4, EVERYTHING).views) {
      view.items.forEach((item, k) => {
        const first = firstIn(choice, view, k);
        if (first >= 0) expect(item).toBe(first);
      });
    }
  });

  test("are never in two cells at once", () => {
    for (const view of representatives(evenChoice(500), 1, 5, EVERYTHING).views) {
      const shown = [...view.items].filter((item) => item >= 0);
      expect(new Set(shown).size).toBe(shown.length);
      expect(view.occupied).toBe(shown.length);
    }
  });

  test("of a level are all among those of the next finer one", () => {
    const choice = evenChoice(3000);
    const { views } = representatives(choice, 1, 4, EVERYTHING);
    for (let k = 1; k < views.length; k++) {
      const finer = new Set(views[k].items);
      for (const item of atHome(choice, views[k - 1])) expect(finer.has(item)).toBe(true);
    }
  });

  test("follow another layout's order", () => {
    const order = Uint32Array.from({ length: 300 }, (_, k) => 299 - k);
    const choice = evenChoice(300, { order });
    const [view] = representatives(choice, 0, 3, EVERYTHING).views;
    expect(view.items[0]).toBe(299);
  });

  test("all match the filter", () => {
    const mask = Uint8Array.from({ length: 600 }, (_, item) => Number(item % 3 === 0));
    for (const view of representatives(evenChoice(600, { mask }), 1, 4, EVERYTHING).views) {
      expect([...view.items].every((item) => item < 0 || item % 3 === 0)).toBe(true);
    }
  });

  test("do not change when the window moves on", () => {
    const choice = evenChoice(2000);
    const shown = (x: number) => {
      const window = { x, y: 20000, width: 15000, height: 12000 };
      const view = representatives(choice, 3, 5, window).views[2];
      const cells = new Map<string, number>();
      view.items.forEach((item, k) => {
        const rect = cellRect(view, k);
        if (rect.x > 18000 && rect.x < 24000 && rect.y > 20000 && rect.y < 30000) {
          cells.set(`${rect.x} ${rect.y}`, item);
        }
      });
      return cells;
    };
    expect(shown(16000)).toEqual(shown(9500));
    expect(shown(16000).size).toBeGreaterThan(2);
  });

  test("of two pinned items in one cell show the first", () => {
    const x = Uint16Array.from([900, 910, 920]);
    const [view] = representatives(evenChoice(3, { x, y: x, pinned: [2, 1] }), 2, 2, EVERYTHING).views;
    expect(view.items[0]).toBe(2);
  });

  test("include a pinned item, whatever its rank", () => {
    const choice = evenChoice(2000, { pinned: [1999] });
    for (const view of representatives(choice, 1, 4, EVERYTHING).views) {
      expect(atHome(choice, view)).toContain(1999);
    }
  });

  test("count the items of each coarse cell", () => {
    const { counts } = representatives(evenChoice(500), 2, 4, EVERYTHING);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
  });
});

test("the finest cells are 26 to 52 CSS pixels high at every scale", () => {
  for (let scale = 0.002; scale < 10; scale *= 1.13) {
    const pixels = cellSize(finestLevel(scale), 1).height * scale;
    expect(pixels).toBeGreaterThanOrEqual(26);
    expect(pixels).toBeLessThan(52);
  }
});
