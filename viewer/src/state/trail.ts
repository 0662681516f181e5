import { readAddress, writeAddress, type Address } from "./address";
import type { Catalogue } from "./catalogue";
import type { Store } from "./store";

type View = NonNullable<Address["view"]>;

/** What an entry of the browser's history remembers when opening something has made it. */
interface Entry {
  /** How many were made so, this one included. */
  readonly opened: number;
}

/**
 * Keeps the address of the page and the state in step: every view can be sent to somebody, and the
 * back button closes an open picture, then an open sheet.
 */
export class Trail {
  private view: View | undefined;
  private item: Address["item"];

  constructor(
    private readonly store: Store,
    private readonly catalogue: Catalogue,
    private readonly firstLayout: string,
  ) {}

  /** Reads the address of the page into the state and keeps both in step from then on; returns the view it asks for. */
  async follow(): Promise<View | undefined> {
    const { view } = readAddress(location.hash);
    this.view = view;
    await this.read();
    this.store.addEventListener("change", () => void this.write());
    window.addEventListener("popstate", () => void this.read().then(() => this.replace()));
    return view;
  }

  /** Takes down where the map has come to rest. */
  look(view: View): void {
    this.view = view;
    this.replace();
  }

  private async read(): Promise<void> {
    const { layout, item, colour, filter, mode, stacked, sheet } = readAddress(location.hash);
    const { manifest } = this.catalogue;
    const columns = new Set(manifest.columns.map(({ slug }) => slug));
    const found = item === undefined ? -1 : await this.catalogue.findKey(item.key, item.index);
    this.item = found < 0 ? undefined : item;
    this.store.set({
      layout: manifest.layouts.some(({ name }) => name === layout) ? (layout ?? "") : this.firstLayout,
      mode: mode ?? "pictures",
      colour: colour !== undefined && columns.has(colour) ? colour : null,
      filter: filter && (filter.kind !== "category" || columns.has(filter.slug)) ? filter : null,
      stacked: stacked ?? false,
      sheet: sheet ?? null,
      open: found >= 0,
      ...(found >= 0 && { picked: found }),
    });
  }

  private async write(): Promise<void> {
    const now = this.store.shown;
    const item = await this.named();
    const { shown } = this.store;
    if (shown.open !== now.open || shown.picked !== now.picked || shown.sheet !== now.sheet) return;
    this.item = item;
    const told = layers(readAddress(location.hash));
    const here = layers({ item, sheet: now.sheet });
    const opened = (history.state as Entry | null)?.opened ?? 0;
    if (here > told) history.pushState({ opened: opened + 1 } satisfies Entry, "", this.address());
    else this.replace();
    // The entry that opening made is taken back, so that closing and "back" come to the same.
    if (here < told && opened > 0) history.back();
  }

  /** How the address names the open picture. */
  private async named(): Promise<Address["item"]> {
    const { open, picked } = this.store.shown;
    if (!open || picked === null) return undefined;
    return { key: (await this.catalogue.facts(picked)).key.slice(0, 8), index: picked };
  }

  private replace(): void {
    const address = this.address();
    // Browsers count how often the address is replaced, and lose patience.
    if (new URL(address, location.href).href !== location.href) history.replaceState(history.state, "", address);
  }

  private address(): string {
    const { layout, colour, filter, mode, stacked, sheet } = this.store.shown;
    const hash = writeAddress({
      ...(layout !== this.firstLayout && { layout }),
      ...(this.view && { view: this.view }),
      ...(this.item !== undefined && { item: this.item }),
      ...(colour !== null && { colour }),
      ...(filter && { filter }),
      ...(mode === "points" && { mode }),
      ...(stacked && { stacked }),
      ...(sheet && { sheet }),
    });
    return hash === "" ? location.pathname + location.search : `#${hash}`;
  }
}

/** How many things lie over the map that "back" closes. */
function layers({ item, sheet }: { item?: unknown; sheet?: unknown }): number {
  return Number(item !== undefined) + Number(Boolean(sheet));
}
