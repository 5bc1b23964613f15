// The WebGL 2 renderer: same matrix, same table, same rounding as Canvas 2D, on the graphics card.
import type { GreyTable } from "../../display";
import { ReducedCopies } from "./canvas2d";
import type { Drawing, PlanarRenderer } from "./drawing";
import { reductionSteps, viewOnReduced } from "./reduced";
import { COLOUR_SHADER, FLOAT_PADDING, greyShader, type SamplerKind, VERTEX_SHADER } from "./shaders";
import { colourUpload, createTexture, greyUpload, samplerOf, tableTextures } from "./textures";

type ProgramKind = SamplerKind | "colour";
type GreyPicture = Extract<Drawing["picture"], { kind: "grey" }>;
type Source = Pick<GreyPicture, "rows" | "columns" | "values">;

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** `null` where there is no WebGL 2 or it is computed in software: then Canvas 2D is faster (measured). */
export function webglRenderer(canvas: HTMLCanvasElement, acceptSoftware: boolean): PlanarRenderer | null {
  const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false, preserveDrawingBuffer: true });
  if (gl === null || (!acceptSoftware && isSoftware(gl))) return null;
  return new WebglPlanar(canvas, gl);
}

function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = info === null ? "" : gl.getParameter(info.UNMASKED_RENDERER_WEBGL);
  return typeof name === "string" && SOFTWARE.test(name);
}

class WebglPlanar implements PlanarRenderer {
  readonly kind = "webgl";
  private readonly programs = new Map<ProgramKind, WebGLProgram>();
  private readonly copies = new ReducedCopies();
  private picture: { readonly of: object; readonly texture: WebGLTexture | null } | null = null;
  private table: { readonly of: GreyTable; readonly textures: readonly (WebGLTexture | null)[] } | null = null;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly gl: WebGL2RenderingContext,
  ) {}

  can({ picture, shading }: Drawing): boolean {
    const largest: unknown = this.gl.getParameter(this.gl.MAX_TEXTURE_SIZE);
    if (this.gl.isContextLost() || typeof largest !== "number" || Math.max(picture.rows, picture.columns) > largest)
      return false;
    return picture.kind === "colour" || (shading?.kind === "table" && samplerOf(picture.values) !== null);
  }

  draw(drawing: Drawing): void {
    const { picture, shading } = drawing;
    this.gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    if (picture.kind === "colour") this.drawColour(drawing, picture);
    else if (shading?.kind === "table") this.drawGrey(drawing, picture, shading);
  }

  dispose(): void {
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  private drawColour({ view, smooth }: Drawing, picture: Extract<Drawing["picture"], { kind: "colour" }>): void {
    const { gl } = this;
    const program = this.use("colour", COLOUR_SHADER);
    this.bindPicture(picture, () => createTexture(gl, picture.columns, picture.rows, colourUpload(gl, picture.rgba)));
    this.place(program, view, picture, smooth && !view.exact);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  private drawGrey({ view, smooth }: Drawing, picture: GreyPicture, table: GreyTable): void {
    const { gl } = this;
    const interpolate = smooth && !view.exact;
    const steps = interpolate ? reductionSteps(view.zoom) : 0;
    const source: Source = steps === 0 ? picture : this.copies.of(picture, table.padding, steps);
    const kind = samplerOf(source.values);
    if (kind === null) return;
    const program = this.use(kind, greyShader(kind));
    this.bindPicture(source, () => this.greyTexture(source));
    this.bindTable(program, table);
    gl.uniform1i(gl.getUniformLocation(program, "low"), table.low);
    gl.uniform1i(gl.getUniformLocation(program, "averaged"), kind === "f" ? 1 : 0);
    const [low, high] =
      kind === "f" ? [FLOAT_PADDING * 1.1, FLOAT_PADDING / 10] : [table.padding?.low ?? 1, table.padding?.high ?? 0];
    gl.uniform2f(gl.getUniformLocation(program, "padding"), low, high);
    this.place(program, viewOnReduced(view, steps), source, interpolate);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  private greyTexture(source: Source): WebGLTexture | null {
    const upload = greyUpload(this.gl, source.values);
    return upload === null ? null : createTexture(this.gl, source.columns, source.rows, upload);
  }

  /** One texture is kept: windowing and zooming upload nothing. */
  private bindPicture(of: object, create: () => WebGLTexture | null): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0);
    if (this.picture?.of !== of) {
      if (this.picture !== null) gl.deleteTexture(this.picture.texture);
      this.picture = { of, texture: create() };
    }
    gl.bindTexture(gl.TEXTURE_2D, this.picture.texture);
  }

  private bindTable(program: WebGLProgram, table: GreyTable): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE1); // creating a texture binds it: not in the picture's place
    if (this.table?.of !== table) {
      for (const texture of this.table?.textures ?? []) gl.deleteTexture(texture);
      this.table = { of: table, textures: tableTextures(gl, table) };
    }
    ["exactTable", "roundedTable"].forEach((name, index) => {
      gl.activeTexture(gl.TEXTURE1 + index);
      gl.bindTexture(gl.TEXTURE_2D, this.table?.textures[index] ?? null);
      gl.uniform1i(gl.getUniformLocation(program, name), 1 + index);
    });
  }

  private place(
    program: WebGLProgram,
    { toPicture: m }: Drawing["view"],
    size: { rows: number; columns: number },
    smooth: boolean,
  ): void {
    const { gl } = this;
    const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
    gl.uniform1i(at("picture"), 0);
    gl.uniform4f(at("turn"), m.a, m.b, m.c, m.d);
    gl.uniform2f(at("shift"), m.e, m.f);
    gl.uniform2f(at("canvasSize"), this.canvas.width, this.canvas.height);
    gl.uniform2i(at("pictureSize"), size.columns, size.rows);
    gl.uniform1i(at("smoothed"), smooth ? 1 : 0);
  }

  private use(kind: ProgramKind, fragment: string): WebGLProgram {
    const program = this.programs.get(kind) ?? linkProgram(this.gl, fragment);
    this.programs.set(kind, program);
    // biome-ignore lint/correctness/useHookAtTopLevel: a function of WebGL, not of React
    this.gl.useProgram(program);
    return program;
  }
}

function linkProgram(gl: WebGL2RenderingContext, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error("no shader");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true)
    throw new Error(gl.getProgramInfoLog(program) ?? "shader does not link");
  return program;
}
