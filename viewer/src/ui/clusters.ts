import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue, ClusterEntry } from "../state/catalogue";
import type { Store } from "../state/store";
import { controls } from "./controls";
import { strings } from "./strings";
import "./thumb";
import { Watch } from "./watch";

/** The clusters that the collection falls into: each with its exemplar, name and size. */
@customElement("ba-clusters")
export class Clusters extends LitElement {
  static override styles = [
    controls,
    css`
      button {
        display: grid;
        grid-template-columns: 54px 1fr auto;
        gap: 12px;
        align-items: center;
        width: 100%;
        padding: 4px 8px 4px 4px;
        text-align: left;
        line-height: 1.25;
      }
      ba-thumb {
        height: 40px;
      }
      .name {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
      }
      .quiet {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) catalogue!: Catalogue;

  override connectedCallback(): void {
    new Watch(this, ["settled"]);
    super.connectedCallback();
  }

  protected override render() {
    return html`<ul aria-label=${strings.clusters}>
      ${this.catalogue.manifest.clusters.map((cluster, index) => this.row(cluster, index))}
    </ul>`;
  }

  private row(cluster: ClusterEntry, index: number) {
    const { name, size, exemplar } = cluster;
    return html`<li>
      <button @click=${() => this.fly(cluster)}>
        <ba-thumb .catalogue=${this.catalogue} .item=${exemplar} ?load=${this.store.shown.settled}></ba-thumb>
        <span class="name">${name || strings.cluster(index)}</span>
        <span class="quiet">${strings.number(size)}</span>
      </button>
    </li>`;
  }

  /** A group holds together on the first map, whose place and size are known; elsewhere its exemplar has to do. */
  private fly({ exemplar, centre: [x, y], radius }: ClusterEntry): void {
    const onFirst = this.store.shown.layout === this.catalogue.manifest.layouts[0].name;
    this.store.go(onFirst ? { kind: "part", x, y, radius } : { kind: "item", item: exemplar });
  }
}
