import { type Color, DataTexture, FloatType, NearestFilter, RGBAFormat, Vector2 } from "three";
import type { Point, Rect } from "../geometry";
import { Program } from "./program";
import fragmentShader from "./strokes.frag";
import vertexShader from "./strokes.vert";

const TEXELS = 3;
const CAPACITY = 512;

export interface Stroke {
  readonly from: Point;
  readonly to: Point;
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels by which both ends are drawn out, so that corners close. */
  readonly overhang: number;
  readonly colour: Color;
  readonly opacity: number;
}

/** Straight lines and outlines on top of everything. */
export class StrokesProgram extends Program {
  private readonly data: Float32Array;
  private readonly texture: DataTexture;

  constructor() {
    const data = new Float32Array(4 * TEXELS * CAPACITY);
    const texture = new DataTexture(data, TEXELS, CAPACITY, RGBAFormat, FloatType);
    texture.minFilter = NearestFilter;
    texture.magFilter = NearestFilter;
    super({
      vertexShader,
      fragmentShader,
      order: 2,
      uniforms: { strokes: { value: texture }, origin: { value: new Vector2() } },
    });
    this.data = data;
    this.texture = texture;
  }

  get bytes(): number {
    return this.data.byteLength;
  }

  write(strokes: readonly Stroke[], origin: Point): void {
    (this.uniforms["origin"].value as Vector2).set(origin.x, origin.y);
    const count = Math.min(CAPACITY, strokes.length);
    for (let k = 0; k < count; k++) {
      const { from, to, width, overhang, colour, opacity } = strokes[k];
      this.data.set(
        [
          from.x - origin.x, from.y - origin.y, to.x - origin.x, to.y - origin.y,
          width, overhang, 0, 0,
          colour.r, colour.g, colour.b, opacity,
        ],
        4 * TEXELS * k,
      );
    }
    this.texture.needsUpdate = true;
    this.count = 6 * count;
  }
}

/** The four strokes around a rectangle. */
export function outline(rect: Rect, width: number, colour: Color, opacity: number): Stroke[] {
  const { x, y } = rect;
  const right = x + rect.width;
  const bottom = y + rect.height;
  const corners = [{ x, y }, { x: right, y }, { x: right, y: bottom }, { x, y: bottom }];
  return corners.map((from, k) => ({
    from,
    to: corners[(k + 1) % 4],
    width,
    overhang: k % 2 === 0 ? width / 2 : -width / 2,
    colour,
    opacity,
  }));
}
