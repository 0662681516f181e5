/** The BC1 block that stands for a picture until its pixels have come: 4×4 texels in two words. */

export type Rgb = readonly [red: number, green: number, blue: number];

function expand565(value: number): Rgb {
  return [
    Math.round(((value >> 11) * 255) / 31),
    Math.round((((value >> 5) & 63) * 255) / 63),
    Math.round(((value & 31) * 255) / 31),
  ];
}

/** Share of the second end point for each two-bit weight (the four-colour mode of BC1). */
const SHARES = [0, 1, 1 / 3, 2 / 3] as const;

/** The 16 colours of a block, rows downwards; `ends` and `weights` are its two little-endian words. */
export function decodeBlock(ends: number, weights: number): Rgb[] {
  const first = expand565(ends & 0xffff);
  const second = expand565(ends >>> 16);
  return Array.from({ length: 16 }, (_, k) => {
    const share = SHARES[((weights >>> (2 * k)) & 3) as 0 | 1 | 2 | 3];
    return [0, 1, 2].map((c) => Math.round(first[c] * (1 - share) + second[c] * share)) as unknown as Rgb;
  });
}
