import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue } from "../state/catalogue";

/**
 * One thumbnail, cut from its page by the browser. Until it is asked to load, and until the page has
 * come, its blur stands there.
 */
@customElement("ba-thumb")
export class Thumb extends LitElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      overflow: hidden;
      border-radius: 2px;
      background: var(--hair);
    }
    canvas,
    div {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
    }
    div {
      background-repeat: no-repeat;
    }
  `;

  @property({ attribute: false }) catalogue!: Catalogue;
  @property({ type: Number }) item = 0;
  @property({ type: Boolean }) load = false;
  private near = false;
  private readonly sight = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting || this.near) return;
    this.near = true;
    this.requestUpdate();
  });
  private readonly size = new ResizeObserver(() => this.requestUpdate());

  override connectedCallback(): void {
    super.connectedCallback();
    this.sight.observe(this);
    this.size.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight.disconnect();
    this.size.disconnect();
  }

  protected override render() {
    return html`<canvas width="4" height="4"></canvas>
      <div></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("item")) this.paintBlur();
    const layer = this.renderRoot.querySelector("div");
    if (layer && this.load && this.near) this.place(layer);
  }

  private paintBlur(): void {
    const context = this.renderRoot.querySelector("canvas")?.getContext("2d");
    this.catalogue.blur(this.item).forEach((colour, k) => {
      if (!context) return;
      context.fillStyle = colour;
      context.fillRect(k % 4, k >> 2, 1, 1);
    });
  }

  /** Lets the picture fill the box, cut on its longer side. */
  private place(layer: HTMLDivElement): void {
    const { address, x, y, width, height, pageSide } = this.catalogue.thumbnail(this.item);
    const scale = Math.max(this.clientWidth / width, this.clientHeight / height);
    const left = (this.clientWidth - width * scale) / 2 - x * scale;
    const top = (this.clientHeight - height * scale) / 2 - y * scale;
    layer.style.backgroundImage = `url("${address}")`;
    layer.style.backgroundSize = `${pageSide * scale}px`;
    layer.style.backgroundPosition = `${left}px ${top}px`;
  }
}
