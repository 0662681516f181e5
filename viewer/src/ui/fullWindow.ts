import { css } from "lit";

/** A dialog that fills the window, as a page of its own. */
export const fullWindow = css`
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
  dialog::backdrop {
    background: none;
  }
`;
