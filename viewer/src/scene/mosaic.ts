import { frame, type Framed } from "./frame";
import { contains, type Point, type Rect } from "./geometry";
import type { Selection } from "./grid";

/** A picture on the map and the way it is still going. */
export interface Tile {
  readonly item: number;
  framed: Framed;
  target: Framed;
  opacity: number;
  leaving: boolean;
  smallMix: number;
  largeMix: number;
}

/** Time constants, milliseconds. */
const GLIDE = 90;
const FADE = 110;

/**
 * The pictures now on the map. When another level is chosen, those on both glide to their new
 * cells, the others fade.
 */
export class Mosaic {
  readonly tiles = new Map<number, Tile>();
  view: Selection | null = null;

  constructor(private readonly aspects: Uint8Array) {}

  /** Shows the items of a selection; `gutter` is in units. `soft` when the change should be seen to happen. */
  show(view: Selection, gutter: number, soft: boolean): void {
    this.view = view;
    const old = new Set(this.tiles.keys());
    for (let k = 0; k < view.items.length; k++) {
      const item = view.items[k];
      if (item < 0) continue;
      const target = frame(this.aspects[item], view.rectOf(k), gutter);
      const tile = this.tiles.get(item);
      old.delete(item);
      if (tile) {
        tile.target = target;
        tile.leaving = false;
        if (!soft) tile.framed = target;
      } else {
        this.tiles.set(item, {
          item, framed: target, target, opacity: soft ? 0 : 1, leaving: false, smallMix: 0, largeMix: 0,
        });
      }
    }
    for (const item of old) {
      const tile = this.tiles.get(item);
      if (tile && soft) tile.leaving = true;
      else this.tiles.delete(item);
    }
  }

  clear(): void {
    this.tiles.clear();
    this.view = null;
  }

  /** Carries the tiles on by some milliseconds; returns whether any is still on its way. */
  advance(ms: number): boolean {
    let moving = false;
    const near = 1 - Math.exp(-ms / GLIDE);
    const fade = 1 - Math.exp(-ms / FADE);
    for (const tile of this.tiles.values()) {
      tile.framed = towards(tile.framed, tile.target, near);
      const goal = tile.leaving ? 0 : 1;
      tile.opacity += (goal - tile.opacity) * fade;
      if (Math.abs(goal - tile.opacity) < 0.02) tile.opacity = goal;
      if (tile.leaving && tile.opacity === 0) this.tiles.delete(tile.item);
      moving ||= tile.framed !== tile.target || tile.opacity !== goal;
    }
    return moving;
  }

  /** The tile under a world point. */
  at(point: Point): Tile | null {
    for (const tile of this.tiles.values()) {
      if (!tile.leaving && contains(tile.target.rect, point.x, point.y)) return tile;
    }
    return null;
  }
}

function towards(from: Framed, to: Framed, share: number): Framed {
  if (from === to) return to;
  const mix = (a: number, b: number) => a + (b - a) * share;
  const rect: Rect = {
    x: mix(from.rect.x, to.rect.x),
    y: mix(from.rect.y, to.rect.y),
    width: mix(from.rect.width, to.rect.width),
    height: mix(from.rect.height, to.rect.height),
  };
  const off = Math.abs(rect.x - to.rect.x) + Math.abs(rect.y - to.rect.y)
    + Math.abs(rect.width - to.rect.width);
  if (off < 0.01 * to.rect.width) return to;
  return { rect, seenWidth: mix(from.seenWidth, to.seenWidth), seenHeight: mix(from.seenHeight, to.seenHeight) };
}
