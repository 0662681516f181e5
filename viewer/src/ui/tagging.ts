import { css, html, LitElement } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Catalogue, Facts } from "../state/catalogue";
import { controls } from "./controls";
import { icons } from "./icons";
import { strings } from "./strings";
import { Tagged } from "./tagged";

/** The tags of one picture: to be read, added and removed. */
@customElement("ba-tagging")
export class Tagging extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        padding-top: 22px;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      ul:not(:empty) {
        padding-top: 8px;
      }
      li {
        display: flex;
        align-items: center;
        padding-left: 10px;
        border-radius: 99px;
        background: var(--hair);
        overflow-wrap: anywhere;
      }
      li button {
        display: grid;
        place-items: center;
        width: 28px;
        height: 28px;
        padding: 0;
        border-radius: 50%;
      }
      li svg {
        width: 10px;
        height: 10px;
        fill: none;
        stroke: currentColor;
        stroke-width: 2.4;
      }
      form {
        display: flex;
        gap: 6px;
        padding-top: 8px;
      }
      input {
        flex: 1;
        min-width: 0;
        padding: 6px 8px;
        border: 1px solid var(--hair);
        border-radius: 6px;
        font: inherit;
        color: inherit;
        background: var(--paper);
      }
      form button {
        padding: 6px 12px;
        background: var(--hair);
      }
      .unseen {
        position: fixed;
        clip-path: inset(50%);
      }
    `,
  ];

  @property({ attribute: false }) catalogue!: Catalogue;
  @property({ attribute: false }) facts!: Facts;
  @state() private told = "";

  override connectedCallback(): void {
    new Tagged(this);
    super.connectedCallback();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("facts")) this.told = "";
  }

  protected override render() {
    const { tags } = this.catalogue;
    const own = tags.of(this.facts.key);
    const known = new Set([...tags.counts().map(([word]) => word), ...this.facts.names.map(([word]) => word)]);
    return html`<h2>${strings.tags}</h2>
      <ul aria-label=${strings.tagsOf}>${own.map((word) => this.tag(word))}</ul>
      <form @submit=${(event: SubmitEvent) => this.add(event)}>
        <input aria-label=${strings.newTag} placeholder=${strings.newTag} list="known" autocomplete="off" maxlength="100" />
        <datalist id="known">
          ${[...known].filter((word) => !own.includes(word)).map((word) => html`<option value=${word}></option>`)}
        </datalist>
        <button>${strings.addTag}</button>
      </form>
      <p class="unseen" role="status">${this.told}</p>`;
  }

  private tag(word: string) {
    return html`<li>
      ${word}<button aria-label=${strings.removeTag(word)} @click=${() => this.take(word)}>${icons.close}</button>
    </li>`;
  }

  private add(event: SubmitEvent): void {
    event.preventDefault();
    const input = this.renderRoot.querySelector("input");
    if (!input) return;
    const { key, uri } = this.facts;
    const word = this.catalogue.tags.add(key, uri, input.value);
    input.value = "";
    if (word !== null) this.told = strings.tagAdded(word);
  }

  private take(word: string): void {
    this.catalogue.tags.remove(this.facts.key, word);
    this.told = strings.tagRemoved(word);
    this.renderRoot.querySelector("input")?.focus(); // the button that had the focus is gone
  }
}
