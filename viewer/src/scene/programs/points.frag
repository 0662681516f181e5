precision highp float;
flat in vec4 colour;
uniform float size;
uniform float pixelRatio;
out vec4 fragment;

void main() {
  // A round dot with one soft pixel at its rim; dots too small to be round stay square.
  float radius = 0.5 * size * pixelRatio;
  float rim = radius < 1.5 ? 1.0 : clamp(radius - length(gl_PointCoord - 0.5) * 2.0 * radius + 0.5, 0.0, 1.0);
  fragment = colour * rim;
}
