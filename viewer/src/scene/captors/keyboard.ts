import type { Intentions } from "./intentions";

/** CSS pixels an arrow key moves the map, and the factor a plus or minus zooms by. */
const STEP = 80;
const ZOOM = 1.5;

/** Arrows, plus and minus, 0, Enter and Escape, while the map has the focus. */
export function captureKeyboard(canvas: HTMLCanvasElement, intentions: Intentions): void {
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (act(event.key, canvas, intentions)) event.preventDefault();
  });
  canvas.addEventListener("focus", () => intentions.focus(canvas.matches(":focus-visible")));
  canvas.addEventListener("blur", () => intentions.focus(false));
}

function act(key: string, canvas: HTMLCanvasElement, intentions: Intentions): boolean {
  const middle = { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 };
  switch (key) {
    case "ArrowLeft": intentions.pan(STEP, 0); break;
    case "ArrowRight": intentions.pan(-STEP, 0); break;
    case "ArrowUp": intentions.pan(0, STEP); break;
    case "ArrowDown": intentions.pan(0, -STEP); break;
    case "+": case "=": intentions.zoom(ZOOM, middle, true); break;
    case "-": case "_": intentions.zoom(1 / ZOOM, middle, true); break;
    case "0": case "Home": intentions.home(); break;
    case "Enter": case " ": intentions.pickMiddle(); break;
    case "Escape": intentions.leave(); break;
    default: return false;
  }
  if (key !== "Escape") intentions.focus(true);
  return true;
}
