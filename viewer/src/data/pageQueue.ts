import type { Site } from "./site";

/** One texture image to fetch; `id` is unique among all kinds of pages. */
export interface PageRequest {
  readonly id: string;
  readonly path: string;
  readonly family: string;
}

const PARALLEL = 6;

/**
 * Fetches and decodes images, those wanted first before the others. What is no longer wanted is
 * dropped, even on the wire.
 */
export class PageQueue {
  private wanted: readonly PageRequest[] = [];
  private readonly running = new Map<string, AbortController>();
  private readonly failed = new Set<string>();

  constructor(
    private readonly site: Site,
    private readonly deliver: (request: PageRequest, image: ImageBitmap) => void,
    private readonly changed: () => void,
  ) {}

  get idle(): boolean {
    return this.running.size === 0 && this.wanted.every((request) => this.failed.has(request.id));
  }

  /** Replaces the wish list: what to fetch now, most urgent first, without what is there already. */
  want(requests: readonly PageRequest[]): void {
    this.wanted = requests;
    const ids = new Set(requests.map((request) => request.id));
    for (const [id, controller] of this.running) if (!ids.has(id)) controller.abort();
    this.start();
  }

  private start(): void {
    for (const request of this.wanted) {
      if (this.running.size >= PARALLEL) return;
      if (!this.running.has(request.id) && !this.failed.has(request.id)) void this.fetch(request);
    }
  }

  private async fetch(request: PageRequest): Promise<void> {
    const controller = new AbortController();
    this.running.set(request.id, controller);
    try {
      const blob = await this.site.blob(request.path, request.family, controller.signal);
      const image = await createImageBitmap(blob, {
        colorSpaceConversion: "none",
        premultiplyAlpha: "none",
      });
      this.wanted = this.wanted.filter((other) => other.id !== request.id);
      this.deliver(request, image);
    } catch {
      // An aborted page may be wanted again; one that the server does not have is not asked for twice.
      if (!controller.signal.aborted) this.failed.add(request.id);
    } finally {
      this.running.delete(request.id);
      this.changed();
      this.start();
    }
  }
}
