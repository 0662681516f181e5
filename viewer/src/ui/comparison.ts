import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue } from "../state/catalogue";
import { height, type Card } from "./card";
import { controls } from "./controls";
import { Growing } from "./growing";

/** Pictures that are to be looked at together. */
export interface ComparisonRow {
  readonly heading: string;
  readonly items: readonly number[];
  /** Place of the best among them, or null when none is better. */
  readonly best: number | null;
  /** What is said of each; may be shorter. */
  readonly notes: readonly string[];
}

/** A long list of pictures side by side; the arrows go from picture to picture and from row to row. */
@customElement("ba-comparison")
export class Comparison extends LitElement {
  static override styles = [
    controls,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 14px;
      }
      .row {
        max-width: 100%;
        padding: 10px 8px 6px;
        border-radius: 10px;
        background: var(--sheet);
      }
      h2 {
        padding: 0 6px 6px;
      }
      .cards {
        display: flex;
        flex-wrap: wrap;
      }
      .more {
        width: 100%;
        height: 1px;
      }
    `,
  ];

  @property({ attribute: false }) catalogue!: Catalogue;
  @property({ attribute: false }) rows: readonly ComparisonRow[] = [];
  private readonly growing = new Growing(this);

  protected override render() {
    const { rows, growing } = this;
    return html`<ul @keydown=${(event: KeyboardEvent) => this.move(event)}>
      ${rows.slice(0, growing.count).map((row) => this.row(row))}
      ${rows.length > growing.count ? html`<li class="more" aria-hidden="true"></li>` : nothing}
    </ul>`;
  }

  private row({ heading, items, best, notes }: ComparisonRow) {
    const tallest = Math.max(...items.map((item) => height(this.catalogue.ratio(item))));
    return html`<li class="row" .style=${`--tallest: ${tallest}px`}>
      <h2>${heading}</h2>
      <div class="cards">
        ${items.map(
          (item, k) => html`<ba-card
            .catalogue=${this.catalogue}
            .item=${item}
            .note=${notes[k] ?? ""}
            ?best=${k === best}
          ></ba-card>`,
        )}
      </div>
    </li>`;
  }

  private move(event: KeyboardEvent): void {
    const cards = [...this.renderRoot.querySelectorAll<Card>("ba-card")];
    const at = cards.findIndex((card) => card === event.target);
    const row = cards[at]?.closest("li");
    const there = {
      ArrowLeft: cards[at - 1],
      ArrowRight: cards[at + 1],
      ArrowUp: row?.previousElementSibling?.querySelector<Card>("ba-card"),
      ArrowDown: row?.nextElementSibling?.querySelector<Card>("ba-card"),
    }[event.key];
    if (!there) return;
    event.preventDefault();
    there.focus();
  }
}
