import { Color } from "three";
import type { ItemTexture } from "../itemTexture";
import { Program } from "./program";
import fragmentShader from "./points.frag";
import vertexShader from "./points.vert";

export interface PointsLook {
  /** Diameter, CSS pixels. */
  readonly size: number;
  /** Opacity of what matches the filter, and of what does not. */
  readonly strength: number;
  readonly faintness: number;
  /** Colours of categories 0…8, or null for the pictures' own. */
  readonly palette: readonly Color[] | null;
}

/** All items as dots. */
export class PointsProgram extends Program {
  constructor(items: ItemTexture) {
    super({
      vertexShader,
      fragmentShader,
      order: 0,
      points: true,
      uniforms: {
        items: { value: items.texture },
        size: { value: 1 },
        strength: { value: 1 },
        faintness: { value: 0 },
        coloured: { value: false },
        palette: { value: Array.from({ length: 9 }, () => new Color()) },
      },
    });
  }

  look({ size, strength, faintness, palette }: PointsLook): void {
    const { uniforms } = this;
    uniforms["size"].value = size;
    uniforms["strength"].value = strength;
    uniforms["faintness"].value = faintness;
    uniforms["coloured"].value = palette !== null;
    if (palette) uniforms["palette"].value = palette;
  }
}
