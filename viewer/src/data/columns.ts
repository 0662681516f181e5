import { remembered } from "./remembered";
import type { Site } from "./site";

/** A category column: a code an item (`MISSING` where it has none) and the word for each code. */
export interface Categories {
  readonly codes: Uint16Array;
  readonly values: readonly string[];
  /** Items of each code. */
  readonly counts: readonly number[];
}

export const MISSING = 65535;

/** A column of numbers, or of dates in seconds since 1970; NaN where an item has none. */
export type Numbers = Float32Array | Float64Array;

/** Reads the columns, each when it is first asked for. */
export class Columns {
  private readonly categories_ = new Map<string, Promise<Categories>>();
  private readonly numbers_ = new Map<string, Promise<Numbers>>();

  constructor(private readonly site: Site) {}

  categories(slug: string): Promise<Categories> {
    return remembered(this.categories_, slug, () => this.load(slug));
  }

  numbers(slug: string, kind: "number" | "date"): Promise<Numbers> {
    return remembered(this.numbers_, slug, async () =>
      kind === "number"
        ? new Float32Array(await this.chunks(slug, 4))
        : new Float64Array(await this.chunks(slug, 8)),
    );
  }

  /**
   * The index of the item whose key begins with these eight hexadecimal digits, or -1; of several, as of copies, the
   * one at `index`, if it is among them.
   */
  async findKey(digits: string, index: number): Promise<number> {
    const keys = await this.keys();
    const start = Number.parseInt(digits, 16);
    return keys[index] === start ? index : keys.indexOf(start);
  }

  /** The first eight hexadecimal digits of each item's key, as a number. */
  async keys(): Promise<Uint32Array> {
    return new Uint32Array(await this.chunks("key", 4));
  }

  private async load(slug: string): Promise<Categories> {
    const [codes, values] = await Promise.all([
      this.chunks(slug, 2),
      this.site.json<string[]>(`columns/${slug}.values.json`, `columns/${slug}`),
    ]);
    const column = new Uint16Array(codes);
    const counts = values.map(() => 0);
    for (const code of column) if (code !== MISSING) counts[code]++;
    return { codes: column, values, counts };
  }

  /** All chunks of a column, joined. */
  private async chunks(slug: string, itemBytes: number): Promise<ArrayBuffer> {
    const { n, chunk } = this.site.manifest;
    const joined = new Uint8Array(n * itemBytes);
    const count = Math.ceil(n / chunk);
    await Promise.all(
      Array.from({ length: count }, async (_, c) => {
        const bytes = await this.site.bytes(`columns/${slug}.${c}.bin.gz`, `columns/${slug}`);
        joined.set(new Uint8Array(bytes), c * chunk * itemBytes);
      }),
    );
    return joined.buffer;
  }
}
