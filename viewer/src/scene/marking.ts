import type { Arrangement } from "../data/collection";
import type { Point, Rect } from "./geometry";
import { HALO, LINE, OUTLINE, type Look } from "./look";
import type { Mosaic } from "./mosaic";
import { outline, type Stroke } from "./programs/strokes";

/** What is marked on the map: the hovered, the focused, the picked picture, and the lines from it. */
export class Marking {
  hovered: number | null = null;
  focused: number | null = null;
  focusVisible = false;
  picked: number | null = null;
  neighbours: readonly { item: number; similarity: number }[] = [];

  constructor(public look: Look) {}

  strokes(mosaic: Mosaic, arrangement: Arrangement): Stroke[] {
    const strokes: Stroke[] = [];
    const there = (item: number | null): item is number => item !== null && arrangement.absent?.[item] !== 1;
    const { picked } = this;
    const neighbours = this.neighbours.filter(({ item }) => there(item));
    if (there(picked)) {
      const from = centre(mosaic, arrangement, picked);
      for (const { item, similarity } of neighbours) {
        const to = centre(mosaic, arrangement, item);
        const line = { from, to, overhang: 0, opacity: 0.25 + 0.6 * similarity };
        strokes.push({ ...line, width: LINE + 2, colour: this.look.halo, opacity: 0.6 });
        strokes.push({ ...line, width: LINE, colour: this.look.accent });
      }
      for (const { item } of neighbours) strokes.push(...this.around(mosaic, item, LINE));
    }
    for (const item of [picked, this.hovered, this.focused]) {
      if (item !== null) strokes.push(...this.around(mosaic, item, OUTLINE));
    }
    return strokes;
  }

  private around(mosaic: Mosaic, item: number, width: number): Stroke[] {
    const rect = shown(mosaic, item);
    if (!rect) return [];
    return [
      ...outline(rect, width + HALO - OUTLINE, this.look.halo, 1),
      ...outline(rect, width, this.look.accent, 1),
    ];
  }
}

function shown(mosaic: Mosaic, item: number): Rect | null {
  const tile = mosaic.tiles.get(item);
  return tile && !tile.leaving ? tile.framed.rect : null;
}

function centre(mosaic: Mosaic, { x, y }: Arrangement, item: number): Point {
  const rect = shown(mosaic, item);
  if (!rect) return { x: x[item], y: y[item] };
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}
