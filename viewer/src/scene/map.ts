import type { Backdrop } from "../data/backdrop";
import type { Arrangement, Collection } from "../data/collection";
import { Camera, type CameraState } from "./camera";
import { capture } from "./captors/capture";
import { Chooser } from "./chooser";
import { intersect, type Point, touches } from "./geometry";
import { Ground } from "./ground";
import { wholeMap, type Insets } from "./home";
import { area, overlap } from "./hull";
import { DARK, GUTTER, LIGHT } from "./look";
import { Marking } from "./marking";
import { Mosaic, type Tile } from "./mosaic";
import { Painter, type MapContent } from "./painter";
import { TRUE_PLACES } from "./places";
import type { Stats } from "./stats";

/** What the map tells those who own it. */
export interface MapListener {
  hover(item: number | null, at: Point): void;
  pick(item: number | null): void;
  /** The view has come to rest. */
  settle(): void;
  sharp(): void;
}

const MAX_SCALE = 64;

/** The picture map on one canvas, with a second one below it for what lies under the pictures: chooses what to draw, draws it when something has changed. */
export class PictureMap {
  readonly camera = new Camera();
  private readonly ground: Ground;
  private readonly painter: Painter;
  private readonly mosaic: Mosaic;
  private readonly marking = new Marking(LIGHT);
  private readonly chooser: Chooser;
  private content: MapContent = { mode: "pictures", mask: null, stack: null, colours: null };
  private insets: Insets = { left: 0, bottom: 0 };
  private chosen = "";
  /** Where the mouse rests, CSS pixels. */
  private cursor: Point | null = null;
  private scheduled = 0;
  private lastFrame = 0;
  private moved = true;
  private atHome = true;
  private sharp = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    under: HTMLCanvasElement,
    private readonly collection: Collection,
    private readonly listener: MapListener,
  ) {
    this.chooser = new Chooser(collection, collection.first);
    this.ground = new Ground(under);
    this.painter = new Painter(canvas, collection, () => this.requestFrame());
    this.mosaic = new Mosaic(collection.aspects);
    this.camera.addEventListener("move", () => {
      this.moved = true;
      this.requestFrame();
    });
    new ResizeObserver(() => this.resize()).observe(canvas);
    capture(canvas, this.camera, {
      hover: (at) => this.hover(at),
      pick: (at) => this.listener.pick(this.itemAt(at)),
      pickMiddle: () => this.listener.pick(this.marking.focused),
      focus: (visible) => this.focus(visible),
      home: () => this.goHome(),
      leave: () => this.listener.pick(null),
      took: () => (this.atHome = false),
    });
    this.resize();
  }

  /** Call when more items of the first layout have been loaded: 0…loaded-1. */
  grew(loaded: number): void {
    this.chooser.loaded = loaded;
    this.rearranged();
    if (this.atHome) this.camera.set(this.home());
  }

  arrange(arrangement: Arrangement, backdrop: Backdrop | null): void {
    this.chooser.arrangement = arrangement;
    this.ground.show(backdrop);
    this.sharp = false;
    this.rearranged();
    this.goHome();
  }

  show(content: MapContent): void {
    this.content = content;
    this.chooser.show(content);
    this.painter.show(content, this.chooser.arrangement, this.chooser.loaded);
    this.chosen = "";
    this.requestFrame();
  }

  /** Marks an item, draws lines to its true neighbours, and makes sure all are seen; null takes it back. */
  pick(item: number | null, neighbours: readonly { item: number; similarity: number }[]): void {
    this.marking.picked = item;
    this.chooser.pinned = item === null ? [] : [item, ...neighbours.map((neighbour) => neighbour.item)];
    this.marking.neighbours = neighbours;
    this.chosen = "";
    this.requestFrame();
  }

  paint(dark: boolean): void {
    this.marking.look = dark ? DARK : LIGHT;
    this.requestFrame();
  }

  cover(insets: Insets): void {
    this.insets = insets;
    if (this.atHome) this.camera.set(this.home());
  }

  goHome(): void {
    this.camera.flyTo(this.home());
    this.atHome = true;
  }

  look(view: CameraState): void {
    this.atHome = false;
    this.camera.set(view);
  }

  /** Zooms about the middle. */
  zoom(factor: number): void {
    this.atHome = false;
    this.camera.zoomBy(factor, this.camera.width / 2, this.camera.height / 2);
  }

  flyToItem(item: number): void {
    const { x, y, absent } = this.chooser.arrangement;
    if (absent?.[item] === 1) return;
    // About 150 items in the window: near enough to see each, far enough to see where it stands.
    const near = this.home().scale * Math.sqrt(Math.max(1, this.collection.n / 150));
    this.flyTo(x[item], y[item], Math.max(this.camera.state.scale, near));
  }

  /** Shows a circle of the plane, units. */
  flyToPart(x: number, y: number, radius: number): void {
    const free = Math.min(this.camera.width - this.insets.left, this.camera.height - this.insets.bottom);
    this.flyTo(x, y, (0.8 * free) / Math.max(1, 2 * radius));
  }

  stats(): Stats {
    const tiles = this.mosaicTiles();
    const window = this.camera.view();
    const hullArea = area(this.chooser.hull);
    const large = tiles.filter(({ target: { rect } }) =>
      Math.min(rect.width, rect.height) * this.camera.state.scale >= 24);
    const covered = large.reduce((sum, { target }) => sum + overlap(this.chooser.hull, intersect(target.rect, window)), 0);
    return {
      drawCalls: this.painter.drawCalls,
      pictures: tiles.length,
      points: this.painter.dots,
      textureBytes: this.painter.bytes,
      layout: this.chooser.arrangement.entry.name,
      sharp: this.sharp,
      coverage: hullArea > 0 ? covered / hullArea : 0,
      level: this.mosaic.view?.level ?? null,
      cellPixels: this.mosaic.view ? this.mosaic.view.cell.height * this.camera.state.scale : null,
      view: this.camera.state,
      items: this.chooser.loaded,
      drawn: tiles.map(({ item, target: { rect } }) => {
        const corner = this.camera.toScreen(rect.x, rect.y);
        const { scale } = this.camera.state;
        return { item, x: corner.x, y: corner.y, width: rect.width * scale, height: rect.height * scale };
      }),
    };
  }

  private flyTo(x: number, y: number, scale: number): void {
    this.atHome = false;
    const limited = Math.min(MAX_SCALE, scale);
    const shiftX = this.insets.left / 2 / limited;
    const shiftY = this.insets.bottom / 2 / limited;
    this.camera.flyTo({ x: x - shiftX, y: y + shiftY, scale: limited });
  }

  private rearranged(): void {
    this.chooser.measure();
    this.show(this.content);
    this.limit();
  }

  private limit(): void {
    const [width, height] = this.chooser.arrangement.entry.extent;
    this.camera.limits = {
      minScale: this.home().scale / 3,
      maxScale: MAX_SCALE,
      bounds: { x: 0, y: 0, width, height },
    };
  }

  private home(): CameraState {
    const { order, entry: { extent } } = this.chooser.arrangement;
    const everything = { x: 0, y: 0, width: extent[0] + 1, height: extent[1] + 1 };
    const cellAt = (scale: number) => {
      const { level, cell } = this.chooser.choose(scale, everything, null);
      return level === TRUE_PLACES ? { width: 1, height: 1 } : cell; // the extent holds whole pictures then
    };
    // The first map fills the window; of one that was asked for nothing is covered.
    return wholeMap(extent, this.camera, this.insets, cellAt, order !== null);
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    this.painter.resize(clientWidth, clientHeight);
    this.camera.resize(clientWidth, clientHeight);
    this.limit();
    if (this.atHome) this.camera.set(this.home());
    this.chosen = "";
    this.requestFrame();
  }

  private hover(at: Point | null): void {
    this.cursor = at;
    const item = at ? this.itemAt(at) : null;
    this.canvas.style.cursor = item === null ? "grab" : "pointer";
    if (item !== null && at) this.listener.hover(item, at);
    else if (this.marking.hovered !== null) this.listener.hover(null, { x: 0, y: 0 });
    if (item === this.marking.hovered) return;
    this.marking.hovered = item;
    this.requestFrame();
  }

  private focus(visible: boolean): void {
    this.marking.focusVisible = visible;
    if (!visible && this.marking.focused !== null) {
      this.marking.focused = null;
      this.listener.hover(null, { x: 0, y: 0 });
    }
    this.requestFrame();
  }

  private itemAt(at: Point): number | null {
    const world = this.camera.toWorld(at.x, at.y);
    if (this.content.mode === "pictures") return this.mosaic.at(world)?.item ?? null;
    return this.nearestPoint(world, 10 / this.camera.state.scale);
  }

  private nearestPoint(world: Point, reach: number): number | null {
    const { x, y, absent } = this.chooser.arrangement;
    let best: number | null = null;
    let closest = reach;
    for (let i = 0; i < this.chooser.loaded; i++) {
      if (this.chooser.mask?.[i] === 0 || absent?.[i] === 1) continue;
      const distance = Math.hypot(x[i] - world.x, y[i] - world.y);
      if (distance >= closest) continue;
      closest = distance;
      best = i;
    }
    return best;
  }

  private requestFrame(): void {
    if (this.scheduled === 0) this.scheduled = requestAnimationFrame((now) => this.frame(now));
  }

  private frame(now: number): void {
    this.scheduled = 0;
    if (this.chooser.loaded === 0) return;
    const ms = Math.min(50, this.lastFrame === 0 ? 16 : now - this.lastFrame);
    let busy = this.camera.advance(ms);
    this.choose();
    busy = this.mosaic.advance(this.camera.motion ? ms : Infinity) || busy;
    busy = this.draw(ms) || busy;
    this.lastFrame = busy ? now : 0;
    if (busy) this.requestFrame();
    else if (this.moved) {
      this.moved = false;
      this.listener.settle();
    }
    const sharp = !busy && this.painter.idle && this.chooser.loaded === this.collection.n;
    if (sharp && !this.sharp) this.listener.sharp();
    this.sharp = sharp;
  }

  /** Chooses the pictures for the view, unless the same have been chosen for it before. */
  private choose(): void {
    if (this.content.mode === "points") {
      this.mosaic.clear();
      return;
    }
    const { scale } = this.camera.state;
    const window = this.camera.view();
    const current = this.mosaic.view?.level ?? null;
    const key = this.chooser.key(scale, window, current);
    if (key === this.chosen) return;
    const changed = this.chosen === "";
    this.chosen = key;
    const view = this.chooser.choose(scale, window, current);
    const soft = this.camera.motion && current !== null && (changed || view.level !== current);
    this.mosaic.show(view, GUTTER * view.cell.height, soft);
  }

  private draw(ms: number): boolean {
    const { loaded, arrangement } = this.chooser;
    const { mode, mask } = this.content;
    const spacing = Math.sqrt(area(this.chooser.hull) / Math.max(1, loaded)) * this.camera.state.scale;
    this.painter.scatter(mode === "points" || mask ? loaded : 0, spacing, mode === "points");
    if (this.marking.focusVisible) this.focusMiddle();
    const strokes = this.marking.strokes(this.mosaic, arrangement);
    this.ground.draw(this.camera, this.marking.look);
    const busy = this.painter.paint(this.mosaic, arrangement, strokes, this.camera, ms);
    if (this.cursor) this.hover(this.cursor); // under a cursor that rests, the map may have moved
    return busy;
  }

  /** With the keyboard, the picture in the middle of the free part of the window is the one that counts. */
  private focusMiddle(): void {
    const { x, y } = this.camera.toWorld(
      (this.camera.width + this.insets.left) / 2,
      (this.camera.height - this.insets.bottom) / 2,
    );
    let best: Tile | null = null;
    let closest = Infinity;
    for (const tile of this.mosaic.tiles.values()) {
      const { rect } = tile.target;
      const distance = Math.hypot(rect.x + rect.width / 2 - x, rect.y + rect.height / 2 - y);
      if (tile.leaving || distance >= closest) continue;
      closest = distance;
      best = tile;
    }
    const item = best?.item ?? this.nearestPoint({ x, y }, Infinity);
    if (item === this.marking.focused) return;
    this.marking.focused = item;
    if (item !== null) this.listener.hover(item, this.camera.toScreen(x, y));
  }

  private mosaicTiles(): Tile[] {
    const window = this.camera.view();
    return [...this.mosaic.tiles.values()].filter((tile) => !tile.leaving && touches(tile.target.rect, window));
  }
}
