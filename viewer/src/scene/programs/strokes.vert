precision highp float;
precision highp int;
uniform sampler2D strokes;
uniform vec2 middle;
uniform vec2 middleFraction;
uniform vec2 origin;
uniform vec2 viewport;
uniform float scale;
out vec2 at;
flat out vec2 size;
flat out vec4 colour;

void main() {
  int k = gl_VertexID / 6;
  int corner = gl_VertexID % 6;
  vec4 ends = texelFetch(strokes, ivec2(0, k), 0);
  vec4 look = texelFetch(strokes, ivec2(1, k), 0);
  colour = texelFetch(strokes, ivec2(2, k), 0);
  vec2 shift = origin - middle - middleFraction;
  vec2 from = (ends.xy + shift) * scale;
  vec2 to = (ends.zw + shift) * scale;
  vec2 along = to - from;
  float reach = max(length(along), 1e-4);
  vec2 direction = along / reach;
  vec2 across = vec2(-direction.y, direction.x);
  vec2 sideOf = vec2(corner == 1 || corner == 2 || corner == 4, corner == 2 || corner == 4 || corner == 5);
  float half_ = look.x * 0.5;
  size = vec2(reach + look.y * 2.0, half_);
  at = vec2(mix(-look.y, reach + look.y, sideOf.x) + look.y, mix(-half_ - 1.0, half_ + 1.0, sideOf.y));
  vec2 pixel = from + direction * (at.x - look.y) + across * at.y;
  gl_Position = vec4(pixel / viewport * vec2(2.0, -2.0), 0.0, 1.0);
}
