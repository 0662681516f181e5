import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Catalogue, Duplicates } from "../state/catalogue";
import type { Sheet, Store } from "../state/store";
import "./comparison";
import { controls } from "./controls";
import { fullWindow } from "./fullWindow";
import { icons } from "./icons";
import { strings } from "./strings";
import { Watch } from "./watch";

/** The duplicates laid out side by side, and apart from them the look-alikes. */
@customElement("ba-duplicates")
export class DuplicatesSheet extends LitElement {
  static override styles = [
    controls,
    fullWindow,
    css`
      dialog[open] {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 28px;
        align-items: center;
        padding: 14px 68px 12px 28px;
        border-bottom: 1px solid var(--hair);
      }
      [role="tab"] {
        white-space: nowrap;
      }
      .close {
        position: fixed;
        top: 14px;
        right: 16px;
      }
      [role="tabpanel"] {
        overflow-y: auto;
        padding: 16px 28px 32px;
        scrollbar-width: thin;
      }
      @media (max-width: 760px) {
        header {
          padding-left: 16px;
        }
        [role="tabpanel"] {
          padding: 12px 12px 32px;
        }
      }
    `,
  ];

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) catalogue!: Catalogue;
  @state() private duplicates: Duplicates | null = null;
  /** Whether the duplicates could not be loaded. */
  @state() private lost = false;

  override connectedCallback(): void {
    new Watch(this, ["sheet"]);
    super.connectedCallback();
  }

  protected override willUpdate(): void {
    if (this.store.shown.sheet === null) this.lost = false; // opened again, it is tried again
    else if (!this.duplicates && !this.lost) {
      void this.catalogue
        .duplicates()
        .then((duplicates) => (this.duplicates = duplicates))
        .catch(() => (this.lost = true));
    }
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog) return;
    const open = this.store.shown.sheet !== null;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }

  protected override render() {
    const { sheet } = this.store.shown;
    return html`<dialog aria-label=${sheet === null ? nothing : strings.sheets[sheet]} @close=${() => this.store.set({ sheet: null })}>
      ${sheet === null ? nothing : this.content(sheet)}
    </dialog>`;
  }

  private content(sheet: Sheet) {
    const { groups, look_alikes: pairs } = this.catalogue.manifest.duplicates;
    return html`<header>
        <h1>${strings.sheets[sheet]}</h1>
        <div class="segments" role="tablist" @keydown=${(event: KeyboardEvent) => this.switch(event)}>
          ${groups > 0 ? this.tab("duplicates", strings.groups(groups), sheet) : nothing}
          ${pairs > 0 ? this.tab("look-alikes", strings.pairsOf(pairs), sheet) : nothing}
        </div>
        <p class="quiet">${sheet === "duplicates" ? strings.duplicatesAre : strings.lookAlikesAre}</p>
        <button class="round close" aria-label=${strings.close} @click=${() => this.store.set({ sheet: null })}>
          ${icons.close}
        </button>
      </header>
      <div
        role="tabpanel"
        id="shown"
        aria-labelledby=${sheet}
        @visit=${(event: CustomEvent<number>) => this.store.visit(event.detail)}
      >
        ${this.list(sheet)}
      </div>`;
  }

  private list(sheet: Sheet) {
    if (this.lost) return html`<p role="alert">${strings.lostDuplicates}</p>`;
    if (!this.duplicates) return nothing;
    const { groups, lookAlikes } = this.duplicates;
    return sheet === "duplicates"
      ? html`<ba-comparison
          .catalogue=${this.catalogue}
          .rows=${groups.map(({ kind, members, edits }) => ({
            heading: strings.group(kind, members.length),
            items: members,
            best: 0,
            notes: members.map((_, k) => strings.copy(k, edits[k])),
          }))}
        ></ba-comparison>`
      : html`<ba-comparison
          .catalogue=${this.catalogue}
          .rows=${lookAlikes.map(({ pair, similarity }) => ({
            heading: strings.alike(similarity),
            items: pair,
            best: null,
            notes: [],
          }))}
        ></ba-comparison>`;
  }

  private tab(sheet: Sheet, words: string, current: Sheet) {
    const on = sheet === current;
    return html`<button
      role="tab"
      id=${sheet}
      aria-selected=${on ? "true" : "false"}
      aria-controls="shown"
      tabindex=${on ? 0 : -1}
      ?autofocus=${on}
      @click=${() => this.store.set({ sheet })}
    >
      ${words}
    </button>`;
  }

  /** With the arrows to the other tab. */
  private switch(event: KeyboardEvent): void {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const sheet = this.store.shown.sheet === "duplicates" ? "look-alikes" : "duplicates";
    const tab = this.renderRoot.querySelector<HTMLElement>(`#${sheet}`);
    if (!tab) return;
    tab.focus();
    this.store.set({ sheet });
  }
}
