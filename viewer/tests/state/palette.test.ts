import { expect, test } from "vitest";
import { colourCodes, OTHER } from "../../src/state/palette";

test("the eight most frequent categories get colours, the others the grey", () => {
  const codes = colourCodes([5, 50, 1, 9, 8, 7, 6, 4, 3, 2]);
  expect(codes[1]).toBe(0);
  expect(codes[3]).toBe(1);
  expect(codes[2]).toBe(OTHER);
  expect(codes[9]).toBe(OTHER);
  expect(new Set(codes).size).toBe(9);
});
