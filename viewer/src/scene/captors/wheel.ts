import type { Intentions } from "./intentions";

/** Natural logarithm of the zoom for one CSS pixel of wheel; a pinch sends far smaller steps. */
const WHEEL = 0.0022;
const PINCH = 0.012;
/** CSS pixels of a line and of a page, for browsers that count in those. */
const LINE = 18;
const PAGE = 400;
const LARGEST_STEP = 240;

/** Mouse wheel and touchpad: both zoom to the cursor; the browser marks a pinch with the control key. */
export function captureWheel(canvas: HTMLCanvasElement, intentions: Intentions): void {
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE : PAGE;
      const pixels = Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, event.deltaY * unit));
      const at = { x: event.offsetX, y: event.offsetY };
      intentions.zoom(Math.exp(-pixels * (event.ctrlKey ? PINCH : WHEEL)), at, !event.ctrlKey);
    },
    { passive: false },
  );
}
