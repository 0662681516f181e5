import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Catalogue, Categories, ColumnEntry } from "../state/catalogue";
import { colourCodes, PALETTE } from "../state/palette";
import type { Scale } from "../state/ramp";
import type { Store } from "../state/store";
import { controls } from "./controls";
import "./scale";
import { strings } from "./strings";
import { Watch } from "./watch";

const LONGEST = 40;

/**
 * The columns that may colour a layout: all but flags, which are filters only, and what is measured of other layouts.
 */
export function colourable(columns: readonly ColumnEntry[], shown: string): readonly ColumnEntry[] {
  return columns.filter(({ items, layout }) => items === undefined && (layout ?? shown) === shown);
}

/** Chooses the column that colours the map; the legend of categories is also the filter. */
@customElement("ba-colours")
export class Colours extends LitElement {
  static override styles = [
    controls,
    css`
      select {
        width: 100%;
        padding: 7px 8px;
        border: 1px solid var(--hair);
        background: var(--paper);
      }
      ul {
        margin-top: 8px;
        max-height: 260px;
        overflow-y: auto;
      }
      li button {
        display: grid;
        grid-template-columns: 14px 1fr auto;
        gap: 10px;
        align-items: center;
        width: 100%;
        padding: 4px 8px;
        text-align: left;
      }
      li button[aria-pressed="true"] {
        background: var(--hair);
        font-weight: 600;
      }
      i {
        width: 12px;
        height: 12px;
        border-radius: 3px;
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) catalogue!: Catalogue;
  @state() private categories: Categories | null = null;
  @state() private scale: Scale | null = null;
  private loaded: string | null = null;

  override connectedCallback(): void {
    new Watch(this, ["colour", "filter", "layout"]);
    super.connectedCallback();
  }

  protected override willUpdate(): void {
    const { colour } = this.store.shown;
    if (colour === this.loaded) return;
    this.loaded = colour;
    this.categories = null;
    this.scale = null;
    if (colour !== null) void this.load(colour);
  }

  private async load(slug: string): Promise<void> {
    const categories = this.catalogue.kind(slug) === "category" ? await this.catalogue.categories(slug) : null;
    const scale = categories ? null : await this.catalogue.scale(slug);
    if (this.store.shown.colour === slug) Object.assign(this, { categories, scale });
  }

  protected override render() {
    const columns = colourable(this.catalogue.manifest.columns, this.store.shown.layout);
    const scores = columns.filter(({ oddity }) => oddity);
    const measures = columns.filter(({ measure }) => measure !== undefined);
    const others = columns.filter(({ oddity, measure }) => !oddity && measure === undefined);
    return html`<label>
        <select aria-label=${strings.colourBy} @change=${(event: Event) => this.choose(event)}>
          <option value="" .selected=${this.store.shown.colour === null}>${strings.noColour}</option>
          ${others.map((column) => this.option(column))} ${this.options(strings.trust, measures)}
          ${this.options(strings.oddities, scores)}
        </select>
      </label>
      ${this.categories ? this.legend(this.categories) : nothing}
      ${this.scale
        ? html`<ba-scale .scale=${this.scale} .kind=${this.catalogue.kind(this.store.shown.colour ?? "")}></ba-scale>`
        : nothing}`;
  }

  private options(label: string, columns: readonly ColumnEntry[]) {
    if (columns.length === 0) return nothing;
    return html`<optgroup label=${label}>${columns.map((column) => this.option(column))}</optgroup>`;
  }

  private option({ slug, name, oddity, measure }: ColumnEntry) {
    const own = oddity ? name.replaceAll("_", " ") : name;
    const words = measure === undefined ? own : (strings.measures[measure] ?? measure);
    return html`<option value=${slug} .selected=${this.store.shown.colour === slug}>${words}</option>`;
  }

  private choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    const { filter, colour } = this.store.shown;
    // The filter that the old legend has set goes with it: nothing else would tell of it.
    const ofLegend = filter?.kind === "category" && filter.slug === colour;
    this.store.set({ colour: value === "" ? null : value, filter: ofLegend ? null : filter });
  }

  private legend({ values, counts }: Categories) {
    const codes = colourCodes(counts);
    const order = values.map((_, code) => code).sort((a, b) => counts[b] - counts[a]);
    return html`<ul aria-label=${strings.colourBy}>
      ${order.slice(0, LONGEST).map((code) => this.entry(values[code], code, counts[code], codes[code]))}
      ${order.length > LONGEST
        ? html`<li class="quiet">+ ${strings.number(order.length - LONGEST)} ${strings.others}</li>`
        : nothing}
    </ul>`;
  }

  private entry(value: string, code: number, count: number, colour: number) {
    const { filter, colour: slug } = this.store.shown;
    const on = filter?.kind === "category" && filter.slug === slug && filter.code === code;
    const toggle = () =>
      this.store.set({ filter: on || slug === null ? null : { kind: "category", slug, code } });
    return html`<li>
      <button aria-pressed=${on ? "true" : "false"} title=${strings.onlyThese(value)} @click=${toggle}>
        <i .style=${`background: ${PALETTE[colour]}`}></i>
        <span class="name">${value}</span>
        <span class="quiet">${strings.number(count)}</span>
      </button>
    </li>`;
  }
}
