import type { Point, Rect } from "./geometry";

/** A convex polygon, counter-clockwise as seen with y downwards. */
export type Hull = readonly Point[];

/**
 * Convex hull of the first `n` positions (units 0…65535), but those marked as absent: per column only the highest and the lowest
 * can be corners, so one pass and Andrew's monotone chain (1979) over at most 2 × 65,536 points do.
 */
export function convexHull(x: Uint16Array, y: Uint16Array, n: number, absent: Uint8Array | null = null): Hull {
  const low = new Int32Array(65536).fill(-1);
  const high = new Int32Array(65536).fill(-1);
  for (let i = 0; i < n; i++) {
    if (absent?.[i] === 1) continue;
    const column = x[i];
    if (low[column] === -1 || y[i] < low[column]) low[column] = y[i];
    if (y[i] > high[column]) high[column] = y[i];
  }
  const upper: Point[] = [];
  const lower: Point[] = [];
  for (let column = 0; column < 65536; column++) {
    if (high[column] === -1) continue;
    extend(lower, { x: column, y: low[column] }, 1);
    extend(upper, { x: column, y: high[column] }, -1);
  }
  return [...lower, ...upper.reverse()];
}

function extend(chain: Point[], point: Point, turn: 1 | -1): void {
  while (chain.length >= 2) {
    const a = chain[chain.length - 2];
    const b = chain[chain.length - 1];
    if (turn * ((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)) > 0) break;
    chain.pop();
  }
  chain.push(point);
}

export function area(polygon: Hull): number {
  let twice = 0;
  polygon.forEach((a, i) => {
    const b = polygon[(i + 1) % polygon.length];
    twice += a.x * b.y - b.x * a.y;
  });
  return Math.abs(twice) / 2;
}

/** The part of a convex polygon inside a rectangle (Sutherland & Hodgman 1974). */
export function clip(polygon: Hull, rect: Rect): Hull {
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  let kept = cut(polygon, (p) => p.x - rect.x);
  kept = cut(kept, (p) => right - p.x);
  kept = cut(kept, (p) => p.y - rect.y);
  return cut(kept, (p) => bottom - p.y);
}

/** Keeps the part of a polygon where `inside` is not negative. */
function cut(polygon: Hull, inside: (p: Point) => number): Hull {
  return polygon.flatMap((a, i) => {
    const b = polygon[(i + 1) % polygon.length];
    const from = inside(a);
    const to = inside(b);
    const kept = from >= 0 ? [a] : [];
    if (from >= 0 === to >= 0) return kept;
    const t = from / (from - to);
    return [...kept, { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) }];
  });
}

/** Area of the part of a rectangle that lies in the hull. */
export function overlap(hull: Hull, rect: Rect): number {
  const { x, y, width, height } = rect;
  const whole = holds(hull, x, y) && holds(hull, x + width, y)
    && holds(hull, x, y + height) && holds(hull, x + width, y + height);
  return whole ? width * height : area(clip(hull, rect));
}

/** Whether a point lies in the hull; most cells do with all corners, and need no clipping. */
function holds(hull: Hull, x: number, y: number): boolean {
  return hull.every((a, i) => {
    const b = hull[i + 1 < hull.length ? i + 1 : 0];
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) >= 0;
  });
}
