import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue } from "../state/catalogue";
import type { Sheet, Store } from "../state/store";
import { controls } from "./controls";
import { icons } from "./icons";
import { strings } from "./strings";
import { Watch } from "./watch";

/** How much occurs more than once: opens the sheet, filters the map, stacks the copies. */
@customElement("ba-copies")
export class Copies extends LitElement {
  static override styles = [
    controls,
    css`
      .open {
        display: grid;
        grid-template-columns: 1fr 18px;
        align-items: center;
      }
      svg {
        width: 14px;
        height: 14px;
        fill: none;
        stroke: var(--soft);
        stroke-width: 1.6;
      }
    `,
  ];

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) catalogue!: Catalogue;

  override connectedCallback(): void {
    new Watch(this, ["filter", "stacked"]);
    super.connectedCallback();
  }

  protected override render() {
    const { groups, items, spare, look_alikes: pairs } = this.catalogue.manifest.duplicates;
    const { filter, stacked } = this.store.shown;
    const only = filter?.kind === "duplicates";
    return html`
      ${groups > 0
        ? html`${this.opener("duplicates", strings.counts(groups, items, spare))}
            ${this.toggle(strings.onlyDuplicates, only, () =>
              this.store.set({ filter: only ? null : { kind: "duplicates" } }),
            )}
            ${this.toggle(strings.stack, stacked, () => this.store.set({ stacked: !stacked }))}`
        : nothing}
      ${pairs > 0 ? this.opener("look-alikes", strings.pairs(pairs)) : nothing}
    `;
  }

  private opener(sheet: Sheet, words: string) {
    return html`<button class="line open" aria-haspopup="dialog" @click=${() => this.store.set({ sheet })}>
      <span>${words}</span>${icons.forth}
    </button>`;
  }

  private toggle(words: string, on: boolean, press: () => void) {
    return html`<button class="line" aria-pressed=${on ? "true" : "false"} @click=${press}>${words}</button>`;
  }
}
