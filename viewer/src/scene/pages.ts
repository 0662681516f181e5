import type { WebGLRenderer } from "three";
import type { Arrangement } from "../data/collection";
import { PageQueue, type PageRequest } from "../data/pageQueue";
import { paged, type Site } from "../data/site";
import { PageTexture } from "./pageTexture";
import type { Slot } from "./programs/pictures";

/** A picture that the window shows, and how urgently its pixels are needed. */
export interface Need {
  readonly item: number;
  /** CSS pixels from the middle of the window. */
  readonly distance: number;
  /** Whether 32 pixels are too few for it. */
  readonly large: boolean;
}

const SMALL_PAGES = 64;
const LARGE_PAGES = 24;
const NOWHERE: Slot = { layer: -1, index: 0 };

/** The two sets of thumbnail pages: knows which a view needs, fetches those, and keeps them on the GPU. */
export class Pages {
  readonly small: PageTexture;
  readonly large: PageTexture;
  private readonly queue: PageQueue;
  private readonly arrived: { request: PageRequest; image: ImageBitmap }[] = [];

  constructor(site: Site, changed: () => void) {
    const { n } = site.manifest;
    this.small = new PageTexture(512, Math.min(SMALL_PAGES, Math.ceil(n / 256)));
    this.large = new PageTexture(1024, Math.min(LARGE_PAGES, Math.ceil(n / 64)));
    this.queue = new PageQueue(
      site,
      (request, image) => void this.arrived.push({ request, image }),
      changed,
    );
  }

  get idle(): boolean {
    return this.arrived.length === 0 && this.queue.idle;
  }

  /** Where an item's 32 pixel thumbnail is on the GPU; layer -1 if it is not. */
  smallSlot(item: number, { entry, place }: Arrangement): Slot {
    const at = place ? place[item] : item;
    const layer = this.small.find(smallId(entry.t32, at >> 8));
    return layer < 0 ? NOWHERE : { layer, index: at & 255 };
  }

  largeSlot(item: number): Slot {
    const layer = this.large.find(largeId(item >> 6));
    return layer < 0 ? NOWHERE : { layer, index: item & 63 };
  }

  /** Asks for what the window needs and lets go of what it does not. */
  want(needs: readonly Need[], { entry, place }: Arrangement): void {
    const near = [...needs].sort((a, b) => a.distance - b.distance);
    const large = new Map<string, PageRequest>();
    const small = new Map<string, PageRequest>();
    for (const need of near) {
      const page = need.item >> 6;
      if (need.large && large.size < this.large.capacity) {
        const id = largeId(page);
        large.set(id, { id, path: paged("t128", page, ".webp"), family: "t128" });
      }
      if (this.large.find(largeId(page)) >= 0 || small.size >= this.small.capacity) continue;
      const at = (place ? place[need.item] : need.item) >> 8;
      const id = smallId(entry.t32, at);
      const folder = `layouts/${entry.t32}/t32`;
      small.set(id, { id, path: paged(folder, at, ".webp"), family: folder });
    }
    for (const id of large.keys()) this.large.touch(id);
    for (const id of small.keys()) this.small.touch(id);
    const waiting = new Set(this.arrived.map(({ request }) => request.id));
    const missing = (request: PageRequest, texture: PageTexture) =>
      texture.find(request.id) < 0 && !waiting.has(request.id);
    this.queue.want([
      ...[...small.values()].filter((request) => missing(request, this.small)),
      ...[...large.values()].filter((request) => missing(request, this.large)),
    ]);
  }

  /** Puts one page that has come on the GPU; one a frame, so that no frame stalls. */
  upload(renderer: WebGLRenderer): boolean {
    const page = this.arrived.shift();
    if (!page) return false;
    const texture = page.request.family === "t128" ? this.large : this.small;
    texture.upload(renderer, page.request.id, page.image);
    return true;
  }
}

function smallId(layout: string, page: number): string {
  return `${layout}/${page}`;
}

function largeId(page: number): string {
  return `t128/${page}`;
}
