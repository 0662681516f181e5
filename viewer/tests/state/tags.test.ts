import { expect, test } from "vitest";
import { Tags, type Keeper } from "../../src/state/tags";

function keeper(): Keeper {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

/** The same keeper whenever it is asked for. */
function once(): () => Keeper {
  const same = keeper();
  return () => same;
}

test("a tag is tidied, kept once, counted and forgotten", () => {
  const tags = new Tags(once(), "here");
  expect(tags.add("aa", "a.jpg", "  red   house ")).toBe("red house");
  expect(tags.add("aa", "a.jpg", "red house")).toBeNull();
  expect(tags.add("aa", "a.jpg", "  ")).toBeNull();
  tags.add("bb", "b.jpg", "red house");
  tags.add("bb", "b.jpg", "door");
  expect(tags.counts()).toEqual([["door", 1], ["red house", 2]]);
  expect(tags.keysOf("red house")).toEqual(["aa", "bb"]);
  tags.remove("bb", "door");
  expect(tags.of("bb")).toEqual(["red house"]);
  expect(tags.has("door")).toBe(false);
});

test("tags are there again when the site is opened again, and each site has its own", () => {
  const shared = keeper();
  new Tags(() => shared, "here").add("aa", "a.jpg", "door");
  expect(new Tags(() => shared, "here").of("aa")).toEqual(["door"]);
  expect(new Tags(() => shared, "there").counts()).toEqual([]);
});

test("what another window adds is not lost", () => {
  const shared = keeper();
  const [one, other] = [new Tags(() => shared, "here"), new Tags(() => shared, "here")];
  one.add("aa", "a.jpg", "door");
  other.add("aa", "a.jpg", "roof");
  expect(other.of("aa")).toEqual(["door", "roof"]);
});

test("a browser that keeps nothing has tags as long as the page lasts", () => {
  const tags = new Tags(() => {
    throw new Error("forbidden");
  }, "here");
  tags.add("aa", "a.jpg", "door");
  tags.add("bb", "b.jpg", "roof");
  expect(tags.counts().length).toBe(2);
});

test("the table quotes what would break it", () => {
  const tags = new Tags(once(), "here");
  tags.add("aa", "a, b.jpg", 'the "old" door');
  tags.add("bb", "b.jpg", "roof");
  expect(tags.csv()).toBe('key,uri,tag\r\naa,"a, b.jpg","the ""old"" door"\r\nbb,b.jpg,roof\r\n');
});
