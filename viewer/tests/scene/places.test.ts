import { expect, test } from "vitest";
import type { Arrangement } from "../../src/data/collection";
import { heightAt, truePlaces, TRUE_PLACES } from "../../src/scene/places";

const N = 6000;
const EVERYTHING = { x: 0, y: 0, width: 65536, height: 65536 };
const CELL = { width: 60, height: 40 };

/** Items in a row, 10 units apart; `absent` has no place. */
function row(n: number, absent: readonly number[] = []): Arrangement {
  const x = Uint16Array.from({ length: n }, (_, i) => 10 * i);
  return {
    x, y: new Uint16Array(n).fill(500), order: null, place: null,
    absent: absent.length > 0 ? Uint8Array.from(x, (_, i) => Number(absent.includes(i))) : null,
  } as unknown as Arrangement;
}

test("pictures grow with the zoom until they would be blurred", () => {
  expect(heightAt(100, 0.02)).toBeNull();
  expect(heightAt(100, 1)).toBe(100);
  expect(heightAt(100, 10)).toBe(20.8);
  expect(heightAt(0, 64)).toBeNull();
});

test("each picture in the window stands with its middle at its place", () => {
  const chosen = truePlaces(row(N), N, null, [], CELL, { x: 995, y: 480, width: 10, height: 40 });
  expect(chosen?.level).toBe(TRUE_PLACES);
  expect(Array.from(chosen?.items ?? [])).toEqual([94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106]);
  expect(chosen?.rectOf(0)).toEqual({ x: 910, y: 480, ...CELL });
});

test("who is filtered out or has no place is not chosen, but a pinned one is", () => {
  const mask = Uint8Array.from({ length: 10 }, (_, i) => Number(i < 3));
  const chosen = truePlaces(row(10, [1]), 10, mask, [7], CELL, EVERYTHING);
  expect(Array.from(chosen?.items ?? [])).toEqual([0, 2, 7]);
});

test("when there are too many to draw, none is chosen here", () => {
  expect(truePlaces(row(N), N, null, [], CELL, EVERYTHING)).toBeNull();
});
