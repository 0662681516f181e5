precision highp float;
precision highp int;
precision highp sampler2DArray;
uniform sampler2DArray smallPages;
uniform sampler2DArray largePages;
uniform sampler2D badges;
in vec2 pixel;
flat in vec2 extent;
flat in vec2 seen;
flat in vec3 small;
flat in vec2 smallSize;
flat in vec3 large;
flat in vec2 largeSize;
flat in vec4 mixing;
flat in uvec2 block;
flat in vec4 frame;
flat in vec4 badge;
out vec4 fragment;

vec3 rgb565(uint c) {
  return vec3(float(c >> 11) / 31.0, float((c >> 5) & 63u) / 63.0, float(c & 31u) / 31.0);
}

float share(ivec2 texel) {
  texel = clamp(texel, ivec2(0), ivec2(3));
  uint code = (block.y >> uint(2 * (4 * texel.y + texel.x))) & 3u;
  return code < 2u ? float(code) : float(code - 1u) / 3.0;
}

vec3 blurred(vec2 at) {
  vec2 texel = at * 4.0 - 0.5;
  ivec2 corner = ivec2(floor(texel));
  vec2 part = fract(texel);
  float weight = mix(
    mix(share(corner), share(corner + ivec2(1, 0)), part.x),
    mix(share(corner + ivec2(0, 1)), share(corner + ivec2(1, 1)), part.x), part.y);
  return mix(rgb565(block.x & 0xffffu), rgb565(block.x >> 16), weight);
}

// Mean of several bilinear taps over the footprint of one device pixel: there are no mip levels, and
// without it a thumbnail drawn small would shimmer. Taps stay half a texel inside the thumbnail.
vec3 sampled(sampler2DArray pages, float side, vec3 slot, vec2 size, vec2 at) {
  vec2 footprint = size * seen / extent;
  int taps = int(clamp(ceil(max(footprint.x, footprint.y)), 1.0, 4.0));
  vec3 sum = vec3(0.0);
  for (int j = 0; j < taps; j++) {
    for (int i = 0; i < taps; i++) {
      vec2 offset = (vec2(float(i), float(j)) + 0.5) / float(taps) - 0.5;
      vec2 texel = clamp(at * size + offset * footprint, vec2(0.5), size - 0.5);
      sum += texture(pages, vec3((slot.xy + texel) / side, slot.z)).rgb;
    }
  }
  return sum / float(taps * taps);
}

// The badge at a pixel: ten counts in a row, 32 texels high; its level of detail is told, since neighbouring pixels
// may take another way.
vec4 badged() {
  vec2 at = (pixel - badge.xy) / (badge.z * vec2(1.5, 1.0));
  if (badge.w == 0.0 || clamp(at, 0.0, 1.0) != at) return vec4(0.0);
  vec2 cell = vec2(mod(badge.w, 10.0), floor(badge.w / 10.0));
  return textureLod(badges, (cell + at) / 10.0, log2(32.0 / badge.z));
}

void main() {
  vec2 inside = min(pixel, extent - pixel) + 0.5;
  float cover = clamp(inside.x, 0.0, 1.0) * clamp(inside.y, 0.0, 1.0);
  vec2 at = 0.5 + (clamp(pixel / extent, 0.0, 1.0) - 0.5) * seen;
  vec3 colour = vec3(0.0);
  if (mixing.y < 1.0) {
    colour = blurred(at);
    if (mixing.x > 0.0) colour = mix(colour, sampled(smallPages, 512.0, small, smallSize, at), mixing.x);
  }
  if (mixing.y > 0.0) colour = mix(colour, sampled(largePages, 1024.0, large, largeSize, at), mixing.y);
  float border = clamp(frame.w + 0.5 - min(inside.x - 0.5, inside.y - 0.5), 0.0, 1.0) * step(0.01, frame.w);
  colour = mix(colour, frame.rgb, border);
  vec4 count = badged();
  colour = count.rgb + colour * (1.0 - count.a);
  float alpha = cover * mixing.z;
  fragment = vec4(colour * alpha, alpha);
}
