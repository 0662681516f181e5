import { svg, html, type TemplateResult } from "lit";

function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 18 18" aria-hidden="true">${svg`<path d=${path} />`}</svg>`;
}

export const icons = {
  plus: icon("M9 3v12M3 9h12"),
  minus: icon("M3 9h12"),
  whole: icon("M3 7V3h4M11 3h4v4M15 11v4h-4M7 15H3v-4"),
  close: icon("M4 4l10 10M14 4L4 14"),
  back: icon("M11 3L5 9l6 6"),
  forth: icon("M7 3l6 6-6 6"),
  panel: icon("M2.5 4h13M2.5 9h13M2.5 14h8"),
};
