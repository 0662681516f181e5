/**
 * Eight colours that stay apart for colour-blind readers (Okabe & Ito 2008, its yellow and black
 * replaced by tones that also stand out on paper), and a grey for all further categories.
 */
export const PALETTE = [
  "#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#7a5c1e", "#5e3c99",
  "#a8a296",
] as const;

/** Colour codes of all items, and the colours that they stand for. */
export interface Colouring {
  readonly codes: Uint8Array;
  readonly palette: readonly string[];
}

/** Code of the grey, in every palette. */
export const OTHER = 8;

/** Colour code of each category: the eight with most items get colours, the others the grey. */
export function colourCodes(counts: readonly number[]): Uint8Array {
  const codes = new Uint8Array(counts.length).fill(OTHER);
  counts
    .map((count, category) => ({ count, category }))
    .sort((a, b) => b.count - a.count)
    .slice(0, OTHER)
    .forEach(({ category }, rank) => (codes[category] = rank));
  return codes;
}
