import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue, LayoutEntry } from "../state/catalogue";
import type { Store } from "../state/store";
import { controls } from "./controls";
import { strings } from "./strings";
import { Watch } from "./watch";

/** So many stand side by side; more are a list. */
const SIDE_BY_SIDE = 3;

/** Chooses the layout; a list tells of each how much it keeps together. */
@customElement("ba-layouts")
export class Layouts extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }
      .segments {
        margin: 0 8px;
      }
      .line {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 12px;
        align-items: baseline;
      }
      .quiet {
        font-variant-numeric: tabular-nums;
      }
      p {
        padding: 6px 8px 0;
      }
    `,
  ];

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) catalogue!: Catalogue;

  override connectedCallback(): void {
    new Watch(this, ["layout"]);
    super.connectedCallback();
  }

  protected override render() {
    const { layouts, n } = this.catalogue.manifest;
    const { placed } = this.catalogue.layout(this.store.shown.layout);
    const few = layouts.length <= SIDE_BY_SIDE;
    return html`<div class=${few ? "segments" : ""} role="group" aria-label=${strings.layouts}>
        ${layouts.map((layout) => this.choice(layout, few))}
      </div>
      ${placed < n ? html`<p class="quiet">${strings.placeless(n - placed)}</p>` : nothing}`;
  }

  private choice(entry: LayoutEntry, few: boolean) {
    const { name, title } = entry;
    const { layout } = this.store.shown;
    const kept = this.catalogue.kept(entry);
    return html`<button
      class=${few ? "" : "line"}
      aria-pressed=${name === layout ? "true" : "false"}
      @click=${() => this.show(name)}
    >
      <span>${title}</span>
      ${few || kept === undefined
        ? nothing
        : html`<span class="quiet" title=${strings.keepsWhat}>${strings.keeps(kept)}</span>`}
    </button>`;
  }

  private show(layout: string): void {
    const { colour, filter } = this.store.shown;
    const there = (slug: string | null) => this.catalogue.counterpart(slug, layout);
    const slug = filter?.kind === "category" ? there(filter.slug) : null;
    const kept = filter?.kind === "category" ? slug === null ? null : { ...filter, slug } : filter;
    this.store.set({ layout, colour: there(colour), filter: kept });
  }
}
