import { describe, expect, test } from "vitest";
import { fit, ratioOf } from "../../src/data/aspect";
import { decodeBlock } from "../../src/data/blur";
import { decodeBlur, decodeNeighbours, decodePositions } from "../../src/data/chunks";
import { inflate } from "../../src/data/inflate";
import { paged } from "../../src/data/site";

describe("a compressed chunk", () => {
  const plain = new Uint8Array([1, 2, 3, 250, 0, 7]);

  test("is inflated when it arrives as gzip", async () => {
    const zipped = new Blob([plain]).stream().pipeThrough(new CompressionStream("gzip"));
    expect(new Uint8Array(await inflate(await new Response(zipped).arrayBuffer()))).toEqual(plain);
  });

  test("is left alone when the server has inflated it", async () => {
    expect(new Uint8Array(await inflate(plain.buffer))).toEqual(plain);
  });

  test("may be empty", async () => {
    expect((await inflate(new ArrayBuffer(0))).byteLength).toBe(0);
  });
});

describe("binary chunks", () => {
  test("hold all blocks, then all aspects", () => {
    const bytes = new Uint8Array(18);
    new Uint32Array(bytes.buffer, 0, 4).set([1, 2, 3, 4]);
    bytes.set([128, 160], 16);
    const { blocks, aspects } = decodeBlur(bytes.buffer);
    expect([...blocks]).toEqual([1, 2, 3, 4]);
    expect([...aspects]).toEqual([128, 160]);
  });

  test("hold all x, then all y", () => {
    const { x, y } = decodePositions(new Uint16Array([1, 65535, 3, 4]).buffer);
    expect([...x]).toEqual([1, 65535]);
    expect([...y]).toEqual([3, 4]);
  });

  test("that are cut off are refused", () => {
    expect(() => decodeBlur(new ArrayBuffer(10))).toThrow(/damaged/);
    expect(() => decodePositions(new ArrayBuffer(6))).toThrow(/damaged/);
    expect(() => decodeNeighbours(new ArrayBuffer(100), 32)).toThrow(/256/);
  });

  test("of neighbours hold all indexes, then all similarities", () => {
    const bytes = new ArrayBuffer(256 * 2 * 5);
    new Uint32Array(bytes, 0, 512)[3] = 77;
    new Uint8Array(bytes, 2048)[3] = 255;
    const { ids, similarity } = decodeNeighbours(bytes, 2);
    expect([ids[3], similarity[3]]).toEqual([77, 255]);
  });
});

describe("a blur", () => {
  const red = 31 << 11;
  const blue = 31;

  test("of weights 0, 1, 2, 3 mixes its two ends", () => {
    const [first, second, third, fourth] = decodeBlock(red | (blue << 16), 0b11_10_01_00);
    expect(first).toEqual([255, 0, 0]);
    expect(second).toEqual([0, 0, 255]);
    expect(third).toEqual([170, 0, 85]);
    expect(fourth).toEqual([85, 0, 170]);
  });
});

describe("an aspect code", () => {
  test("of 128 is a square and of 160 twice as wide as high", () => {
    expect(ratioOf(128)).toBe(1);
    expect(fit(128, 32)).toEqual([32, 32]);
    expect(fit(160, 128)).toEqual([128, 64]);
    expect(fit(96, 128)).toEqual([64, 128]);
  });

  test("gives a long side that fills the slot and a short one of at least a pixel, whatever the code", () => {
    for (let code = 0; code < 256; code++) {
      const [width, height] = fit(code, 32);
      expect(Math.max(width, height)).toBe(32);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
    }
  });
});

test("pages stand in folders of 256", () => {
  expect(paged("t128", 255, ".webp")).toBe("t128/0/255.webp");
  expect(paged("t128", 256, ".webp")).toBe("t128/1/256.webp");
});
