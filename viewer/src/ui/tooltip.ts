import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Catalogue, Facts } from "../state/catalogue";
import type { Store } from "../state/store";
import { nameOf } from "./naming";
import { Watch } from "./watch";

/** The name of the picture under the cursor or in the keyboard's focus; also told to screen readers. */
@customElement("ba-tooltip")
export class Tooltip extends LitElement {
  static override styles = css`
    p {
      position: fixed;
      margin: 0;
      z-index: 2;
      max-width: 280px;
      padding: 5px 10px;
      border-radius: 7px;
      background: var(--ink);
      color: var(--paper);
      font-size: 13px;
      pointer-events: none;
      overflow-wrap: anywhere;
    }
    small {
      display: block;
      opacity: 0.7;
      font-size: 12px;
    }
  `;

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) catalogue!: Catalogue;
  @state() private facts: Facts | null = null;
  private asked: number | null = null;

  override connectedCallback(): void {
    new Watch(this, ["hovered"]);
    super.connectedCallback();
  }

  protected override willUpdate(): void {
    const item = this.store.shown.hovered?.item ?? null;
    if (item === this.asked) return;
    this.asked = item;
    this.facts = null;
    if (item === null) return;
    void this.catalogue
      .facts(item)
      .then((facts) => {
        if (this.asked === item) this.facts = facts;
      })
      .catch(() => (this.asked = null)); // the connection was lost: asked for again next time
  }

  protected override render() {
    const { hovered } = this.store.shown;
    return html`<div role="status" aria-live="polite">
      ${hovered && this.facts ? this.name(this.facts, hovered) : nothing}
    </div>`;
  }

  private name(facts: Facts, { x, y }: { x: number; y: number }) {
    const { name, label } = nameOf(facts, this.catalogue.manifest);
    const { innerWidth, innerHeight } = window;
    const across = x > innerWidth - 300 ? `right: ${innerWidth - x + 14}px` : `left: ${x + 14}px`;
    const down = y > innerHeight - 90 ? `bottom: ${innerHeight - y + 14}px` : `top: ${y + 18}px`;
    return html`<p .style=${`${across}; ${down}`}>${name}${label ? html`<small>${label}</small>` : nothing}</p>`;
  }
}
