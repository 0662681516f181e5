import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ColumnEntry } from "../state/catalogue";
import type { Store } from "../state/store";
import { controls } from "./controls";
import { strings } from "./strings";
import { Watch } from "./watch";

/** Columns that a picture has or has not, each with how many have it; pressed, the map shows only those. */
@customElement("ba-flags")
export class Flags extends LitElement {
  static override styles = [
    controls,
    css`
      .line {
        display: grid;
        grid-template-columns: 1fr auto;
      }
      .name::first-letter {
        text-transform: uppercase;
      }
      .quiet {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) columns: readonly ColumnEntry[] = [];
  @property() name = "";

  override connectedCallback(): void {
    new Watch(this, ["filter"]);
    super.connectedCallback();
  }

  protected override render() {
    return html`<ul aria-label=${this.name}>
      ${this.columns.map((column) => this.flag(column))}
    </ul>`;
  }

  private flag({ slug, name, measure, items }: ColumnEntry) {
    const { filter } = this.store.shown;
    const on = filter?.kind === "category" && filter.slug === slug;
    return html`<li>
      <button
        class="line"
        aria-pressed=${on ? "true" : "false"}
        @click=${() => this.store.set({ filter: on ? null : { kind: "category", slug, code: 0 } })}
      >
        <span class="name">${strings.measures[measure ?? ""] ?? name}</span>
        <span class="quiet">${strings.number(items ?? 0)}</span>
      </button>
    </li>`;
  }
}

/** The columns that flag what is unusual about pictures and occurs. */
export function oddities(columns: readonly ColumnEntry[]): readonly ColumnEntry[] {
  return columns.filter(({ oddity, items }) => oddity && (items ?? 0) > 0);
}

/** The columns that flag what is wrong with the places that a layout gives, and occurs. */
export function faults(columns: readonly ColumnEntry[], shown: string): readonly ColumnEntry[] {
  return columns.filter(({ measure, layout, items }) => measure !== undefined && layout === shown && (items ?? 0) > 0);
}
