import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue } from "../state/catalogue";
import type { Shown, Store } from "../state/store";
import "./clusters";
import "./colours";
import { controls } from "./controls";
import { icons } from "./icons";
import { strings } from "./strings";
import { Watch } from "./watch";

/** What the map shows, and the means to change it; folds away to its title. */
@customElement("ba-panel")
export class Panel extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        background: var(--sheet);
        border-radius: 14px;
        box-shadow: var(--shade);
        overflow: hidden;
      }
      header {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 2px 12px;
        align-items: start;
        padding: 16px 12px 14px 20px;
      }
      header p {
        grid-column: 1;
      }
      header button {
        grid-row: 1 / span 2;
        grid-column: 2;
      }
      .body {
        overflow-y: auto;
        overscroll-behavior: contain;
        padding: 0 12px 16px;
        scrollbar-width: thin;
      }
      section {
        padding: 14px 0 0;
      }
      h2,
      section > p {
        padding: 0 8px 6px;
      }
      .about {
        padding: 0 8px;
      }
      .segments {
        display: flex;
        gap: 4px;
        margin: 0 8px;
        padding: 3px;
        border-radius: 9px;
        background: var(--hair);
      }
      .segments button {
        flex: 1;
        padding: 5px 8px;
      }
      .segments button[aria-pressed="true"] {
        background: var(--paper);
        box-shadow: 0 1px 2px #0002;
      }
      ba-colours {
        display: block;
        padding: 0 8px;
      }
      .line {
        display: block;
        width: 100%;
        padding: 5px 8px;
        text-align: left;
      }
      .line[aria-pressed="true"] {
        background: var(--hair);
        font-weight: 600;
      }
      .clear {
        display: flex;
        align-items: center;
        gap: 6px;
        margin: 8px 8px 0;
        padding: 6px 12px;
        border-radius: 99px;
        color: var(--paper);
        background: var(--accent);
      }
      .clear:hover {
        background: var(--accent);
        filter: brightness(1.08);
      }
    `,
  ];

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) catalogue!: Catalogue;

  override connectedCallback(): void {
    new Watch(this, ["panel", "layout", "mode", "filter"]);
    super.connectedCallback();
  }

  protected override render() {
    const { title, n } = this.catalogue.manifest;
    const { panel } = this.store.shown;
    return html`<header>
        <h1>${title}</h1>
        <button
          class="round"
          aria-expanded=${panel ? "true" : "false"}
          aria-controls="body"
          aria-label=${panel ? strings.closePanel : strings.openPanel}
          @click=${() => this.store.set({ panel: !panel })}
        >
          ${panel ? icons.close : icons.panel}
        </button>
        <p class="quiet">${strings.pictures(n)}</p>
      </header>
      ${panel ? html`<div class="body" id="body">${this.body()}</div>` : nothing}`;
  }

  private body() {
    const { manifest } = this.catalogue;
    const { shown } = this.store;
    const layout = manifest.layouts.find(({ name }) => name === shown.layout) ?? manifest.layouts[0];
    const { items } = manifest.duplicates;
    const categories = manifest.columns.some(({ kind }) => kind === "category");
    return html`<p class="quiet about">
        ${strings.about(layout.title, layout.quality["kept"])}
      </p>
      ${shown.filter
        ? html`<button class="clear" @click=${() => this.store.set({ filter: null })}>
            ${strings.clearFilter}
          </button>`
        : nothing}
      ${manifest.clusters.length > 0
        ? html`<section>
            <h2>${strings.clusters}</h2>
            <ba-clusters .store=${this.store} .catalogue=${this.catalogue}></ba-clusters>
          </section>`
        : nothing}
      ${categories
        ? html`<section>
            <h2>${strings.colourBy}</h2>
            <ba-colours .store=${this.store} .catalogue=${this.catalogue}></ba-colours>
          </section>`
        : nothing}
      ${manifest.layouts.length > 1
        ? html`<section>
            <h2>${strings.layouts}</h2>
            ${this.segments(
              manifest.layouts.map(({ name, title }) => [name, title]),
              shown.layout,
              (name) => ({ layout: name }),
            )}
          </section>`
        : nothing}
      <section>
        <h2>${strings.showAs}</h2>
        ${this.segments(Object.entries(strings.modes), shown.mode, (mode) => ({
          mode: mode as Shown["mode"],
        }))}
      </section>
      ${items > 0 || manifest.problems > 0
        ? html`<section>
            ${items > 0 ? this.duplicates(items) : nothing}
            ${manifest.problems > 0 ? html`<p class="quiet">${strings.problems(manifest.problems)}</p>` : nothing}
          </section>`
        : nothing}`;
  }

  private segments(
    choices: readonly (readonly [value: string, label: string])[],
    current: string,
    patch: (value: string) => Partial<Shown>,
  ) {
    return html`<div class="segments" role="group">
      ${choices.map(
        ([value, label]) =>
          html`<button
            aria-pressed=${value === current ? "true" : "false"}
            @click=${() => this.store.set(patch(value))}
          >
            ${label}
          </button>`,
      )}
    </div>`;
  }

  private duplicates(items: number) {
    const on = this.store.shown.filter?.kind === "duplicates";
    return html`<button
      class="line"
      aria-pressed=${on ? "true" : "false"}
      @click=${() => this.store.set({ filter: on ? null : { kind: "duplicates" } })}
    >
      ${strings.duplicates(items)}
    </button>`;
  }
}
