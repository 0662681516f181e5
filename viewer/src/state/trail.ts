import { readAddress, writeAddress, type Address } from "./address";
import type { Catalogue } from "./catalogue";
import type { Shown, Store } from "./store";

type View = NonNullable<Address["view"]>;

/**
 * Keeps the address of the page and the state in step: every view can be sent to somebody, and the
 * back button closes an open picture.
 */
export class Trail {
  private view: View | undefined;
  private item: string | undefined;

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
    this.store.addEventListener("change", (event) => void this.write((event as CustomEvent<Shown>).detail));
    window.addEventListener("popstate", () => void this.read());
    return view;
  }

  /** Takes down where the map has come to rest. */
  look(view: View): void {
    this.view = view;
    this.replace();
  }

  private async read(): Promise<void> {
    const { layout, item, colour, filter, mode } = readAddress(location.hash);
    const { manifest } = this.catalogue;
    const columns = new Set(manifest.columns.map(({ slug }) => slug));
    const found = item === undefined ? -1 : await this.catalogue.findKey(item);
    this.item = found < 0 ? undefined : item;
    this.store.set({
      layout: manifest.layouts.some(({ name }) => name === layout) ? (layout ?? "") : this.firstLayout,
      mode: mode ?? "pictures",
      colour: colour !== undefined && columns.has(colour) ? colour : null,
      filter: filter && (filter.kind === "duplicates" || columns.has(filter.slug)) ? filter : null,
      open: found >= 0,
      ...(found >= 0 && { picked: found }),
    });
  }

  private async write(before: Shown): Promise<void> {
    const { open, picked } = this.store.shown;
    if (!open || picked === null) {
      this.item = undefined;
      // The entry that opening made is taken back, so that closing and "back" come to the same.
      if (before.open && (history.state as { opened?: boolean } | null)?.opened) history.back();
      else this.replace();
      return;
    }
    if (before.open && before.picked === picked) {
      this.replace();
      return;
    }
    const { key } = await this.catalogue.facts(picked);
    if (this.store.shown.picked !== picked || !this.store.shown.open) return;
    const digits = key.slice(0, 8);
    const told = this.item === digits; // the state has just been read from the address
    this.item = digits;
    if (before.open || told) this.replace();
    else history.pushState({ opened: true }, "", this.address());
  }

  private replace(): void {
    history.replaceState(history.state, "", this.address());
  }

  private address(): string {
    const { layout, colour, filter, mode } = this.store.shown;
    const hash = writeAddress({
      ...(layout !== this.firstLayout && { layout }),
      ...(this.view && { view: this.view }),
      ...(this.item !== undefined && { item: this.item }),
      ...(colour !== null && { colour }),
      ...(filter && { filter }),
      ...(mode === "points" && { mode }),
    });
    return hash === "" ? location.pathname + location.search : `#${hash}`;
  }
}
