import type { Choice } from "../../src/scene/representatives";

/** Numbers in [0, 1) that are the same on every run (Park & Miller 1988). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** `n` items spread evenly over the plane. */
export function evenChoice(n: number, changes: Partial<Choice> = {}): Choice {
  const roll = dice(7);
  const x = Uint16Array.from({ length: n }, () => roll() * 65536);
  const y = Uint16Array.from({ length: n }, () => roll() * 65536);
  return { x, y, extent: [65535, 65535], order: null, count: n, mask: null, pinned: [], aspect: 1.5, ...changes };
}

export const EVERYTHING = { x: 0, y: 0, width: 65536, height: 65536 };
