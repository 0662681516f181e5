import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Catalogue, Categories, ColumnEntry } from "../state/catalogue";
import { colourCodes, PALETTE } from "../state/palette";
import type { Store } from "../state/store";
import { controls } from "./controls";
import { strings } from "./strings";
import { Watch } from "./watch";

const LONGEST = 40;

/** Chooses the column that colours the map; its legend is also the filter. */
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
  private loaded: string | null = null;

  override connectedCallback(): void {
    new Watch(this, ["colour", "filter"]);
    super.connectedCallback();
  }

  protected override willUpdate(): void {
    const { colour } = this.store.shown;
    if (colour === this.loaded) return;
    this.loaded = colour;
    this.categories = null;
    if (colour === null) return;
    void this.catalogue.categories(colour).then((categories) => {
      if (this.store.shown.colour === colour) this.categories = categories;
    });
  }

  protected override render() {
    const columns = this.catalogue.manifest.columns.filter(({ kind }) => kind === "category");
    return html`<label>
        <select aria-label=${strings.colourBy} @change=${(event: Event) => this.choose(event)}>
          <option value="" ?selected=${this.store.shown.colour === null}>${strings.noColour}</option>
          ${columns.map((column) => this.option(column))}
        </select>
      </label>
      ${this.categories ? this.legend(this.categories) : nothing}`;
  }

  private option({ slug, name }: ColumnEntry) {
    return html`<option value=${slug} ?selected=${this.store.shown.colour === slug}>${name}</option>`;
  }

  private choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    const filter = this.store.shown.filter?.kind === "category" ? null : this.store.shown.filter;
    this.store.set({ colour: value === "" ? null : value, filter });
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
