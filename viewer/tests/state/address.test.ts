import { describe, expect, test } from "vitest";
import { readAddress, writeAddress, type Address } from "../../src/state/address";

describe("an address", () => {
  test("brings back all that was written", () => {
    const address: Address = {
      layout: "umap",
      view: { x: 32768.5, y: 1200, scale: 0.25 },
      item: { key: "0fcde130", index: 12 },
      colour: "c0",
      filter: { kind: "category", slug: "c0", code: 3 },
      mode: "points",
      stacked: true,
      sheet: "look-alikes",
    };
    expect(readAddress(`#${writeAddress(address)}`)).toEqual(address);
  });

  test("can ask for the duplicates", () => {
    const written = writeAddress({ filter: { kind: "duplicates" } });
    expect(readAddress(written).filter).toEqual({ kind: "duplicates" });
  });

  test("can ask for a tag, whatever it is made of", () => {
    for (const tag of ["door", "1900:07", "a&b=c, 100% #x", "Häuser"]) {
      expect(readAddress(`#${writeAddress({ filter: { kind: "tag", tag } })}`).filter).toEqual({ kind: "tag", tag });
    }
  });

  test("of nothing is empty", () => {
    expect(writeAddress({})).toBe("");
    expect(readAddress("")).toEqual({});
  });

  test("is readable", () => {
    expect(writeAddress({ view: { x: 1, y: 2, scale: 0.5 }, filter: { kind: "category", slug: "c1", code: 0 } }))
      .toBe("at=1.0,2.0,0.50000&only=c1:0");
    expect(writeAddress({ colour: "c0", stacked: true, sheet: "duplicates" })).toBe("colour=c0&stacked&duplicates");
  });

  test("that makes no sense is passed over", () => {
    expect(readAddress("#at=1,x,3&item=zz&only=c0:x&as=cubes")).toEqual({});
    expect(readAddress("#at=1,2,-1")).toEqual({});
  });
});
