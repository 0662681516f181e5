import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue } from "../state/catalogue";
import { controls } from "./controls";
import "./thumb";

/** One picture of a strip: what is read under it, and what a screen reader says of it. */
export interface StripEntry {
  readonly item: number;
  readonly caption: string;
  readonly label: string;
}

/** Thumbnails in a row under a heading; a click on one is told as "visit" with its item. */
@customElement("ba-strip")
export class Strip extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      h2 {
        padding: 0 4px 8px;
      }
      ul {
        display: flex;
        gap: 8px;
        overflow-x: auto;
        padding: 4px;
        scrollbar-width: thin;
      }
      button {
        padding: 0;
        border-radius: 3px;
      }
      button:hover {
        background: none;
        filter: brightness(1.06);
      }
      ba-thumb {
        height: 78px;
        width: var(--wide);
        margin: auto;
      }
      span {
        display: block;
        padding-top: 3px;
        text-align: center;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) catalogue!: Catalogue;
  @property({ attribute: false }) heading = "";
  @property({ attribute: false }) entries: readonly StripEntry[] = [];

  protected override render() {
    return html`<nav aria-label=${this.heading}>
      <h2>${this.heading}</h2>
      <ul>
        ${this.entries.map((entry) => this.entry(entry))}
      </ul>
    </nav>`;
  }

  private entry({ item, caption, label }: StripEntry) {
    const width = Math.round(78 * Math.min(2.2, Math.max(0.6, this.catalogue.ratio(item))));
    const visit = () => this.dispatchEvent(new CustomEvent("visit", { detail: item, bubbles: true }));
    return html`<li>
      <button aria-label=${label} @click=${visit}>
        <ba-thumb .catalogue=${this.catalogue} .item=${item} .style=${`--wide: ${width}px`} load></ba-thumb>
        <span class="quiet">${caption}</span>
      </button>
    </li>`;
  }
}
