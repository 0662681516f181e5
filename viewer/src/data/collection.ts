import type { Backdrop } from "./backdrop";
import { decodeBlur, decodePositions } from "./chunks";
import type { LayoutEntry } from "./manifest";
import { remembered } from "./remembered";
import type { Site } from "./site";

/** Where every item stands in one layout. */
export interface Arrangement {
  readonly entry: LayoutEntry;
  /** Units, by canonical index. */
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  /** Items in the layout's own (level, Morton) order; null for the first layout, where it is 0…n-1. */
  readonly order: Uint32Array | null;
  /** 1 for each item without a place here, whose position means nothing; null when all have one. */
  readonly absent: Uint8Array | null;
  /** Slot of each item in the `t32` pages of this layout; null where that is its canonical index. */
  readonly place: Uint32Array | null;
}

/** What is known of each item before any picture is loaded; grows chunk by chunk. */
export class Collection {
  readonly n: number;
  readonly blocks: Uint32Array;
  readonly aspects: Uint8Array;
  readonly first: Arrangement;
  private readonly backdrops = new Map<string, Promise<Backdrop | null>>();

  constructor(readonly site: Site) {
    const entry = site.manifest.layouts.at(0);
    if (!entry) throw new Error("manifest.json lists no layout");
    this.n = site.manifest.n;
    this.blocks = new Uint32Array(2 * this.n);
    this.aspects = new Uint8Array(this.n);
    const [x, y] = [new Uint16Array(this.n), new Uint16Array(this.n)];
    this.first = { entry, x, y, order: null, absent: null, place: null };
  }

  /**
   * Loads chunk after chunk; yields after each how many items now have a blur and a place in the
   * first layout, so that the first frame need not wait for the last chunk.
   */
  async *load(): AsyncGenerator<number> {
    const { entry, x, y } = this.first;
    for (let chunk = 0; chunk * this.site.manifest.chunk < this.n; chunk++) {
      const start = chunk * this.site.manifest.chunk;
      const [blur, positions] = await Promise.all([
        this.site.bytes(`blur/${chunk}.bin.gz`, "blur").then(decodeBlur),
        this.positions(entry, chunk),
      ]);
      this.blocks.set(blur.blocks, 2 * start);
      this.aspects.set(blur.aspects, start);
      x.set(positions.x, start);
      y.set(positions.y, start);
      yield start + blur.aspects.length;
    }
  }

  /** The arrangement of all items in another layout. */
  async arrange(name: string): Promise<Arrangement> {
    if (name === this.first.entry.name) return this.first;
    const entry = this.entry(name);
    const x = new Uint16Array(this.n);
    const y = new Uint16Array(this.n);
    const order = new Uint32Array(this.n);
    for (let chunk = 0; chunk * this.site.manifest.chunk < this.n; chunk++) {
      const start = chunk * this.site.manifest.chunk;
      const [positions, places] = await Promise.all([
        this.positions(entry, chunk),
        this.site.bytes(`layouts/${name}/order.${chunk}.bin.gz`, `layouts/${name}/order`),
      ]);
      x.set(positions.x, start);
      y.set(positions.y, start);
      order.set(new Uint32Array(places), start);
    }
    const own = entry.t32 === name;
    return { entry, x, y, order, absent: absentees(order, entry.placed), place: own ? inverse(order) : null };
  }

  /** What is drawn under the pictures of a layout; null where there is nothing. */
  backdrop(name: string): Promise<Backdrop | null> {
    const family = `layouts/${name}/backdrop`;
    return remembered(this.backdrops, name, async () =>
      this.entry(name).backdrop ? this.site.json<Backdrop>(`${family}.json.gz`, family) : null,
    );
  }

  private entry(name: string): LayoutEntry {
    const entry = this.site.manifest.layouts.find((layout) => layout.name === name);
    if (!entry) throw new Error(`there is no layout ${name}`);
    return entry;
  }

  private async positions(entry: LayoutEntry, chunk: number) {
    const family = `layouts/${entry.name}/pos`;
    return decodePositions(await this.site.bytes(`${family}.${chunk}.bin.gz`, family));
  }
}

function absentees(order: Uint32Array, placed: number): Uint8Array | null {
  if (placed === order.length) return null;
  const absent = new Uint8Array(order.length);
  for (const item of order.subarray(placed)) absent[item] = 1;
  return absent;
}

function inverse(order: Uint32Array): Uint32Array {
  const place = new Uint32Array(order.length);
  order.forEach((item, k) => (place[item] = k));
  return place;
}
