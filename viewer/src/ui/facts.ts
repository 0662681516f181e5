import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Facts, Manifest } from "../state/catalogue";
import { controls } from "./controls";
import { nameOf } from "./naming";
import { strings } from "./strings";

/** What is known of one picture, as a catalogue entry. */
@customElement("ba-facts")
export class FactsList extends LitElement {
  static override styles = [
    controls,
    css`
      h1 {
        padding-right: 44px;
      }
      .label {
        margin-top: 2px;
        color: var(--soft);
      }
      dl {
        margin-top: 20px;
        display: grid;
        grid-template-columns: minmax(72px, auto) 1fr;
        gap: 5px 16px;
      }
      dt {
        color: var(--soft);
        overflow-wrap: anywhere;
      }
      dd {
        overflow-wrap: anywhere;
      }
      a {
        color: var(--accent);
      }
      .more {
        margin-top: 18px;
      }
    `,
  ];

  @property({ attribute: false }) facts!: Facts;
  @property({ attribute: false }) manifest!: Manifest;

  protected override render() {
    const { facts } = this;
    const { name, label } = nameOf(facts, this.manifest);
    const metadata = facts.metadata.filter(([, text]) => text !== name && text !== label);
    return html`<h1>${name}</h1>
      ${label ? html`<p class="label">${label}</p>` : nothing}
      <dl>
        ${metadata.map(([column, text]) => this.fact(column, text))}
        ${facts.takenAt ? this.fact(strings.fact.date, strings.date(facts.takenAt)) : nothing}
        ${facts.latitude !== null && facts.longitude !== null
          ? this.fact(strings.fact.place, strings.place(facts.latitude, facts.longitude))
          : nothing}
        ${this.fact(strings.fact.size, `${strings.size(facts.width, facts.height)}, ${strings.bytes(facts.bytes)}`)}
        ${this.fact(strings.fact.file, facts.uri)}
        ${facts.names.length > 0
          ? this.fact(strings.looksLike, facts.names.slice(0, 3).map(([word]) => word).join(", "))
          : nothing}
      </dl>
      ${facts.picture
        ? html`<p class="more quiet"><a href=${facts.picture} target="_blank" rel="noopener">${strings.original}</a></p>`
        : nothing}`;
  }

  private fact(term: string, text: string) {
    return html`<dt>${term}</dt>
      <dd>${text}</dd>`;
  }
}
