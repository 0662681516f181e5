/** Which items count; the others step back. */
export type Filter =
  | { readonly kind: "category"; readonly slug: string; readonly code: number }
  | { readonly kind: "duplicates" }
  | { readonly kind: "tag"; readonly tag: string };

/** What is laid out over the map, side by side. */
export type Sheet = "duplicates" | "look-alikes";

/** What the visitor has chosen and what the map is doing: everything that the interface shows. */
export interface Shown {
  readonly layout: string;
  readonly mode: "pictures" | "points";
  /** Slug of the column that colours the map. */
  readonly colour: string | null;
  readonly filter: Filter | null;
  /** Whether only the best of each group of duplicates is on the map. */
  readonly stacked: boolean;
  readonly sheet: Sheet | null;
  /** Marked on the map, with lines to its neighbours. */
  readonly picked: number | null;
  /** Whether the picked picture is open in the lightbox. */
  readonly open: boolean;
  readonly hovered: { readonly item: number; readonly x: number; readonly y: number } | null;
  readonly panel: boolean;
  /** The first view is sharp: from now on there is time for what is not on the map. */
  readonly settled: boolean;
}

/** Where the map should go. */
export type Destination =
  | { readonly kind: "home" }
  | { readonly kind: "item"; readonly item: number }
  | { readonly kind: "part"; readonly x: number; readonly y: number; readonly radius: number }
  | { readonly kind: "zoom"; readonly factor: number };

/** One object holds the state; whoever shows a part of it listens for "change". */
export class Store extends EventTarget {
  constructor(private current: Shown) {
    super();
  }

  get shown(): Shown {
    return this.current;
  }

  set(patch: Partial<Shown>): void {
    const before = this.current;
    const keys = Object.keys(patch) as (keyof Shown)[];
    if (keys.every((key) => patch[key] === before[key])) return;
    this.current = { ...before, ...patch };
    this.dispatchEvent(new CustomEvent<Shown>("change", { detail: before }));
  }

  go(destination: Destination): void {
    this.dispatchEvent(new CustomEvent<Destination>("go", { detail: destination }));
  }

  /** Opens a picture in the lightbox and takes the map there. */
  visit(item: number): void {
    this.set({ picked: item, open: true, hovered: null });
    this.go({ kind: "item", item });
  }
}
