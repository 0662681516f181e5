import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Catalogue, Facts } from "../state/catalogue";
import { controls } from "./controls";
import { nameOf } from "./naming";
import { strings } from "./strings";
import "./thumb";

/** Longer side of the picture, CSS pixels. */
const SIDE = 144;

/**
 * One picture to compare with others: whole, with its name and its size. `--tallest` is the height of the
 * tallest picture among them, so that the words under all begin on one line.
 */
@customElement("ba-card")
export class Card extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }
      button {
        display: grid;
        grid-template-rows: var(--tallest) auto;
        justify-items: center;
        width: ${SIDE + 12}px;
        height: 100%;
        padding: 6px;
        align-content: start;
      }
      ba-thumb {
        align-self: center;
        width: var(--wide);
        height: var(--high);
      }
      :host([best]) ba-thumb {
        outline: 3px solid var(--accent);
        outline-offset: 1px;
      }
      .words {
        width: 100%;
        padding-top: 8px;
        text-align: left;
        line-height: 1.3;
        overflow-wrap: anywhere;
      }
      .words > * {
        display: block;
      }
      b {
        font-weight: 600;
      }
      b::first-letter {
        text-transform: uppercase;
      }
      :host([best]) b {
        color: var(--accent);
      }
    `,
  ];

  @property({ attribute: false }) catalogue!: Catalogue;
  @property({ attribute: false }) item = 0;
  /** What is to be said of this picture among the others. */
  @property({ attribute: false }) note = "";
  @property({ type: Boolean, reflect: true }) best = false;
  @state() private facts: Facts | null = null;

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("item")) return;
    const { item } = this;
    this.facts = null;
    void this.catalogue
      .facts(item)
      .then((facts) => {
        if (this.item === item) this.facts = facts;
      })
      .catch(() => undefined); // the picture opened says that it is not known
  }

  override focus(): void {
    this.renderRoot.querySelector("button")?.focus();
  }

  protected override render() {
    const { facts, note } = this;
    const ratio = this.catalogue.ratio(this.item);
    const size = `--wide: ${SIDE * Math.min(1, ratio)}px; --high: ${height(ratio)}px`;
    return html`<button
      aria-label=${facts || note ? nothing : strings.picture}
      @click=${() => this.dispatchEvent(new CustomEvent("visit", { detail: this.item, bubbles: true, composed: true }))}
    >
      <ba-thumb .catalogue=${this.catalogue} .item=${this.item} .style=${size} load></ba-thumb>
      <span class="words">
        ${note ? html`<b>${note}</b>` : nothing}
        ${facts
          ? html`<span>${nameOf(facts, this.catalogue.manifest).name}</span>
              <span class="quiet">${strings.size(facts.width, facts.height)}, ${strings.bytes(facts.bytes)}</span>`
          : nothing}
      </span>
    </button>`;
  }
}

/** CSS pixels of a picture of a ratio, width by height. */
export function height(ratio: number): number {
  return SIDE / Math.max(1, ratio);
}
