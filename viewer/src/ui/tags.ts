import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue } from "../state/catalogue";
import type { Store } from "../state/store";
import { controls } from "./controls";
import { strings } from "./strings";
import { Tagged } from "./tagged";
import { Watch } from "./watch";

/** The visitor's tags, each with how many pictures have it; pressed, the map shows only those. */
@customElement("ba-tags")
export class TagsList extends LitElement {
  static override styles = [
    controls,
    css`
      .line {
        display: grid;
        grid-template-columns: 1fr auto;
        overflow-wrap: anywhere;
      }
      .quiet {
        font-variant-numeric: tabular-nums;
      }
      p {
        padding: 4px 8px 0;
      }
      p button {
        padding: 0;
        color: var(--accent);
        text-decoration: underline;
      }
    `,
  ];

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) catalogue!: Catalogue;

  override connectedCallback(): void {
    new Watch(this, ["filter"]);
    new Tagged(this);
    super.connectedCallback();
  }

  protected override render() {
    return html`<ul aria-label=${strings.tags}>
        ${this.catalogue.tags.counts().map(([word, count]) => this.tag(word, count))}
      </ul>
      <p class="quiet">
        ${strings.tagsKept}
        <button @click=${() => this.save()}>${strings.saveTags}</button>
      </p>`;
  }

  private tag(tag: string, count: number) {
    const { filter } = this.store.shown;
    const on = filter?.kind === "tag" && filter.tag === tag;
    return html`<li>
      <button
        class="line"
        aria-pressed=${on ? "true" : "false"}
        @click=${() => this.store.set({ filter: on ? null : { kind: "tag", tag } })}
      >
        <span>${tag}</span>
        <span class="quiet">${strings.number(count)}</span>
      </button>
    </li>`;
  }

  private save(): void {
    const { tags, manifest } = this.catalogue;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([tags.csv()], { type: "text/csv" }));
    link.download = strings.tagsFile(manifest.title);
    link.click();
    URL.revokeObjectURL(link.href);
  }
}
