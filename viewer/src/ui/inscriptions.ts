import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Backdrop, Catalogue } from "../state/catalogue";
import type { Store } from "../state/store";
import { strings } from "./strings";
import { Watch } from "./watch";

/** What is written on the map, for those who have it read to them. */
@customElement("ba-inscriptions")
export class Inscriptions extends LitElement {
  static override styles = css`
    ul {
      position: fixed;
      width: 1px;
      height: 1px;
      margin: 0;
      overflow: hidden;
      clip-path: inset(50%);
    }
  `;

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) catalogue!: Catalogue;
  @state() private texts: Backdrop["texts"] = [];
  private asked: string | null = null;

  override connectedCallback(): void {
    new Watch(this, ["layout"]);
    super.connectedCallback();
  }

  protected override willUpdate(): void {
    const { layout } = this.store.shown;
    if (layout === this.asked) return;
    this.asked = layout;
    this.texts = [];
    void this.catalogue.backdrop(layout).then((backdrop) => {
      if (this.asked === layout) this.texts = backdrop?.texts ?? [];
    });
  }

  protected override render() {
    if (this.texts.length === 0) return nothing;
    return html`<ul aria-label=${strings.written}>
      ${this.texts.map(([text]) => html`<li>${text}</li>`)}
    </ul>`;
  }
}
