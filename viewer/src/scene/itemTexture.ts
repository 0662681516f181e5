import { DataTexture, NearestFilter, RGBAIntegerFormat, UnsignedIntType } from "three";
import type { Arrangement, Collection } from "../data/collection";

const WIDTH = 2048;
/** Colour code of an item that has none. */
export const UNCOLOURED = 8;

/** What may change of an item while its place remains; each null where all items are alike. */
export interface ItemMarks {
  /** Colour codes 0…8. */
  readonly codes: Uint8Array | null;
  /** 0 where the filter leaves out. */
  readonly mask: Uint8Array | null;
  /** How many copies an item stands for; one that stands for none is not seen. */
  readonly stack: Uint8Array | null;
}

/** Four words an item: position, the two words of its blur, then aspect, colour code, filter flag and copies, a byte each. */
export class ItemTexture {
  readonly texture: DataTexture;
  private readonly words: Uint32Array;

  constructor(private readonly collection: Collection) {
    const height = Math.max(1, Math.ceil(collection.n / WIDTH));
    this.words = new Uint32Array(4 * WIDTH * height);
    this.texture = new DataTexture(this.words, WIDTH, height, RGBAIntegerFormat, UnsignedIntType);
    this.texture.internalFormat = "RGBA32UI";
    this.texture.minFilter = NearestFilter;
    this.texture.magFilter = NearestFilter;
  }

  get bytes(): number {
    return this.words.byteLength;
  }

  /** Writes items 0…loaded-1. */
  write({ x, y, absent }: Arrangement, loaded: number, { codes, mask, stack }: ItemMarks): void {
    const { blocks, aspects } = this.collection;
    for (let i = 0; i < loaded; i++) {
      const faint = mask?.[i] === 0 ? 1 : 0;
      const copies = absent?.[i] === 1 ? 0 : (stack?.[i] ?? 1);
      this.words[4 * i] = x[i] | (y[i] << 16);
      this.words[4 * i + 1] = blocks[2 * i];
      this.words[4 * i + 2] = blocks[2 * i + 1];
      this.words[4 * i + 3] =
        aspects[i] | ((codes ? codes[i] : UNCOLOURED) << 8) | (faint << 16) | (copies << 24);
    }
    this.texture.needsUpdate = true;
  }
}
