import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Scale } from "../state/ramp";
import { OTHER } from "../state/palette";
import { controls } from "./controls";
import { strings } from "./strings";

/** Legend of a column of numbers or dates: the steps, each with as many pictures as any other. */
@customElement("ba-scale")
export class ScaleLegend extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        padding-top: 10px;
      }
      .steps {
        display: flex;
        height: 12px;
        border-radius: 3px;
        overflow: hidden;
      }
      .steps i {
        flex: 1;
      }
      dl {
        display: grid;
        grid-template-columns: 1fr 1fr 1fr;
        padding-top: 4px;
        font-variant-numeric: tabular-nums;
      }
      dl > div:nth-child(2) {
        text-align: center;
      }
      dl > div:nth-child(3) {
        text-align: right;
      }
      p i {
        display: inline-block;
        width: 12px;
        height: 12px;
        margin-right: 8px;
        border-radius: 3px;
        vertical-align: -1px;
      }
    `,
  ];

  @property({ attribute: false }) scale!: Scale;
  @property({ attribute: false }) kind: "number" | "date" = "number";

  protected override render() {
    const { least, median, most, missing, palette } = this.scale;
    return html`<div class="steps" aria-hidden="true">
        ${palette.slice(0, OTHER).map((colour) => html`<i .style=${`background: ${colour}`}></i>`)}
      </div>
      <dl>
        ${this.mark(strings.least, least)} ${this.mark(strings.median, median)} ${this.mark(strings.most, most)}
      </dl>
      ${missing > 0
        ? html`<p class="quiet"><i .style=${`background: ${palette[OTHER]}`}></i>${strings.without(missing)}</p>`
        : nothing}`;
  }

  private mark(term: string, value: number) {
    return html`<div>
      <dt class="quiet">${term}</dt>
      <dd>${this.kind === "date" ? strings.day(value) : strings.value(value)}</dd>
    </div>`;
  }
}
