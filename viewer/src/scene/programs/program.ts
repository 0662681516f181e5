import {
  BufferGeometry,
  CustomBlending,
  DoubleSide,
  GLSL3,
  Mesh,
  OneFactor,
  OneMinusSrcAlphaFactor,
  RawShaderMaterial,
  Vector2,
  type IUniform,
  type Object3D,
  Points,
} from "three";

/** Values that every program gets before it draws. */
export interface Frame {
  /** Middle of the window, units. */
  readonly x: number;
  readonly y: number;
  /** CSS pixels per unit. */
  readonly scale: number;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

interface Source {
  readonly vertexShader: string;
  readonly fragmentShader: string;
  readonly uniforms: Record<string, IUniform>;
  /** Position in the painting order. */
  readonly order: number;
  readonly points?: boolean;
}

/** One draw call without any vertex buffer: the vertex shader pulls all it needs from data textures. */
export class Program {
  readonly object: Object3D;
  readonly uniforms: Record<string, IUniform>;
  private readonly geometry = new BufferGeometry();

  constructor({ vertexShader, fragmentShader, uniforms, order, points }: Source) {
    this.uniforms = {
      ...uniforms,
      // The middle is split so that positions near it keep their precision in 32 bit floats.
      middle: { value: new Vector2() },
      middleFraction: { value: new Vector2() },
      scale: { value: 1 },
      viewport: { value: new Vector2() },
      pixelRatio: { value: 1 },
    };
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: this.uniforms,
      transparent: true,
      side: DoubleSide, // y points down, which turns every triangle round
      depthTest: false,
      depthWrite: false,
      blending: CustomBlending,
      blendSrc: OneFactor,
      blendDst: OneMinusSrcAlphaFactor,
    });
    this.object = points ? new Points(this.geometry, material) : new Mesh(this.geometry, material);
    this.object.frustumCulled = false;
    this.object.renderOrder = order;
    this.count = 0;
  }

  /** Vertices to draw. */
  set count(vertices: number) {
    this.geometry.setDrawRange(0, vertices);
    this.object.visible = vertices > 0;
  }

  frame({ x, y, scale, width, height, pixelRatio }: Frame): void {
    const { uniforms } = this;
    (uniforms["middle"].value as Vector2).set(Math.floor(x), Math.floor(y));
    (uniforms["middleFraction"].value as Vector2).set(x - Math.floor(x), y - Math.floor(y));
    (uniforms["viewport"].value as Vector2).set(width, height);
    uniforms["scale"].value = scale;
    uniforms["pixelRatio"].value = pixelRatio;
  }
}
