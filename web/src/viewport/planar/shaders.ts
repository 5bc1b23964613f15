// The shaders of the WebGL renderer: stored values by texelFetch, the table by texelFetch, one rounding (see docs on the renderer).
// Where a canvas pixel lies on the picture is looked up in two lists that the processor made in double precision, the same
// that Canvas 2D uses: in the 24 bits of a shader's numbers the place would drift at the far end of a mammogram.

export const VERTEX_SHADER = `#version 300 es
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3. : -1., gl_VertexID == 2 ? 3. : -1.);
  gl_Position = vec4(corner, 0., 1.);
}`;

/** `i`: signed integers, `u`: unsigned integers, `f`: reduced or mapped copies in float whose padding is below every value. */
export type SamplerKind = "i" | "u" | "f";

const SAMPLERS = { i: "isampler2DArray", u: "usampler2DArray", f: "sampler2DArray" } as const;

/** Float copies mark padding by this; NaN and infinity do not survive every driver. */
export const FLOAT_PADDING = -3e38;

/** Units of the textures; samplers of different kinds never share one. */
export const UNITS = { picture: 0, exactTable: 1, roundedTable: 2, across: 3, down: 4, cover: 5 } as const;

const POSITION = `
uniform highp sampler2D across; // of each canvas column: nearest picture line or −1, both neighbours, way to the second
uniform highp sampler2D down; // of each canvas row, from the top
uniform bool turned; // canvas columns are picture rows
uniform int canvasHeight;
uniform ivec2 tile; // a picture larger than a texture lies in layers of this size
uniform int tilesAcross;
uniform bool smoothed;
out vec4 colour;
ivec3 place(float along, float below) {
  ivec2 texel = turned ? ivec2(below, along) : ivec2(along, below);
  ivec2 number = texel / tile;
  return ivec3(texel - number * tile, number.y * tilesAcross + number.x);
}
`;

const COVER = `
uniform highp usampler2DArray cover; // 1: shutter, 2: overlay
uniform bool covered;
uniform float shutterLevel;
void layCover(vec4 x, vec4 y) {
  if (!covered) return;
  uint cell = texelFetch(cover, place(x.x, y.x), 0).r;
  if (cell == 2u) colour.rgb = vec3(1.);
  else if (cell == 1u) colour.rgb = vec3(shutterLevel / 255.);
}
`;

const MAIN = `
void main() {
  vec4 x = texelFetch(across, ivec2(int(gl_FragCoord.x), 0), 0);
  vec4 y = texelFetch(down, ivec2(canvasHeight - 1 - int(gl_FragCoord.y), 0), 0);
  colour = vec4(0., 0., 0., 1.);
  if (x.x < 0. || y.x < 0.) return;
  colour.rgb = (smoothed ? between(x, y) : levels(fetch(place(x.x, y.x)))) / 255.;
  layCover(x, y);
}`;

const GREY_BODY = `
uniform highp sampler2D exactTable; // unrounded grey 0…255 per stored value
uniform highp usampler2D roundedTable;
uniform int low;
uniform bool averaged; // a reduced or mapped copy: its values are no stored ones
uniform vec2 padding; // both ends included; first above second: none
ivec2 entry(int stored) { int i = stored - low; return ivec2(i & 255, i >> 8); }
float exactGrey(int stored) { return texelFetch(exactTable, entry(stored), 0).r; }
float roundedGrey(int stored) { return float(texelFetch(roundedTable, entry(stored), 0).r); }
float padded(float v) { return v >= padding.x && v <= padding.y ? 1. : 0.; }
// A whole stored value has its level in the table, exact halves included; others are rounded once.
float levelOf(float v) {
  float below = floor(v);
  int i = int(below);
  if (v == below) return averaged ? floor(exactGrey(i) + .5) : roundedGrey(i);
  return floor(mix(exactGrey(i), exactGrey(i + 1), v - below) + .5);
}
vec3 levels(float v) { return vec3(padded(v) > 0. ? 0. : levelOf(v)); }
vec3 between(vec4 x, vec4 y) {
  vec4 v = vec4(fetch(place(x.y, y.y)), fetch(place(x.z, y.y)), fetch(place(x.y, y.z)), fetch(place(x.z, y.z)));
  if (v.x == v.y && v.x == v.z && v.x == v.w) return levels(v.x);
  vec4 off = vec4(padded(v.x), padded(v.y), padded(v.z), padded(v.w));
  vec4 w = vec4((1. - x.w) * (1. - y.w), x.w * (1. - y.w), (1. - x.w) * y.w, x.w * y.w) * (1. - off);
  float sum = w.x + w.y + w.z + w.w;
  if (sum < 1e-6) return vec3(0.);
  // Relative to one tap that counts, so that large values do not cancel.
  float base = off.x < .5 ? v.x : off.y < .5 ? v.y : off.z < .5 ? v.z : v.w;
  vec4 apart = mix(v - base, vec4(0.), off);
  return vec3(levelOf(base + dot(w, apart) / sum));
}`;

const COLOUR_BODY = `
uniform highp usampler2DArray picture;
vec3 fetch(ivec3 texel) { return vec3(texelFetch(picture, texel, 0).rgb); }
vec3 levels(vec3 level) { return level; }
vec3 between(vec4 x, vec4 y) {
  vec3 upper = mix(fetch(place(x.y, y.y)), fetch(place(x.z, y.y)), x.w);
  vec3 lower = mix(fetch(place(x.y, y.z)), fetch(place(x.z, y.z)), x.w);
  return floor(mix(upper, lower, y.w) + .5);
}`;

const HEAD = "#version 300 es\nprecision highp float;\nprecision highp int;\n";

export function greyShader(kind: SamplerKind): string {
  const fetch = `uniform highp ${SAMPLERS[kind]} picture;
float fetch(ivec3 texel) { return float(texelFetch(picture, texel, 0).r); }`;
  return `${HEAD}${POSITION}${fetch}${GREY_BODY}${COVER}${MAIN}`;
}

export const COLOUR_SHADER = `${HEAD}${POSITION}${COLOUR_BODY}${COVER}${MAIN}`;
