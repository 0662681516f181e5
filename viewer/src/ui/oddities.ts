import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue, ColumnEntry } from "../state/catalogue";
import type { Store } from "../state/store";
import { controls } from "./controls";
import { strings } from "./strings";
import { Watch } from "./watch";

/** What is unusual about pictures, each with how many have it; pressed, the map shows only those. */
@customElement("ba-oddities")
export class OdditiesList extends LitElement {
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
  @property({ attribute: false }) catalogue!: Catalogue;

  override connectedCallback(): void {
    new Watch(this, ["filter"]);
    super.connectedCallback();
  }

  protected override render() {
    return html`<ul aria-label=${strings.oddities}>
      ${flags(this.catalogue.manifest.columns).map((column) => this.flag(column))}
    </ul>`;
  }

  private flag({ slug, name, items }: ColumnEntry) {
    const { filter } = this.store.shown;
    const on = filter?.kind === "category" && filter.slug === slug;
    return html`<li>
      <button
        class="line"
        aria-pressed=${on ? "true" : "false"}
        @click=${() => this.store.set({ filter: on ? null : { kind: "category", slug, code: 0 } })}
      >
        <span class="name">${name}</span>
        <span class="quiet">${strings.number(items ?? 0)}</span>
      </button>
    </li>`;
  }
}

/** The columns that flag something unusual which occurs. */
export function flags(columns: readonly ColumnEntry[]): readonly ColumnEntry[] {
  return columns.filter(({ oddity, kind, items }) => oddity && kind === "category" && (items ?? 0) > 0);
}
