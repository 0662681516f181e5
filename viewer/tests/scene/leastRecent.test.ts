import { describe, expect, test } from "vitest";
import { LeastRecent } from "../../src/scene/leastRecent";

describe("places that are few", () => {
  test("go to the newcomer from the one unused for longest", () => {
    const places = new LeastRecent(2);
    const a = places.take("a");
    places.take("b");
    expect(places.take("c")).toBe(a);
    expect(places.find("a")).toBe(-1);
    expect(places.find("b")).toBeGreaterThanOrEqual(0);
  });

  test("are kept by use", () => {
    const places = new LeastRecent(2);
    places.take("a");
    const b = places.take("b");
    places.touch("a");
    expect(places.take("c")).toBe(b);
  });

  test("are all different and within the capacity", () => {
    const places = new LeastRecent(5);
    const taken = ["a", "b", "c", "d", "e"].map((id) => places.take(id));
    expect([...taken].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test("stay with who has one already", () => {
    const places = new LeastRecent(3);
    expect(places.take("a")).toBe(places.take("a"));
  });
});
