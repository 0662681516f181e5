precision highp float;
precision highp int;
precision highp usampler2D;
uniform usampler2D items;
uniform vec2 middle;
uniform vec2 middleFraction;
uniform vec2 viewport;
uniform float scale;
uniform float pixelRatio;
uniform float size;
uniform float strength;
uniform float faintness;
uniform bool coloured;
uniform vec3 palette[9];
flat out vec4 colour;

vec3 rgb565(uint c) {
  return vec3(float(c >> 11) / 31.0, float((c >> 5) & 63u) / 63.0, float(c & 31u) / 31.0);
}

vec3 mean(uint ends, uint weights) {
  // Weight codes 0, 1, 2, 3 stand for shares 0, 1, 1/3, 2/3 of the second end point.
  float share = 0.0;
  for (int k = 0; k < 16; k++) {
    uint code = (weights >> uint(2 * k)) & 3u;
    share += code < 2u ? float(code) : float(code - 1u) / 3.0;
  }
  return mix(rgb565(ends & 0xffffu), rgb565(ends >> 16), share / 16.0);
}

void main() {
  uvec4 item = texelFetch(items, ivec2(gl_VertexID & 2047, gl_VertexID >> 11), 0);
  vec2 position = vec2(float(item.x & 0xffffu), float(item.x >> 16));
  vec2 pixel = (position - middle - middleFraction) * scale;
  gl_Position = vec4(pixel / viewport * vec2(2.0, -2.0), 0.0, 1.0);
  uint code = (item.w >> 8) & 255u;
  bool faint = ((item.w >> 16) & 1u) == 1u;
  vec3 rgb = coloured ? palette[min(code, 8u)] : mean(item.y, item.z);
  float alpha = faint ? faintness : strength;
  colour = vec4(rgb * alpha, alpha);
  if (item.w >> 24 == 0u) gl_Position = vec4(2.0, 2.0, 2.0, 1.0); // under another: outside of what is drawn
  gl_PointSize = (faint ? max(size * 0.6, 1.5) : size) * pixelRatio;
}
