/** Pictures that are one picture. */
export interface DuplicateGroup {
  /** `exact`: all have the same bytes. */
  readonly kind: "exact" | "same";
  /** The best copy first. */
  readonly members: readonly number[];
  /** What sets each member apart from the best, in words; empty where nothing does. */
  readonly edits: readonly string[];
}

/** Two different pictures of one thing. */
export interface LookAlike {
  readonly pair: readonly [number, number];
  /** Cosine similarity, 0…1. */
  readonly similarity: number;
}

/** `duplicates.json.gz`. */
export interface DuplicatesFile {
  readonly groups: readonly DuplicateGroup[];
  readonly look_alikes: readonly (readonly [number, number, number])[];
}

/** The largest count that a byte tells. */
const MANY = 255;

/** What occurs more than once, and, never mixed with it, what only looks as if it did. */
export class Duplicates {
  readonly groups: readonly DuplicateGroup[];
  readonly lookAlikes: readonly LookAlike[];
  private readonly byItem = new Map<number, DuplicateGroup>();

  constructor({ groups, look_alikes }: DuplicatesFile) {
    this.groups = groups;
    this.lookAlikes = look_alikes.map(([a, b, similarity]) => ({ pair: [a, b], similarity: similarity / 255 }));
    for (const group of groups) for (const item of group.members) this.byItem.set(item, group);
  }

  /** The group that an item is in. */
  groupOf(item: number): DuplicateGroup | undefined {
    return this.byItem.get(item);
  }

  /** How many copies each of `n` items stands for when the best of each group stands for all: 0 for the others, 1 for an item alone. */
  stack(n: number): Uint8Array {
    const copies = new Uint8Array(n).fill(1);
    for (const { members } of this.groups) {
      for (const item of members) copies[item] = 0;
      copies[members[0]] = Math.min(MANY, members.length);
    }
    return copies;
  }

  /** A filter's mask for stacked duplicates: a stack is let through when one of its copies is. */
  stackedMask(mask: Uint8Array): Uint8Array {
    const stacked = mask.slice();
    for (const { members } of this.groups) {
      stacked[members[0]] = Number(members.some((item) => mask[item] === 1));
    }
    return stacked;
  }
}
