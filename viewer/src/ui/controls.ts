import { css } from "lit";

/** The look that buttons and headings share. */
export const controls = css`
  * {
    box-sizing: border-box;
  }
  h1,
  h2,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  h1 {
    font: 500 24px/1.15 var(--serif);
    letter-spacing: -0.005em;
    overflow-wrap: anywhere;
  }
  h2 {
    font: 600 11px/1.4 var(--sans);
    letter-spacing: 0.09em;
    text-transform: uppercase;
    color: var(--soft);
  }
  ul {
    list-style: none;
  }
  button,
  select {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    border-radius: 6px;
    cursor: pointer;
  }
  button:hover {
    background: var(--hair);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .round {
    display: grid;
    place-items: center;
    width: 36px;
    height: 36px;
    padding: 0;
    border-radius: 50%;
  }
  .round svg {
    width: 18px;
    height: 18px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .segments {
    display: flex;
    gap: 4px;
    padding: 3px;
    border-radius: 9px;
    background: var(--hair);
  }
  .segments button {
    flex: 1;
    padding: 5px 8px;
  }
  .segments button:is([aria-pressed="true"], [aria-selected="true"]) {
    background: var(--paper);
    box-shadow: 0 1px 2px #0002;
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
  .quiet {
    color: var(--soft);
    font-size: 13px;
  }
`;
