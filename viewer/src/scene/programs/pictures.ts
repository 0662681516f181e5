import { Color, DataTexture, FloatType, NearestFilter, RGBAFormat, Vector2 } from "three";
import { fit } from "../../data/aspect";
import type { Badges } from "../badges";
import type { Framed } from "../frame";
import type { Point } from "../geometry";
import type { ItemTexture } from "../itemTexture";
import type { PageTexture } from "../pageTexture";
import { Program } from "./program";
import fragmentShader from "./pictures.frag";
import vertexShader from "./pictures.vert";

const TEXELS = 5;
const CAPACITY = 8192;

/** One thumbnail in a texture array: its page's layer and its slot on the page. */
export interface Slot {
  readonly layer: number;
  readonly index: number;
}

export interface DrawnPicture {
  readonly item: number;
  readonly aspect: number;
  readonly framed: Framed;
  readonly small: Slot;
  readonly large: Slot;
  /** How far each has faded in, 0…1. */
  readonly smallMix: number;
  readonly largeMix: number;
  readonly opacity: number;
}

/** Items as pictures, all in one call. */
export class PicturesProgram extends Program {
  private readonly data: Float32Array;
  private readonly texture: DataTexture;

  constructor(items: ItemTexture, small: PageTexture, large: PageTexture, badges: Badges) {
    const data = new Float32Array(4 * TEXELS * CAPACITY);
    const texture = new DataTexture(data, TEXELS, CAPACITY, RGBAFormat, FloatType);
    texture.minFilter = NearestFilter;
    texture.magFilter = NearestFilter;
    super({
      vertexShader,
      fragmentShader,
      order: 1,
      uniforms: {
        pictures: { value: texture },
        items: { value: items.texture },
        smallPages: { value: small.texture },
        largePages: { value: large.texture },
        badges: { value: badges.texture },
        origin: { value: new Vector2() },
        frameWidth: { value: 0 },
        palette: { value: Array.from({ length: 9 }, () => new Color()) },
      },
    });
    this.data = data;
    this.texture = texture;
  }

  get bytes(): number {
    return this.data.byteLength;
  }

  /** Frames pictures in their category's colour, so many CSS pixels wide; null for no frames. */
  colour(palette: readonly Color[] | null, width: number): void {
    this.uniforms["frameWidth"].value = palette ? width : 0;
    if (palette) this.uniforms["palette"].value = palette;
  }

  /** Writes the pictures to draw; rectangles are kept relative to `origin` for precision. */
  write(pictures: readonly DrawnPicture[], origin: Point): void {
    (this.uniforms["origin"].value as Vector2).set(origin.x, origin.y);
    const count = Math.min(CAPACITY, pictures.length);
    for (let k = 0; k < count; k++) {
      const { item, aspect, framed, small, large, smallMix, largeMix, opacity } = pictures[k];
      const { rect, seenWidth, seenHeight } = framed;
      this.data.set(
        [
          rect.x - origin.x, rect.y - origin.y, rect.width, rect.height,
          small.layer, small.index, ...fit(aspect, 32),
          large.layer, large.index, ...fit(aspect, 128),
          item, seenWidth, seenHeight, 0,
          smallMix, largeMix, opacity, 0,
        ],
        4 * TEXELS * k,
      );
    }
    this.texture.needsUpdate = true;
    this.count = 6 * count;
  }
}
