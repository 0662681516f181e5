import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { styleMap } from "lit/directives/style-map.js";
import type { Catalogue, Facts } from "../state/catalogue";
import type { Store } from "../state/store";
import { nameOf } from "./naming";
import { Watch } from "./watch";

/** The name of the picture under the cursor or in the keyboard's focus; also told to screen readers. */
@customElement("ba-tooltip")
export class Tooltip extends LitElement {
  static override styles = css`
    div {
      position: fixed;
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
    void this.catalogue.facts(item).then((facts) => {
      if (this.asked === item) this.facts = facts;
    });
  }

  protected override render() {
    const { hovered } = this.store.shown;
    const { facts } = this;
    if (!hovered || !facts) return nothing;
    const { name, label } = nameOf(facts, this.catalogue.manifest);
    const onTheLeft = hovered.x > window.innerWidth - 300;
    const above = hovered.y > window.innerHeight - 90;
    return html`<div
      style=${styleMap({
        [onTheLeft ? "right" : "left"]: `${onTheLeft ? window.innerWidth - hovered.x + 14 : hovered.x + 14}px`,
        [above ? "bottom" : "top"]: `${above ? window.innerHeight - hovered.y + 14 : hovered.y + 18}px`,
      })}
    >
      ${name}${label ? html`<small>${label}</small>` : nothing}
    </div>`;
  }
}
