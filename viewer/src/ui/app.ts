import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue } from "../state/catalogue";
import type { Store } from "../state/store";
import { controls } from "./controls";
import "./duplicates";
import { icons } from "./icons";
import "./inscriptions";
import "./lightbox";
import "./panel";
import { strings } from "./strings";
import "./tooltip";

/** Everything that lies over the map. */
@customElement("ba-app")
export class App extends LitElement {
  static override styles = [
    controls,
    css`
      ba-panel {
        position: fixed;
        top: 16px;
        left: 16px;
        width: 288px;
        max-height: calc(100dvh - 32px);
      }
      .zoom {
        position: fixed;
        right: 16px;
        bottom: 16px;
        display: grid;
        background: var(--sheet);
        border-radius: 22px;
        box-shadow: var(--shade);
        padding: 3px;
      }
      @media (max-width: 760px) {
        ba-panel {
          top: auto;
          left: 8px;
          right: 8px;
          bottom: calc(8px + env(safe-area-inset-bottom));
          width: auto;
          max-height: 62dvh;
        }
        .zoom {
          top: 12px;
          right: 12px;
          bottom: auto;
        }
      }
    `,
  ];

  @property({ attribute: false }) store: Store | null = null;
  @property({ attribute: false }) catalogue: Catalogue | null = null;

  protected override render() {
    const { store, catalogue } = this;
    if (!store || !catalogue) return html``;
    return html`<ba-panel role="region" aria-label=${strings.panel} .store=${store} .catalogue=${catalogue}></ba-panel>
      <div class="zoom" role="group">
        <button class="round" aria-label=${strings.zoomIn} @click=${() => store.go({ kind: "zoom", factor: 1.6 })}>
          ${icons.plus}
        </button>
        <button class="round" aria-label=${strings.zoomOut} @click=${() => store.go({ kind: "zoom", factor: 1 / 1.6 })}>
          ${icons.minus}
        </button>
        <button class="round" aria-label=${strings.wholeMap} @click=${() => store.go({ kind: "home" })}>
          ${icons.whole}
        </button>
      </div>
      <ba-inscriptions .store=${store} .catalogue=${catalogue}></ba-inscriptions>
      <ba-tooltip .store=${store} .catalogue=${catalogue}></ba-tooltip>
      <ba-duplicates .store=${store} .catalogue=${catalogue}></ba-duplicates>
      <ba-lightbox .store=${store} .catalogue=${catalogue}></ba-lightbox>`;
  }
}
