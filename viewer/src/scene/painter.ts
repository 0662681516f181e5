import { Color, OrthographicCamera, Scene, WebGLRenderer } from "three";
import type { Arrangement, Collection } from "../data/collection";
import type { Camera } from "./camera";
import { touches } from "./geometry";
import { ItemTexture } from "./itemTexture";
import { CATEGORY_FRAME, SHARPENING, SMALL_ENOUGH } from "./look";
import type { Mosaic, Tile } from "./mosaic";
import { Badges } from "./badges";
import { Pages, type Need } from "./pages";
import { PicturesProgram } from "./programs/pictures";
import { PointsProgram } from "./programs/points";
import { StrokesProgram, type Stroke } from "./programs/strokes";

/** What is to be seen on the map besides its layout. */
export interface MapContent {
  readonly mode: "pictures" | "points";
  /** 1 for each item that matches the filter; null when there is none. */
  readonly mask: Uint8Array | null;
  /** How many copies each item stands for, 0 for those that are not to be seen; null when all are. */
  readonly stack: Uint8Array | null;
  /** Colour code of each item and the colours, or null for the pictures' own colours. */
  readonly colours: { readonly codes: Uint8Array; readonly palette: readonly string[] } | null;
}

/** Paints what has been chosen: the renderer, its programs, and the textures they draw from. */
export class Painter {
  drawCalls = 0;
  /** Dots drawn. */
  dots = 0;
  private under = 0;
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly eye = new OrthographicCamera();
  private readonly items: ItemTexture;
  private readonly badges = new Badges();
  private readonly pages: Pages;
  private readonly points: PointsProgram;
  private readonly pictures: PicturesProgram;
  private readonly strokes = new StrokesProgram();
  private palette: readonly Color[] | null = null;

  /** `changed` is called when pages have come that may be part of the view. */
  constructor(
    canvas: HTMLCanvasElement,
    private readonly collection: Collection,
    changed: () => void,
  ) {
    this.renderer = new WebGLRenderer({ canvas, antialias: false, alpha: true, depth: false, powerPreference: "high-performance" });
    this.renderer.setClearColor(0, 0);
    this.items = new ItemTexture(collection);
    this.pages = new Pages(collection.site, changed);
    this.points = new PointsProgram(this.items);
    this.pictures = new PicturesProgram(this.items, this.pages.small, this.pages.large, this.badges);
    for (const { object } of [this.points, this.pictures, this.strokes]) this.scene.add(object);
  }

  /** GPU memory of all textures, bytes. */
  get bytes(): number {
    const { items, badges, pictures, strokes, pages } = this;
    return items.bytes + badges.bytes + pictures.bytes + strokes.bytes + pages.small.bytes + pages.large.bytes;
  }

  /** Whether every page that the last view needs has come. */
  get idle(): boolean {
    return this.pages.idle;
  }

  /** CSS pixels. */
  resize(width: number, height: number): void {
    this.renderer.setPixelRatio(Math.min(2, window.devicePixelRatio));
    this.renderer.setSize(width, height, false);
  }

  /** Takes down what the programs need of each item, 0…loaded-1. */
  show({ mask, stack, colours }: MapContent, arrangement: Arrangement, loaded: number): void {
    this.items.write(arrangement, loaded, { codes: colours?.codes ?? null, mask, stack });
    this.under = 0;
    for (let i = 0; i < loaded; i++) this.under += Number(stack?.[i] === 0 || arrangement.absent?.[i] === 1);
    this.palette = colours?.palette.map((hex) => new Color(hex)) ?? null;
    this.pictures.colour(this.palette, CATEGORY_FRAME);
  }

  /** Draws all items as dots, `spacing` CSS pixels apart on average, `alone` or under the pictures; or `count` 0. */
  scatter(count: number, spacing: number, alone: boolean): void {
    this.points.look({
      size: Math.max(1.5, Math.min(alone ? 9 : 6, spacing * (alone ? 0.9 : 0.5))),
      strength: alone ? 0.9 : 0,
      faintness: alone ? 0.12 : 0.22,
      palette: this.palette,
    });
    this.points.count = count;
    this.dots = count && count - this.under;
  }

  /**
   * Draws a frame, `ms` after the last; returns whether a further one is needed. Asks for the pages
   * that the view lacks.
   */
  paint(mosaic: Mosaic, arrangement: Arrangement, strokes: readonly Stroke[], camera: Camera, ms: number): boolean {
    const { width, height, state } = camera;
    const pixelRatio = this.renderer.getPixelRatio();
    const window = camera.view();
    const needs: Need[] = [];
    let busy = this.pages.upload(this.renderer);
    const origin = { x: Math.floor(state.x), y: Math.floor(state.y) };
    const drawn = [...mosaic.tiles.values()].map((tile) => {
      const { item, framed, opacity } = tile;
      const small = this.pages.smallSlot(item, arrangement);
      const large = this.pages.largeSlot(item);
      const seen = touches(framed.rect, window);
      if (seen && !tile.leaving) needs.push(need(tile, camera, pixelRatio));
      const step = seen && camera.motion ? ms / SHARPENING : 1;
      tile.smallMix = small.layer < 0 ? 0 : Math.min(1, tile.smallMix + step);
      tile.largeMix = large.layer < 0 ? 0 : Math.min(1, tile.largeMix + step);
      busy ||= (small.layer >= 0 && tile.smallMix < 1) || (large.layer >= 0 && tile.largeMix < 1);
      return {
        item, framed, opacity, small, large,
        aspect: this.collection.aspects[item],
        smallMix: tile.smallMix,
        largeMix: tile.largeMix,
      };
    });
    this.pages.want(needs, arrangement);
    this.pictures.write(drawn, origin);
    this.strokes.write(strokes, origin);
    const frame = { x: state.x, y: state.y, scale: state.scale, width, height, pixelRatio };
    for (const program of [this.points, this.pictures, this.strokes]) program.frame(frame);
    this.renderer.render(this.scene, this.eye);
    this.drawCalls = this.renderer.info.render.calls;
    return busy;
  }
}

function need({ item, target: { rect } }: Tile, camera: Camera, pixelRatio: number): Need {
  const { scale, x, y } = camera.state;
  const distance = Math.hypot(rect.x + rect.width / 2 - x, rect.y + rect.height / 2 - y) * scale;
  const large = Math.max(rect.width, rect.height) * scale * pixelRatio > SMALL_ENOUGH;
  return { item, distance, large };
}
