import type { Backdrop } from "../data/backdrop";
import type { Camera } from "./camera";
import { touches, type Rect } from "./geometry";
import type { Look } from "./look";

/** CSS pixels: the heights between which texts are drawn, and those between which they fade out. */
const SMALLEST = 11;
const LARGEST = 30;
const GONE = 4;
const FULL = 6;
const LINE = 1;
const EDGE = 3;

/**
 * What lies under the pictures: lines and texts, on a canvas of its own below the map's, so that they cost
 * no draw call there.
 */
export class Ground {
  private readonly context: CanvasRenderingContext2D | null;
  private path = new Path2D();
  private texts: Backdrop["texts"] = [];
  private empty = true;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext("2d");
  }

  show(backdrop: Backdrop | null): void {
    this.path = new Path2D();
    for (const line of backdrop?.lines ?? []) {
      this.path.moveTo(line[0], line[1]);
      for (let k = 2; k < line.length; k += 2) this.path.lineTo(line[k], line[k + 1]);
    }
    // Where two are in each other's way, the larger is read.
    this.texts = [...(backdrop?.texts ?? [])].sort(([, , , a], [, , , b]) => b - a);
    this.empty = backdrop === null;
  }

  draw(camera: Camera, look: Look): void {
    const { canvas, context } = this;
    if (!context) return;
    const pixelRatio = Math.min(2, window.devicePixelRatio);
    const [width, height] = [Math.round(camera.width * pixelRatio), Math.round(camera.height * pixelRatio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    if (this.empty) return;
    const { scale } = camera.state;
    const corner = camera.toScreen(0, 0);
    context.setTransform(pixelRatio * scale, 0, 0, pixelRatio * scale, pixelRatio * corner.x, pixelRatio * corner.y);
    context.lineWidth = LINE / scale;
    context.strokeStyle = look.line;
    context.stroke(this.path);
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    this.write(context, camera, look);
  }

  private write(context: CanvasRenderingContext2D, camera: Camera, look: Look): void {
    const pane = { x: 0, y: 0, width: camera.width, height: camera.height };
    const written: Rect[] = [];
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = look.paper;
    context.fillStyle = look.ink;
    for (const [text, x, y, units] of this.texts) {
      const wanted = units * camera.state.scale;
      if (wanted <= GONE) break;
      const size = Math.min(LARGEST, Math.max(SMALLEST, wanted));
      const at = { ...camera.toScreen(x, y) };
      context.font = `600 ${size}px system-ui, sans-serif`;
      const wide = context.measureText(text).width;
      // Drawn larger than it is wanted, a text at the edge must not be cut off.
      if (touches({ ...at, width: 1, height: 1 }, pane)) {
        at.x = Math.max(wide / 2 + EDGE, Math.min(pane.width - wide / 2 - EDGE, at.x));
      }
      const place = { x: at.x - wide / 2, y: at.y - size / 2, width: wide, height: size };
      if (!touches(place, pane) || written.some((other) => touches(other, place))) continue;
      written.push(place);
      context.globalAlpha = Math.min(1, (wanted - GONE) / (FULL - GONE));
      context.strokeText(text, at.x, at.y);
      context.fillText(text, at.x, at.y);
    }
    context.globalAlpha = 1;
  }
}
