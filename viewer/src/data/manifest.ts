/** `manifest.json` as docs/format.md describes it. */

/** One measure of a layout, and what it means in a sentence. */
export interface Said {
  readonly measure: string;
  readonly value: number | null;
  /** Standard error. */
  readonly error: number | null;
  readonly sentence: string;
}

export interface LayoutEntry {
  readonly name: string;
  readonly kind: string;
  readonly title: string;
  /** Largest x and y of all that is drawn, units. */
  readonly extent: readonly [number, number];
  /** Items that have a place; in its order, the others come last. */
  readonly placed: number;
  /** Units: pictures so high do not lie on each other; 0 where they may. */
  readonly room: number;
  readonly backdrop: boolean;
  readonly levels: readonly number[];
  /** Layout whose `t32` pages this one uses. */
  readonly t32: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly quality: Readonly<Record<string, number>>;
  /** How far it can be believed, the verdict first. */
  readonly sentences: readonly Said[];
}

export interface ColumnEntry {
  readonly slug: string;
  readonly name: string;
  readonly kind: "category" | "number" | "date";
  readonly count?: number;
  readonly label?: boolean;
  /** A flag (kind `category` with the one value "yes") or a score (kind `number`) of what is unusual. */
  readonly oddity?: boolean;
  /** How many have it: flags only. */
  readonly items?: number;
  /** What it tells of each item in the layout called `layout`, as `kept`; `misplaced` is a flag. */
  readonly measure?: string;
  readonly layout?: string;
}

export interface ClusterEntry {
  readonly name: string;
  readonly size: number;
  readonly exemplar: number;
  readonly centre: readonly [number, number];
  readonly radius: number;
}

export interface Manifest {
  readonly format: number;
  readonly title: string;
  readonly n: number;
  readonly chunk: number;
  readonly cell_aspect: number;
  readonly layouts: readonly LayoutEntry[];
  readonly columns: readonly ColumnEntry[];
  readonly clusters: readonly ClusterEntry[];
  /** Whether the clusters are real, in a sentence. */
  readonly structure: string | null;
  readonly neighbours: {
    readonly k: number;
    readonly index: string;
    /** Share of the truly nearest that the index finds; null where it was not measured. */
    readonly recall: number | null;
  };
  readonly duplicates: {
    readonly groups: number;
    readonly exact: number;
    readonly items: number;
    /** Items that are not the best of their group. */
    readonly spare: number;
    /** Pairs. */
    readonly look_alikes: number;
  };
  readonly problems: number;
  readonly files: Readonly<Record<string, string>>;
}

const FORMAT = 1;

/** Fetches the manifest beside the page; throws when it is missing or of another format. */
export async function loadManifest(base: URL): Promise<Manifest> {
  const response = await fetch(new URL("manifest.json", base), { cache: "no-cache" });
  if (!response.ok) throw new Error(`manifest.json: ${response.status}`);
  const manifest = (await response.json()) as Manifest;
  if (manifest.format !== FORMAT) {
    throw new Error(`manifest.json has format ${manifest.format}, this viewer reads ${FORMAT}`);
  }
  return manifest;
}
