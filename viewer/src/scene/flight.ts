import type { CameraState } from "./camera";

/** A way from one view to another; `at(t)` for t in 0…1. */
export interface Flight {
  /** Milliseconds. */
  readonly duration: number;
  at(t: number): CameraState;
}

const RHO = Math.SQRT2;
const MS_PER_STEP = 420;

/**
 * The smooth and efficient path of van Wijk & Nuij (2003, section 3): it zooms out as far as the
 * distance asks for, so that the traveller sees where the journey goes.
 */
export function flight(from: CameraState, to: CameraState, width: number): Flight {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const distance = Math.hypot(dx, dy);
  const w0 = width / from.scale;
  const w1 = width / to.scale;
  const { length, at } =
    distance < 1e-6 * w0 ? straight(w0, w1) : arc(w0, w1, distance);
  return {
    duration: Math.min(1600, Math.max(250, MS_PER_STEP * length)),
    at(t) {
      if (t >= 1) return to;
      const { share, w } = at(ease(t) * length);
      return { x: from.x + dx * share, y: from.y + dy * share, scale: width / w };
    },
  };
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}

function straight(w0: number, w1: number) {
  const length = Math.abs(Math.log(w1 / w0)) / RHO;
  return {
    length,
    at: (s: number) => ({ share: length === 0 ? 1 : s / length, w: w0 * Math.exp(Math.sign(w1 - w0) * RHO * s) }),
  };
}

function arc(w0: number, w1: number, distance: number) {
  const b = (w: number, sign: 1 | -1) =>
    (w1 * w1 - w0 * w0 + sign * RHO ** 4 * distance ** 2) / (2 * w * RHO ** 2 * distance);
  const r = (value: number) => Math.log(Math.sqrt(value * value + 1) - value);
  const r0 = r(b(w0, 1));
  const r1 = r(b(w1, -1));
  const length = (r1 - r0) / RHO;
  return {
    length,
    at(s: number) {
      const u =
        (w0 / RHO ** 2) * (Math.cosh(r0) * Math.tanh(RHO * s + r0) - Math.sinh(r0));
      return { share: u / distance, w: (w0 * Math.cosh(r0)) / Math.cosh(RHO * s + r0) };
    },
  };
}
