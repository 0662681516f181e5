/** The binary files that hold one value an item. All numbers are little-endian, as on every GPU host. */

/** BC1 blocks (two words an item) and aspect codes (one byte an item). */
export function decodeBlur(bytes: ArrayBuffer): { blocks: Uint32Array; aspects: Uint8Array } {
  const n = bytes.byteLength / 9;
  if (!Number.isInteger(n)) throw new Error(`a blur chunk of ${bytes.byteLength} bytes is damaged`);
  return { blocks: new Uint32Array(bytes, 0, 2 * n), aspects: new Uint8Array(bytes, 8 * n, n) };
}

/** Positions in units: all x, then all y. */
export function decodePositions(bytes: ArrayBuffer): { x: Uint16Array; y: Uint16Array } {
  const n = bytes.byteLength / 4;
  if (!Number.isInteger(n)) throw new Error(`a position chunk of ${bytes.byteLength} bytes is damaged`);
  return { x: new Uint16Array(bytes, 0, n), y: new Uint16Array(bytes, 2 * n, n) };
}

/** Neighbours of 256 items: `k` indexes each, then `k` similarities (0…255) each. */
export function decodeNeighbours(
  bytes: ArrayBuffer,
  k: number,
): { ids: Uint32Array; similarity: Uint8Array } {
  const count = 256 * k;
  if (bytes.byteLength !== 5 * count) {
    throw new Error(`a neighbours page of ${bytes.byteLength} bytes does not hold 256 × ${k}`);
  }
  return { ids: new Uint32Array(bytes, 0, count), similarity: new Uint8Array(bytes, 4 * count, count) };
}
