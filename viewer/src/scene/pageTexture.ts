import {
  DataArrayTexture,
  LinearFilter,
  RGBAFormat,
  Texture,
  UnsignedByteType,
  Vector3,
  type WebGLRenderer,
} from "three";
import { LeastRecent } from "./leastRecent";

/** Pages on the GPU: a texture array whose layers go to the pages used last. */
export class PageTexture {
  readonly texture: DataArrayTexture;
  private readonly layers: LeastRecent;

  constructor(
    readonly side: number,
    readonly capacity: number,
  ) {
    this.layers = new LeastRecent(capacity);
    this.texture = new DataArrayTexture(null, side, side, capacity);
    this.texture.format = RGBAFormat;
    this.texture.type = UnsignedByteType;
    this.texture.minFilter = LinearFilter;
    this.texture.magFilter = LinearFilter;
    this.texture.unpackAlignment = 4;
    this.texture.source.dataReady = false; // storage only: layers come one by one
    this.texture.needsUpdate = true;
  }

  get bytes(): number {
    return 4 * this.side * this.side * this.capacity;
  }

  /** The layer of a page, or -1. */
  find(id: string): number {
    return this.layers.find(id);
  }

  touch(id: string): void {
    this.layers.touch(id);
  }

  upload(renderer: WebGLRenderer, id: string, image: ImageBitmap): void {
    const source = new Texture(image);
    const layer = this.layers.take(id);
    renderer.copyTextureToTexture(source, this.texture, null, new Vector3(0, 0, layer));
    image.close();
  }
}
