import { expect, test } from "vitest";
import { Duplicates } from "../../src/data/duplicates";

const duplicates = new Duplicates({
  groups: [
    { kind: "exact", members: [4, 1], edits: ["", ""] },
    { kind: "same", members: [2, 6, 5], edits: ["", "mirrored", "smaller"] },
  ],
  look_alikes: [[0, 3, 255], [1, 2, 51]],
});

test("a copy knows its group, a look-alike has none", () => {
  expect(duplicates.groupOf(6)?.edits[1]).toBe("mirrored");
  expect(duplicates.groupOf(0)).toBeUndefined();
});

test("look-alikes are pairs with their similarity", () => {
  expect(duplicates.lookAlikes).toEqual([
    { pair: [0, 3], similarity: 1 },
    { pair: [1, 2], similarity: 0.2 },
  ]);
});

test("stacked, the best stands for all its copies and every other picture for itself", () => {
  expect([...duplicates.stack(8)]).toEqual([1, 0, 3, 1, 2, 0, 0, 1]);
});

test("more copies than a byte tells are still seen as a stack", () => {
  const members = Array.from({ length: 300 }, (_, k) => k);
  const many = new Duplicates({ groups: [{ kind: "exact", members, edits: members.map(() => "") }], look_alikes: [] });
  expect(many.stack(300)[0]).toBe(255);
});

test("a filter lets a stack through when it lets one of its copies through", () => {
  const mask = Uint8Array.from([0, 0, 0, 1, 1, 1, 0, 0]);
  const stacked = duplicates.stackedMask(mask);
  expect([stacked[2], stacked[3], stacked[4]]).toEqual([1, 1, 1]);
  expect(duplicates.stackedMask(new Uint8Array(8)).some(Boolean)).toBe(false);
  expect(mask[2]).toBe(0);
});
