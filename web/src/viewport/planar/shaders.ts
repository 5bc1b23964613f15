// The shaders of the WebGL renderer: stored values by texelFetch, the table by texelFetch, one rounding (see docs on the renderer).
// The picture position comes from gl_FragCoord through one matrix, not from an interpolated varying: at 1:1 it is exact.

export const VERTEX_SHADER = `#version 300 es
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3. : -1., gl_VertexID == 2 ? 3. : -1.);
  gl_Position = vec4(corner, 0., 1.);
}`;

/** `i`: signed integers, `u`: unsigned integers, `f`: reduced copies in float whose padding is below every value. */
export type SamplerKind = "i" | "u" | "f";

const SAMPLERS = { i: "isampler2D", u: "usampler2D", f: "sampler2D" } as const;

/** Float copies mark padding by this; NaN and infinity do not survive every driver. */
export const FLOAT_PADDING = -3e38;

const POSITION = `
uniform vec4 turn; // a, b, c, d of the canvas-to-picture matrix
uniform vec2 shift; // e, f
uniform vec2 canvasSize;
uniform ivec2 pictureSize;
uniform bool smoothed;
out vec4 colour;
vec2 position() {
  vec2 at = vec2(gl_FragCoord.x, canvasSize.y - gl_FragCoord.y);
  return vec2(turn.x * at.x + turn.z * at.y, turn.y * at.x + turn.w * at.y) + shift;
}
bool outside(vec2 at) { return any(lessThan(at, vec2(0.))) || any(greaterThanEqual(at, vec2(pictureSize))); }
ivec2 within(ivec2 texel) { return clamp(texel, ivec2(0), pictureSize - 1); }
`;

const GREY_BODY = `
uniform highp sampler2D exactTable; // unrounded grey 0…255 per stored value
uniform highp usampler2D roundedTable;
uniform int low;
uniform bool averaged; // a reduced copy: its values are means, not stored values
uniform vec2 padding; // both ends included; first above second: none
ivec2 entry(int stored) { int i = stored - low; return ivec2(i & 255, i >> 8); }
float exactGrey(int stored) { return texelFetch(exactTable, entry(stored), 0).r; }
float roundedGrey(int stored) { return float(texelFetch(roundedTable, entry(stored), 0).r); }
float padded(float v) { return v >= padding.x && v <= padding.y ? 1. : 0.; }
float between(float stored) {
  float below = floor(stored);
  int i = int(below);
  return stored == below ? exactGrey(i) : mix(exactGrey(i), exactGrey(i + 1), stored - below);
}
float levelOf(float v) {
  if (padded(v) > 0.) return 0.;
  return v == floor(v) && !averaged ? roundedGrey(int(v)) : floor(between(v) + .5);
}
void main() {
  vec2 at = position();
  colour = vec4(0., 0., 0., 1.);
  if (outside(at)) return;
  if (!smoothed) {
    colour.rgb = vec3(levelOf(fetch(ivec2(at))) / 255.);
    return;
  }
  vec2 corner = floor(at - .5), part = at - .5 - corner;
  ivec2 first = ivec2(corner);
  vec4 v = vec4(fetch(within(first)), fetch(within(first + ivec2(1, 0))), fetch(within(first + ivec2(0, 1))), fetch(within(first + 1)));
  if (v.x == v.y && v.x == v.z && v.x == v.w) {
    colour.rgb = vec3(levelOf(v.x) / 255.);
    return;
  }
  vec4 off = vec4(padded(v.x), padded(v.y), padded(v.z), padded(v.w));
  vec4 w = vec4((1. - part.x) * (1. - part.y), part.x * (1. - part.y), (1. - part.x) * part.y, part.x * part.y) * (1. - off);
  float sum = w.x + w.y + w.z + w.w;
  if (sum < 1e-6) return;
  // Relative to one tap that counts, so that large values do not cancel.
  float base = off.x < .5 ? v.x : off.y < .5 ? v.y : off.z < .5 ? v.z : v.w;
  vec4 apart = mix(v - base, vec4(0.), off);
  colour.rgb = vec3(floor(between(base + dot(w, apart) / sum) + .5) / 255.);
}`;

export function greyShader(kind: SamplerKind): string {
  const fetch = `uniform highp ${SAMPLERS[kind]} picture;
float fetch(ivec2 texel) { return float(texelFetch(picture, texel, 0).r); }`;
  return `#version 300 es\nprecision highp float;\nprecision highp int;\n${POSITION}\n${fetch}\n${GREY_BODY}`;
}

export const COLOUR_SHADER = `#version 300 es
precision highp float;
precision highp int;
${POSITION}
uniform highp usampler2D picture;
vec3 fetch(ivec2 texel) { return vec3(texelFetch(picture, texel, 0).rgb); }
void main() {
  vec2 at = position();
  colour = vec4(0., 0., 0., 1.);
  if (outside(at)) return;
  vec3 level = fetch(ivec2(at));
  if (smoothed) {
    vec2 corner = floor(at - .5), part = at - .5 - corner;
    ivec2 first = ivec2(corner);
    vec3 upper = mix(fetch(within(first)), fetch(within(first + ivec2(1, 0))), part.x);
    vec3 lower = mix(fetch(within(first + ivec2(0, 1))), fetch(within(first + 1)), part.x);
    level = floor(mix(upper, lower, part.y) + .5);
  }
  colour.rgb = level / 255.;
}`;
