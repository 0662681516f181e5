import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue } from "../state/catalogue";
import type { Store } from "../state/store";
import { controls } from "./controls";
import { faults } from "./flags";
import { strings } from "./strings";
import { Watch } from "./watch";

/** How far the shown layout can be believed, a sentence a measure; the verdict is seen before the rest is unfolded. */
@customElement("ba-belief")
export class Belief extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        padding: 0 8px;
      }
      summary {
        cursor: pointer;
        border-radius: 6px;
      }
      summary h2 {
        display: inline;
      }
      li {
        padding-top: 6px;
        font-size: 13px;
      }
      .quiet {
        white-space: nowrap;
      }
      ba-flags {
        display: block;
        margin: 8px -8px 0;
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
    const { sentences } = this.catalogue.layout(this.store.shown.layout);
    if (sentences.length === 0) return nothing;
    const wrong = faults(this.catalogue.manifest.columns, this.store.shown.layout);
    return html`<details>
      <summary><h2>${strings.belief}</h2></summary>
      <ul aria-label=${strings.belief}>
        ${sentences.map(
          ({ sentence, error }) =>
            html`<li>${sentence} ${error === null ? nothing : html`<span class="quiet">${strings.error(error)}</span>`}</li>`,
        )}
      </ul>
      <ba-flags .store=${this.store} .columns=${wrong} name=${strings.places}></ba-flags>
    </details>`;
  }
}
