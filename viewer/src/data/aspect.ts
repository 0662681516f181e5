/** The shape of a picture in one byte: `ratio = 2^((code - 128) / 32)`, width by height. */

export function ratioOf(code: number): number {
  return 2 ** ((code - 128) / 32);
}

/** Width and height, pixels, of the thumbnail whose long side is `side`. */
export function fit(code: number, side: number): [width: number, height: number] {
  const ratio = ratioOf(code);
  return code >= 128
    ? [side, Math.max(1, Math.floor(side / ratio + 0.5))]
    : [Math.max(1, Math.floor(side * ratio + 0.5)), side];
}
