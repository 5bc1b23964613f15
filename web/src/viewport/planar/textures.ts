// Uploads of pictures and tables to WebGL: integers stay integers, nothing is filtered by the hardware.
import type { GreyTable, StoredValues } from "../../display";
import { FLOAT_PADDING, type SamplerKind } from "./shaders";

interface Upload {
  readonly internal: number;
  readonly format: number;
  readonly type: number;
  readonly data: ArrayBufferView;
}

/** Entries of a table in one row of its texture; 65,536 entries fill 256 rows. */
const TABLE_WIDTH = 256;

export function createTexture(
  gl: WebGL2RenderingContext,
  width: number,
  height: number,
  upload: Upload,
): WebGLTexture | null {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  gl.texImage2D(gl.TEXTURE_2D, 0, upload.internal, width, height, 0, upload.format, upload.type, upload.data);
  for (const parameter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(gl.TEXTURE_2D, parameter, gl.NEAREST);
  for (const parameter of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
    gl.texParameteri(gl.TEXTURE_2D, parameter, gl.CLAMP_TO_EDGE);
  return texture;
}

/** `null` for values that no texture holds exactly: 32 bit and double. */
export function samplerOf(values: StoredValues): SamplerKind | null {
  if (values instanceof Int16Array) return "i";
  if (values instanceof Uint16Array || values instanceof Uint8Array) return "u";
  return values instanceof Float32Array ? "f" : null;
}

export function greyUpload(gl: WebGL2RenderingContext, values: StoredValues): Upload | null {
  if (values instanceof Int16Array) return { internal: gl.R16I, format: gl.RED_INTEGER, type: gl.SHORT, data: values };
  if (values instanceof Uint16Array)
    return { internal: gl.R16UI, format: gl.RED_INTEGER, type: gl.UNSIGNED_SHORT, data: values };
  if (values instanceof Uint8Array)
    return { internal: gl.R8UI, format: gl.RED_INTEGER, type: gl.UNSIGNED_BYTE, data: values };
  if (!(values instanceof Float32Array)) return null;
  const marked = values.map((value) => (Number.isFinite(value) ? value : FLOAT_PADDING));
  return { internal: gl.R32F, format: gl.RED, type: gl.FLOAT, data: marked };
}

export function colourUpload(gl: WebGL2RenderingContext, rgba: Uint8Array): Upload {
  return { internal: gl.RGBA8UI, format: gl.RGBA_INTEGER, type: gl.UNSIGNED_BYTE, data: rgba };
}

export function tableTextures(gl: WebGL2RenderingContext, table: GreyTable): readonly (WebGLTexture | null)[] {
  const height = Math.ceil(table.exact.length / TABLE_WIDTH);
  const exact = new Float32Array(TABLE_WIDTH * height);
  const rounded = new Uint8Array(TABLE_WIDTH * height);
  exact.set(table.exact);
  rounded.set(table.rounded);
  return [
    createTexture(gl, TABLE_WIDTH, height, { internal: gl.R32F, format: gl.RED, type: gl.FLOAT, data: exact }),
    createTexture(gl, TABLE_WIDTH, height, {
      internal: gl.R8UI,
      format: gl.RED_INTEGER,
      type: gl.UNSIGNED_BYTE,
      data: rounded,
    }),
  ];
}
