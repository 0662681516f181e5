precision highp float;
in vec2 at;
flat in vec2 size;
flat in vec4 colour;
uniform float pixelRatio;
out vec4 fragment;

void main() {
  float alpha = clamp((size.y - abs(at.y)) * pixelRatio + 0.5, 0.0, 1.0) * colour.a;
  fragment = vec4(colour.rgb * alpha, alpha);
}
