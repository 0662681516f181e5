precision highp float;
precision highp int;
precision highp usampler2D;
uniform sampler2D pictures;
uniform usampler2D items;
uniform vec2 middle;
uniform vec2 middleFraction;
uniform vec2 origin;
uniform vec2 viewport;
uniform float scale;
uniform float pixelRatio;
uniform float frameWidth;
uniform vec3 palette[9];
out vec2 pixel;
flat out vec2 extent;
flat out vec2 seen;
flat out vec3 small;
flat out vec2 smallSize;
flat out vec3 large;
flat out vec2 largeSize;
flat out vec4 mixing;
flat out uvec2 block;
flat out vec4 frame;
flat out vec4 badge;

vec3 slot(float layer, float index, float perRow, float side) {
  return vec3(mod(index, perRow) * side, floor(index / perRow) * side, layer);
}

void main() {
  int k = gl_VertexID / 6;
  int corner = gl_VertexID % 6;
  vec4 rect = texelFetch(pictures, ivec2(0, k), 0);
  vec4 fine = texelFetch(pictures, ivec2(1, k), 0);
  vec4 near = texelFetch(pictures, ivec2(2, k), 0);
  vec4 how = texelFetch(pictures, ivec2(3, k), 0);
  mixing = texelFetch(pictures, ivec2(4, k), 0);

  int index = int(how.x);
  uvec4 item = texelFetch(items, ivec2(index & 2047, index >> 11), 0);
  block = item.yz;
  uint code = (item.w >> 8) & 255u;
  frame = vec4(palette[min(code, 8u)], frameWidth * pixelRatio);
  seen = how.yz;
  small = slot(fine.x, fine.y, 16.0, 32.0);
  smallSize = fine.zw;
  large = slot(near.x, near.y, 8.0, 128.0);
  largeSize = near.zw;

  // Half a pixel more on each side lets the fragment shader smooth the edges.
  vec2 sideOf = vec2(corner == 1 || corner == 2 || corner == 4, corner == 2 || corner == 4 || corner == 5);
  extent = rect.zw * scale * pixelRatio;
  // A stack of duplicates says how many it holds, in its upper right corner, at most half as high as itself.
  float copies = float(min(item.w >> 24, 99u));
  float tall = min(17.0 * pixelRatio, 0.45 * min(extent.x, extent.y));
  float inset = frame.w + 2.0 * pixelRatio;
  badge = vec4(extent.x - 1.5 * tall - inset, inset, tall, copies < 2.0 ? 0.0 : copies);
  pixel = sideOf * extent + (sideOf * 2.0 - 1.0) * 0.5;
  vec2 at = (rect.xy + (origin - middle) - middleFraction) * scale * pixelRatio + pixel;
  gl_Position = vec4(at / (viewport * pixelRatio) * vec2(2.0, -2.0), 0.0, 1.0);
}
