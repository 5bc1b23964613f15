// Formats of pictures, tables and lists in WebGL: integers stay integers, nothing is filtered by the hardware.
import type { GreyTable, StoredValues } from "../../display";
import type { AxisSamples } from "./sampling";
import { FLOAT_PADDING, type SamplerKind } from "./shaders";

export interface Upload {
  readonly internal: number;
  readonly format: number;
  readonly type: number;
  readonly bytesPerPixel: number;
  readonly data: ArrayBufferView;
}

/** Entries of a table in one row of its texture; 65,536 entries fill 256 rows. */
const TABLE_WIDTH = 256;

export function unfiltered(gl: WebGL2RenderingContext, target: number): void {
  for (const parameter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(target, parameter, gl.NEAREST);
  for (const parameter of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(target, parameter, gl.CLAMP_TO_EDGE);
}

function createTexture(gl: WebGL2RenderingContext, width: number, height: number, upload: Upload): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.texImage2D(gl.TEXTURE_2D, 0, upload.internal, width, height, 0, upload.format, upload.type, upload.data);
  unfiltered(gl, gl.TEXTURE_2D);
  return texture;
}

/** `null` for values that no texture holds exactly: 32 bit and double. */
export function samplerOf(values: StoredValues): SamplerKind | null {
  if (values instanceof Int16Array) return "i";
  if (values instanceof Uint16Array || values instanceof Uint8Array) return "u";
  return values instanceof Float32Array ? "f" : null;
}

export function greyUpload(gl: WebGL2RenderingContext, values: StoredValues): Upload | null {
  const integers = { format: gl.RED_INTEGER, data: values };
  if (values instanceof Int16Array) return { ...integers, internal: gl.R16I, type: gl.SHORT, bytesPerPixel: 2 };
  if (values instanceof Uint16Array)
    return { ...integers, internal: gl.R16UI, type: gl.UNSIGNED_SHORT, bytesPerPixel: 2 };
  if (values instanceof Uint8Array) return byteUpload(gl, values);
  if (!(values instanceof Float32Array)) return null;
  const marked = values.map((value) => (Number.isFinite(value) ? value : FLOAT_PADDING));
  return { internal: gl.R32F, format: gl.RED, type: gl.FLOAT, bytesPerPixel: 4, data: marked };
}

export function byteUpload(gl: WebGL2RenderingContext, data: Uint8Array): Upload {
  return { internal: gl.R8UI, format: gl.RED_INTEGER, type: gl.UNSIGNED_BYTE, bytesPerPixel: 1, data };
}

export function colourUpload(gl: WebGL2RenderingContext, data: Uint8Array): Upload {
  return { internal: gl.RGBA8UI, format: gl.RGBA_INTEGER, type: gl.UNSIGNED_BYTE, bytesPerPixel: 4, data };
}

/** Unrounded and rounded grey. */
export function tableTextures(gl: WebGL2RenderingContext, table: GreyTable): readonly [WebGLTexture, WebGLTexture] {
  const height = Math.ceil(table.exact.length / TABLE_WIDTH);
  const exact = new Float32Array(TABLE_WIDTH * height);
  const rounded = new Uint8Array(TABLE_WIDTH * height);
  exact.set(table.exact);
  rounded.set(table.rounded);
  const floats = { internal: gl.R32F, format: gl.RED, type: gl.FLOAT, bytesPerPixel: 4, data: exact };
  return [
    createTexture(gl, TABLE_WIDTH, height, floats),
    createTexture(gl, TABLE_WIDTH, height, byteUpload(gl, rounded)),
  ];
}

/** The list of one canvas axis, in picture lines. */
export function axisTexture(gl: WebGL2RenderingContext, axis: AxisSamples): WebGLTexture {
  const { nearest, first, second, fraction, stride } = axis;
  const data = new Float32Array(4 * nearest.length);
  for (let i = 0; i < nearest.length; i++) {
    const offset = nearest[i] ?? -1;
    data[4 * i] = offset < 0 ? -1 : offset / stride;
    data[4 * i + 1] = (first[i] ?? 0) / stride;
    data[4 * i + 2] = (second[i] ?? 0) / stride;
    data[4 * i + 3] = fraction[i] ?? 0;
  }
  return createTexture(gl, nearest.length, 1, {
    internal: gl.RGBA32F,
    format: gl.RGBA,
    type: gl.FLOAT,
    bytesPerPixel: 16,
    data,
  });
}
