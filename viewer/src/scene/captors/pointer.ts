import type { Point } from "../geometry";
import type { Intentions } from "./intentions";

/** CSS pixels a press may wander and still be a click. */
const CLICK = 6;
/** Milliseconds over which the speed of a release is measured. */
const SAMPLE = 60;
/** Milliseconds a click waits for a second one. */
const PATIENCE = 200;
const DOUBLE_CLICK_ZOOM = 2;

/** Mouse, pen and fingers: drag, pinch, click, double-click, hover. */
export function capturePointer(canvas: HTMLCanvasElement, intentions: Intentions): void {
  const down = new Map<number, Point>();
  let travelled = 0;
  let click = 0;
  let trail: { at: Point; time: number }[] = [];

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (down.size === 0) travelled = 0;
    down.set(event.pointerId, place(event));
    trail = [];
    canvas.setPointerCapture(event.pointerId);
  });

  canvas.addEventListener("pointermove", (event) => {
    const now = place(event);
    const before = down.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") intentions.hover(now);
      return;
    }
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (down.size === 2) pinch(event.pointerId, before, now);
    else if (travelled > CLICK) {
      intentions.hover(null);
      intentions.pan(now.x - before.x, now.y - before.y);
      trail.push({ at: now, time: event.timeStamp });
    }
    down.set(event.pointerId, now);
  });

  function pinch(moved: number, before: Point, now: Point): void {
    const other = [...down].find(([id]) => id !== moved)?.[1];
    if (!other) return;
    travelled = Infinity;
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    intentions.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    intentions.zoom(distance(now, other) / Math.max(1, distance(before, other)), middle, false);
  }

  function release(event: PointerEvent): void {
    if (!down.delete(event.pointerId) || down.size > 0) return;
    if (event.type === "pointerup" && travelled <= CLICK) {
      const at = place(event);
      clearTimeout(click);
      click = window.setTimeout(() => intentions.pick(at), PATIENCE);
    }
    const recent = trail.filter(({ time }) => event.timeStamp - time < SAMPLE);
    if (recent.length < 2) return;
    const [first] = recent;
    const last = recent[recent.length - 1];
    const ms = Math.max(1, last.time - first.time);
    intentions.glide({ x: (last.at.x - first.at.x) / ms, y: (last.at.y - first.at.y) / ms });
  }
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => intentions.hover(null));
  canvas.addEventListener("dblclick", (event) => {
    clearTimeout(click);
    intentions.zoom(event.shiftKey ? 1 / DOUBLE_CLICK_ZOOM : DOUBLE_CLICK_ZOOM, place(event), true);
  });
}

function place(event: MouseEvent): Point {
  return { x: event.offsetX, y: event.offsetY };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
