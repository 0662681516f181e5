import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Catalogue, Facts } from "../state/catalogue";
import type { Store } from "../state/store";
import { controls } from "./controls";
import "./facts";
import { fullWindow } from "./fullWindow";
import { icons } from "./icons";
import { nameOf } from "./naming";
import "./strip";
import "./tagging";
import type { StripEntry } from "./strip";
import { strings } from "./strings";
import "./thumb";
import { Watch } from "./watch";

/** A picture is drawn at most this many times its own size. */
const ENLARGED = 1.6;

interface Known {
  readonly facts: Facts;
  /** The other copies of the picture. */
  readonly copies: readonly StripEntry[];
  /** The pictures most like it that are none of its copies. */
  readonly alike: readonly StripEntry[];
}

/** One picture, large, with what is known of it and the pictures most like it. */
@customElement("ba-lightbox")
export class Lightbox extends LitElement {
  static override styles = [
    controls,
    fullWindow,
    css`
      dialog[open] {
        display: grid;
        grid-template: minmax(0, 1fr) auto / minmax(0, 1fr) 340px;
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
      .strips {
        display: flex;
        gap: 28px;
        padding: 0 24px 20px;
        min-width: 0;
      }
      .copies {
        flex: none;
        max-width: 45%;
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
        .strips {
          display: block;
          padding: 0 16px 16px;
        }
        .copies {
          max-width: none;
          padding-bottom: 12px;
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
      @keydown=${(event: KeyboardEvent) => this.press(event)}
    >
      ${picked === null ? nothing : this.content(picked)}
    </dialog>`;
  }

  private content(item: number) {
    return html`<button class="round close" aria-label=${strings.close} @click=${() => this.store.set({ open: false })}>
        ${icons.close}
      </button>
      ${this.picture(item)}
      <div class="strips" @visit=${(event: CustomEvent<number>) => this.store.visit(event.detail)}>
        ${this.known ? this.strips(this.known) : nothing}
      </div>
      <aside>
        ${this.known
          ? html`<ba-facts .facts=${this.known.facts} .manifest=${this.catalogue.manifest}></ba-facts>
              <ba-tagging .catalogue=${this.catalogue} .facts=${this.known.facts}></ba-tagging>`
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

  private strips({ copies, alike }: Known) {
    return html`${copies.length > 0
        ? html`<ba-strip
            class="copies"
            .catalogue=${this.catalogue}
            .heading=${strings.samePicture}
            .entries=${copies}
          ></ba-strip>`
        : nothing}
      <ba-strip .catalogue=${this.catalogue} .heading=${strings.nearest} .entries=${alike}></ba-strip>`;
  }

  private async learn(item: number): Promise<Known> {
    const { catalogue } = this;
    const [facts, neighbours, duplicates] = await Promise.all([
      catalogue.facts(item),
      catalogue.neighbours(item),
      catalogue.manifest.duplicates.groups > 0 ? catalogue.duplicates() : null,
    ]);
    const group = duplicates?.groupOf(item);
    const copies = (group?.members ?? []).map((copy, k) => {
      const how = strings.copy(k, group?.edits[k] ?? "");
      return { item: copy, caption: how, label: strings.openCopy(how) };
    });
    return {
      facts,
      copies: copies.filter((copy) => copy.item !== item),
      alike: neighbours
        .filter((neighbour) => !group?.members.includes(neighbour.item))
        .map(({ item, similarity }) => ({
          item,
          caption: strings.similarity(similarity),
          label: strings.openNeighbour(similarity),
        })),
    };
  }

  private press(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    const writing = event.composedPath()[0] instanceof HTMLInputElement;
    const leaving = event.key === "Escape";
    if (!leaving && (writing || !(event.key in steps))) return;
    event.preventDefault();
    // Before the first click Chromium itself would close the sheet below as well.
    if (leaving) this.store.set({ open: false });
    else this.step(steps[event.key]);
  }

  /** The pictures have an order of their own: that of the site, in which those of one part stand together. */
  private step(by: number): void {
    const { picked } = this.store.shown;
    const { n } = this.catalogue.manifest;
    if (picked !== null) this.store.visit((picked + by + n) % n);
  }
}
