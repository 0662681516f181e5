import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Catalogue } from "../state/catalogue";
import type { Shown, Store } from "../state/store";
import "./belief";
import "./clusters";
import { colourable } from "./colours";
import { controls } from "./controls";
import "./copies";
import { oddities } from "./flags";
import { icons } from "./icons";
import "./layouts";
import { strings } from "./strings";
import { Tagged } from "./tagged";
import "./tags";
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
        margin: 0 8px;
      }
      ba-colours {
        display: block;
        padding: 0 8px;
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
    new Tagged(this);
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
    const layout = this.catalogue.layout(shown.layout);
    const odd = oddities(manifest.columns);
    const { groups, look_alikes: pairs } = manifest.duplicates;
    return html`<p class="quiet about">
        ${strings.about(layout.kind, layout.title, this.catalogue.kept(layout))} ${strings.found(manifest.neighbours.recall)}
      </p>
      ${shown.filter
        ? html`<button class="clear" @click=${() => this.store.set({ filter: null })}>
            ${strings.clearFilter}
          </button>`
        : nothing}
      ${manifest.clusters.length > 0
        ? html`<section>
            <h2>${strings.clusters}</h2>
            ${manifest.structure === null ? nothing : html`<p class="quiet">${manifest.structure}</p>`}
            <ba-clusters .store=${this.store} .catalogue=${this.catalogue}></ba-clusters>
          </section>`
        : nothing}
      ${colourable(manifest.columns, shown.layout).length > 0
        ? html`<section>
            <h2>${strings.colourBy}</h2>
            <ba-colours .store=${this.store} .catalogue=${this.catalogue}></ba-colours>
          </section>`
        : nothing}
      ${manifest.layouts.length > 1
        ? html`<section>
            <h2>${strings.layouts}</h2>
            <ba-layouts .store=${this.store} .catalogue=${this.catalogue}></ba-layouts>
          </section>`
        : nothing}
      ${layout.sentences.length > 0
        ? html`<section>
            <ba-belief .store=${this.store} .catalogue=${this.catalogue}></ba-belief>
          </section>`
        : nothing}
      <section>
        <h2>${strings.showAs}</h2>
        ${this.segments(Object.entries(strings.modes), shown.mode, (mode) => ({
          mode: mode as Shown["mode"],
        }))}
      </section>
      ${groups + pairs > 0
        ? html`<section>
            <h2>${strings.duplicates}</h2>
            <ba-copies .store=${this.store} .catalogue=${this.catalogue}></ba-copies>
          </section>`
        : nothing}
      ${odd.length > 0
        ? html`<section>
            <h2>${strings.oddities}</h2>
            <ba-flags .store=${this.store} .columns=${odd} name=${strings.oddities}></ba-flags>
          </section>`
        : nothing}
      ${this.catalogue.tags.counts().length > 0
        ? html`<section>
            <h2>${strings.tags}</h2>
            <ba-tags .store=${this.store} .catalogue=${this.catalogue}></ba-tags>
          </section>`
        : nothing}
      ${manifest.problems > 0
        ? html`<section>
            <p class="quiet">${strings.problems(manifest.problems)}</p>
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
}
