import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Catalogue, DuplicateGroup, Facts, Neighbour } from "../state/catalogue";
import type { Store } from "../state/store";
import { controls } from "./controls";
import "./facts";
import { icons } from "./icons";
import { nameOf } from "./naming";
import { strings } from "./strings";
import "./thumb";
import { Watch } from "./watch";

/** A picture is drawn at most this many times its own size. */
const ENLARGED = 1.6;

interface Known {
  readonly facts: Facts;
  readonly neighbours: readonly Neighbour[];
  readonly duplicates: readonly DuplicateGroup[];
}

/** One picture, large, with what is known of it and the pictures most like it. */
@customElement("ba-lightbox")
export class Lightbox extends LitElement {
  static override styles = [
    controls,
    css`
      dialog {
        width: 100vw;
        height: 100dvh;
        max-width: none;
        max-height: none;
        margin: 0;
        padding: 0;
        border: 0;
        color: inherit;
        background: var(--paper);
        font: 15px/1.45 var(--sans);
      }
      dialog[open] {
        display: grid;
        grid-template: minmax(0, 1fr) auto / minmax(0, 1fr) 340px;
      }
      dialog::backdrop {
        background: none;
      }
      figure {
        position: relative;
        margin: 0;
        padding: 40px 72px 28px;
        min-height: 0;
      }
      .stage {
        display: grid;
        place-items: center;
        height: 100%;
        container-type: size;
      }
      .mount {
        position: relative;
        width: min(100cqw, 100cqh * var(--ratio), var(--widest));
        aspect-ratio: var(--ratio);
      }
      .mount > * {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        box-shadow: var(--shade);
      }
      img {
        object-fit: contain;
      }
      figure > button {
        position: absolute;
        top: calc(50% - 18px);
      }
      .previous {
        left: 18px;
      }
      .next {
        right: 18px;
      }
      aside {
        grid-row: 1 / span 2;
        grid-column: 2;
        overflow-y: auto;
        padding: 24px 28px 24px 8px;
      }
      .close {
        position: fixed;
        top: 14px;
        right: 16px;
        z-index: 1;
      }
      nav {
        padding: 0 24px 20px;
        min-width: 0;
      }
      nav h2 {
        padding: 0 4px 8px;
      }
      nav ul {
        display: flex;
        gap: 8px;
        overflow-x: auto;
        padding: 4px;
        scrollbar-width: thin;
      }
      nav button {
        padding: 0;
        border-radius: 3px;
      }
      nav button:hover {
        background: none;
        filter: brightness(1.06);
      }
      nav ba-thumb {
        height: 78px;
        width: var(--wide);
      }
      nav span {
        display: block;
        padding-top: 3px;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
      @media (max-width: 760px) {
        dialog[open] {
          display: block;
          overflow-y: auto;
        }
        figure {
          padding: 64px 16px 20px;
          height: 62dvh;
        }
        figure > button {
          top: 14px;
        }
        .next {
          left: 58px;
          right: auto;
        }
        aside {
          padding: 8px 20px 32px;
          overflow: visible;
        }
        nav {
          padding: 0 16px 16px;
        }
      }
    `,
  ];

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) catalogue!: Catalogue;
  @state() private known: Known | null = null;
  /** Whether what is known of the picture could not be loaded. */
  @state() private lost = false;
  @state() private failed = false;
  private asked: number | null = null;

  override connectedCallback(): void {
    new Watch(this, ["picked", "open"]);
    super.connectedCallback();
  }

  protected override willUpdate(): void {
    const { picked, open } = this.store.shown;
    if (!open && this.lost) this.asked = null; // opened again, it is tried again
    if (!open || picked === null || picked === this.asked) return;
    this.asked = picked;
    this.known = null;
    this.failed = false;
    this.lost = false;
    void this.learn(picked)
      .then((known) => {
        if (this.asked === picked) this.known = known;
      })
      .catch(() => {
        if (this.asked === picked) this.lost = true;
      });
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog) return;
    const { open } = this.store.shown;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }

  protected override render() {
    const { picked } = this.store.shown;
    const name = this.known ? nameOf(this.known.facts, this.catalogue.manifest).name : "";
    return html`<dialog
      aria-label=${name}
      @close=${() => this.store.set({ open: false })}
      @keydown=${(event: KeyboardEvent) => this.turn(event)}
    >
      ${picked === null ? nothing : this.content(picked)}
    </dialog>`;
  }

  private content(item: number) {
    return html`<button class="round close" aria-label=${strings.close} @click=${() => this.store.set({ open: false })}>
        ${icons.close}
      </button>
      ${this.picture(item)} ${this.known ? this.strip(this.known.neighbours) : html`<nav></nav>`}
      <aside>
        ${this.known
          ? html`<ba-facts
              .facts=${this.known.facts}
              .manifest=${this.catalogue.manifest}
              .duplicates=${this.known.duplicates}
              @visit=${(event: CustomEvent<number>) => this.store.visit(event.detail)}
              .item=${item}
              .catalogue=${this.catalogue}
            ></ba-facts>`
          : this.lost
            ? html`<p role="alert">${strings.lost}</p>`
            : nothing}
      </aside>`;
  }

  private picture(item: number) {
    const facts = this.known?.facts;
    const ratio = facts ? facts.width / facts.height : this.catalogue.ratio(item);
    const widest = facts ? `${ENLARGED * facts.width}px` : "100cqw";
    return html`<figure>
      <div class="stage">
        <div class="mount" .style=${`--ratio: ${ratio}; --widest: ${widest}`}>
        <ba-thumb .catalogue=${this.catalogue} .item=${item} load></ba-thumb>
        ${facts?.picture && !this.failed
          ? html`<img
              src=${facts.picture}
              alt=${nameOf(facts, this.catalogue.manifest).name}
              @error=${() => (this.failed = true)}
            />`
          : nothing}
        </div>
      </div>
      <button class="round previous" aria-label=${strings.previous} @click=${() => this.step(-1)}>${icons.back}</button>
      <button class="round next" aria-label=${strings.next} @click=${() => this.step(1)}>${icons.forth}</button>
    </figure>`;
  }

  private strip(neighbours: readonly Neighbour[]) {
    return html`<nav aria-label=${strings.nearest}>
      <h2>${strings.nearest}</h2>
      <ul>
        ${neighbours.map(
          ({ item, similarity }) => html`<li>
            <button aria-label=${strings.openNeighbour(similarity)} @click=${() => this.store.visit(item)}>
              <ba-thumb
                .catalogue=${this.catalogue}
                .item=${item}
                .style=${`--wide: ${Math.round(78 * Math.min(2.2, Math.max(0.6, this.catalogue.ratio(item))))}px`}
                load
              ></ba-thumb>
              <span class="quiet">${strings.similarity(similarity)}</span>
            </button>
          </li>`,
        )}
      </ul>
    </nav>`;
  }

  private async learn(item: number): Promise<Known> {
    const [facts, neighbours, groups] = await Promise.all([
      this.catalogue.facts(item),
      this.catalogue.neighbours(item),
      this.catalogue.manifest.duplicates.groups > 0 ? this.catalogue.duplicates() : [],
    ]);
    return { facts, neighbours, duplicates: groups.filter(({ members }) => members.includes(item)) };
  }

  private turn(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.step(steps[event.key]);
  }

  /** The pictures have an order of their own: that of the site, in which those of one part stand together. */
  private step(by: number): void {
    const { picked } = this.store.shown;
    const { n } = this.catalogue.manifest;
    if (picked !== null) this.store.visit((picked + by + n) % n);
  }
}
