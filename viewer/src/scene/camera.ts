import type { Point, Rect } from "./geometry";
import { flight, type Flight } from "./flight";

/** What the window shows: the world point (units) in its middle, and CSS pixels per unit. */
export interface CameraState {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface CameraLimits {
  readonly minScale: number;
  readonly maxScale: number;
  /** The middle of the window stays inside. */
  readonly bounds: Rect;
}

/** Time constants, milliseconds. */
const ZOOM_EASE = 70;
const INERTIA = 160;
const RESTING_SPEED = 0.01;

/**
 * Pan and zoom as a plain state object; it knows neither the mouse nor the GPU. Moves are set off by
 * the methods and carried out by `advance`, so that the caller owns the clock.
 */
export class Camera extends EventTarget {
  state: CameraState = { x: 0, y: 0, scale: 1 };
  width = 1;
  height = 1;
  limits: CameraLimits = {
    minScale: 0,
    maxScale: Infinity,
    bounds: { x: -1e9, y: -1e9, width: 2e9, height: 2e9 },
  };
  /** Without motion every move ends at once (`prefers-reduced-motion`). */
  motion = true;

  private zooming: { scale: number; px: number; py: number } | null = null;
  private speed: Point = { x: 0, y: 0 };
  private flying: { path: Flight; elapsed: number } | null = null;

  resize(width: number, height: number): void {
    this.width = width;
    this.height = height;
    this.apply(this.state);
  }

  toWorld(px: number, py: number): Point {
    return {
      x: this.state.x + (px - this.width / 2) / this.state.scale,
      y: this.state.y + (py - this.height / 2) / this.state.scale,
    };
  }

  toScreen(x: number, y: number): Point {
    return {
      x: (x - this.state.x) * this.state.scale + this.width / 2,
      y: (y - this.state.y) * this.state.scale + this.height / 2,
    };
  }

  /** The part of the world in the window. */
  view(): Rect {
    const { x, y, scale } = this.state;
    const width = this.width / scale;
    const height = this.height / scale;
    return { x: x - width / 2, y: y - height / 2, width, height };
  }

  /** Jumps; ends every move. */
  set(state: CameraState): void {
    this.halt();
    this.apply(state);
  }

  halt(): void {
    this.zooming = null;
    this.flying = null;
    this.speed = { x: 0, y: 0 };
  }

  /** Moves the world by CSS pixels, at once. */
  panBy(dx: number, dy: number): void {
    this.halt();
    this.apply({
      x: this.state.x - dx / this.state.scale,
      y: this.state.y - dy / this.state.scale,
      scale: this.state.scale,
    });
  }

  /** Lets the world glide on, CSS pixels a millisecond. */
  glide(speed: Point): void {
    if (this.motion && Math.hypot(speed.x, speed.y) > 0.1) this.speed = speed;
  }

  /** Zooms at once, keeping the world point under a pixel where it is. */
  zoomAt(factor: number, px: number, py: number): void {
    const fixed = this.toWorld(px, py);
    const scale = this.allowed(this.state.scale * factor);
    this.apply({
      x: fixed.x - (px - this.width / 2) / scale,
      y: fixed.y - (py - this.height / 2) / scale,
      scale,
    });
  }

  /** Zooms softly to the cursor; further calls add up. */
  zoomBy(factor: number, px: number, py: number): void {
    const from = this.zooming?.scale ?? this.state.scale;
    this.halt();
    this.zooming = { scale: this.allowed(from * factor), px, py };
    if (!this.motion) this.advance(Infinity);
    else this.dispatchEvent(new Event("move"));
  }

  flyTo(target: CameraState): void {
    this.halt();
    const scale = this.allowed(target.scale);
    this.flying = { path: flight(this.state, { ...target, scale }, this.width), elapsed: 0 };
    if (!this.motion) this.advance(Infinity);
    else this.dispatchEvent(new Event("move"));
  }

  /** Carries moves on by some milliseconds; returns whether any goes on. */
  advance(ms: number): boolean {
    if (this.flying) {
      this.flying.elapsed += ms;
      const { path, elapsed } = this.flying;
      this.apply(path.at(Math.min(1, elapsed / path.duration)));
      if (elapsed >= path.duration) this.flying = null;
    } else if (this.zooming) {
      const { scale, px, py } = this.zooming;
      const gap = Math.log(scale / this.state.scale);
      const step = Math.abs(gap) < 1e-3 ? gap : gap * (1 - Math.exp(-ms / ZOOM_EASE));
      this.zoomAt(Math.exp(step), px, py);
      if (step === gap) this.zooming = null;
    } else if (this.speed.x !== 0 || this.speed.y !== 0) {
      const { x, y } = this.speed;
      this.apply({
        x: this.state.x - (x * ms) / this.state.scale,
        y: this.state.y - (y * ms) / this.state.scale,
        scale: this.state.scale,
      });
      const rest = Math.exp(-ms / INERTIA);
      this.speed = Math.hypot(x, y) * rest < RESTING_SPEED ? { x: 0, y: 0 } : { x: x * rest, y: y * rest };
    }
    return this.moving;
  }

  get moving(): boolean {
    return this.flying !== null || this.zooming !== null || this.speed.x !== 0 || this.speed.y !== 0;
  }

  private allowed(scale: number): number {
    return Math.min(this.limits.maxScale, Math.max(this.limits.minScale, scale));
  }

  private apply(state: CameraState): void {
    const { bounds } = this.limits;
    this.state = {
      x: Math.min(bounds.x + bounds.width, Math.max(bounds.x, state.x)),
      y: Math.min(bounds.y + bounds.height, Math.max(bounds.y, state.y)),
      scale: this.allowed(state.scale),
    };
    this.dispatchEvent(new Event("move"));
  }
}
