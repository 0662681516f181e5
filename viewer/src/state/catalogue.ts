import { decodeBlock } from "../data/blur";
import { fit, ratioOf } from "../data/aspect";
import type { Collection } from "../data/collection";
import { Columns, MISSING, type Categories } from "../data/columns";
import type { Duplicates } from "../data/duplicates";
import type { Backdrop } from "../data/backdrop";
import type { ColumnEntry, LayoutEntry, Manifest } from "../data/manifest";
import { Records, type Facts, type Neighbour } from "../data/records";
import { remembered } from "../data/remembered";
import { paged } from "../data/site";
import { colourCodes, OTHER, PALETTE, type Colouring } from "./palette";
import { scaleOf, type Scale } from "./ramp";
import type { Filter } from "./store";
import { Tags } from "./tags";

export type { Backdrop } from "../data/backdrop";
export type { ClusterEntry, ColumnEntry, LayoutEntry, Manifest } from "../data/manifest";
export type { Categories } from "../data/columns";
export type { DuplicateGroup, Duplicates, LookAlike } from "../data/duplicates";
export type { Facts, Neighbour } from "../data/records";
export type { Tags } from "./tags";

/** A thumbnail as a window on its page. */
export interface Thumbnail {
  readonly address: string;
  /** Pixels on the page. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pageSide: number;
}

/** All that can be asked about the collection; the interface asks nobody else. */
export class Catalogue {
  readonly manifest: Manifest;
  readonly tags: Tags;
  private readonly columns: Columns;
  private readonly records: Records;
  private readonly scales = new Map<string, Promise<Scale | null>>();

  constructor(private readonly collection: Collection) {
    this.manifest = collection.site.manifest;
    this.columns = new Columns(collection.site);
    this.records = new Records(collection.site);
    this.tags = new Tags(() => localStorage, `bilderatlas tags ${collection.site.base.pathname}`);
  }

  facts(item: number): Promise<Facts> {
    return this.records.facts(item);
  }

  neighbours(item: number): Promise<readonly Neighbour[]> {
    return this.records.neighbours(item);
  }

  duplicates(): Promise<Duplicates> {
    return this.records.duplicates();
  }

  categories(slug: string): Promise<Categories> {
    return this.columns.categories(slug);
  }

  /** A column of numbers or dates as colours; null when it has no value at all. */
  scale(slug: string): Promise<Scale | null> {
    const kind = this.kind(slug) === "date" ? "date" : "number";
    return remembered(this.scales, slug, async () => scaleOf(await this.columns.numbers(slug, kind)));
  }

  kind(slug: string): ColumnEntry["kind"] | undefined {
    return this.manifest.columns.find((column) => column.slug === slug)?.kind;
  }

  layout(name: string): LayoutEntry {
    const { layouts } = this.manifest;
    return layouts.find((layout) => layout.name === name) ?? layouts[0];
  }

  /** The share of true neighbours that a layout keeps; undefined where any layout would keep all. */
  kept({ quality }: LayoutEntry): number | undefined {
    return (quality["kept_by_lot"] ?? 0) < 1 ? quality["kept"] : undefined;
  }

  backdrop(layout: string): Promise<Backdrop | null> {
    return this.collection.backdrop(layout);
  }

  /** The column that takes the place of `slug` in another layout: a measure is taken of that layout. */
  counterpart(slug: string | null, layout: string): string | null {
    const { columns } = this.manifest;
    const measure = columns.find((column) => column.slug === slug)?.measure;
    if (measure === undefined) return slug;
    return columns.find((column) => column.measure === measure && column.layout === layout)?.slug ?? null;
  }

  findKey(digits: string, index: number): Promise<number> {
    return this.columns.findKey(digits, index);
  }

  /** Width by height. */
  ratio(item: number): number {
    return ratioOf(this.collection.aspects[item]);
  }

  thumbnail(item: number): Thumbnail {
    const [width, height] = fit(this.collection.aspects[item], 128);
    const slot = item & 63;
    return {
      address: this.collection.site.address(paged("t128", item >> 6, ".webp"), "t128"),
      x: (slot % 8) * 128,
      y: (slot >> 3) * 128,
      width,
      height,
      pageSide: 1024,
    };
  }

  /** The 16 colours that stand for a picture until its thumbnail has come, CSS colours, rows downwards. */
  blur(item: number): string[] {
    const { blocks } = this.collection;
    return decodeBlock(blocks[2 * item], blocks[2 * item + 1]).map((rgb) => `rgb(${rgb.join(" ")})`);
  }

  /** 1 for each item that a filter lets through; a stack of duplicates is let through when one of its copies is. */
  async mask(filter: Filter, stacked: boolean): Promise<Uint8Array> {
    const mask = new Uint8Array(this.manifest.n);
    if (filter.kind === "duplicates") {
      for (const { members } of (await this.duplicates()).groups) for (const item of members) mask[item] = 1;
    } else if (filter.kind === "tag") {
      const starts = new Set(this.tags.keysOf(filter.tag).map((key) => Number.parseInt(key.slice(0, 8), 16)));
      (await this.columns.keys()).forEach((start, item) => (mask[item] = Number(starts.has(start))));
    } else {
      const { codes } = await this.categories(filter.slug);
      codes.forEach((code, item) => (mask[item] = Number(code === filter.code)));
    }
    return stacked ? (await this.duplicates()).stackedMask(mask) : mask;
  }

  /** How many copies each item stands for when duplicates are stacked; 0 for those under another. */
  async stack(): Promise<Uint8Array> {
    return (await this.duplicates()).stack(this.manifest.n);
  }

  /** The colours of all items by a column; null when it has no value at all. */
  async colours(slug: string): Promise<Colouring | null> {
    if (this.kind(slug) !== "category") return this.scale(slug);
    const { codes, counts } = await this.categories(slug);
    const ofCategory = colourCodes(counts);
    const colour = (code: number) => (code === MISSING ? OTHER : (ofCategory[code] ?? OTHER));
    return { codes: Uint8Array.from(codes, colour), palette: PALETTE };
  }
}
