// The WebGL 2 renderer: same lists, same table, same rounding as Canvas 2D, on the graphics card.
import type { Cover, GreyTable } from "../../display";
import { ReducedCovers } from "./cover-pixels";
import type { Drawing, GraphicsRenderer } from "./drawing";
import { contextOf } from "./graphics-card";
import { type GreySource, greySource, isInterpolated, ReducedCopies } from "./grey-source";
import { PictureTexture } from "./picture-texture";
import { Program } from "./program";
import { viewOnReduced } from "./reduced";
import { type Sampling, samplingOf } from "./sampling";
import { COLOUR_SHADER, FLOAT_PADDING, greyShader, type SamplerKind, UNITS } from "./shaders";
import { axisTexture, byteUpload, colourUpload, greyUpload, samplerOf, tableTextures, type Upload } from "./textures";

const PROGRAMS = ["i", "u", "f", "colour"] as const satisfies readonly (SamplerKind | "colour")[];
type ProgramKind = (typeof PROGRAMS)[number];
type Pictured = Pick<Drawing["picture"], "rows" | "columns">;

/** Pictures above this are brought to the card between frames of the display; until then another renderer draws. */
const AT_ONCE_BYTES = 6 << 20;

/** `null` where there is no context to draw with. It rests until it is woken. */
export function webglRenderer(canvas: HTMLCanvasElement, acceptSoftware: boolean): GraphicsRenderer | null {
  const gl = contextOf(canvas, acceptSoftware);
  return gl === null ? null : new WebglPlanar(canvas, gl);
}

/** What is sampled for a drawing, and the greys of its values; `table` is `null` for colour. */
interface Source extends Pictured {
  /** Whose texture it is. */
  readonly of: object;
  readonly upload: () => Upload | null;
  readonly kind: ProgramKind;
  readonly steps: number;
  readonly table: GreyTable | null;
}

const NOBODY = (): void => undefined;

class WebglPlanar implements GraphicsRenderer {
  readonly kind = "webgl";
  private readonly programs = new Map<ProgramKind, Program>();
  private copies = new ReducedCopies();
  private covers = new ReducedCovers();
  private picture: { readonly of: object; readonly texture: PictureTexture } | null = null;
  private cover: { readonly of: Cover | null; readonly texture: PictureTexture } | null = null;
  private table: { readonly of: GreyTable; readonly textures: readonly WebGLTexture[] } | null = null;
  private scheduled = 0;
  private onReady = NOBODY;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly gl: WebGL2RenderingContext,
  ) {}

  get lost(): boolean {
    return this.gl.isContextLost();
  }

  /** Values that a texture does not hold exactly (32 bit, float) are left to Canvas 2D. */
  ready(drawing: Drawing): boolean {
    if (this.lost) return false;
    const source = this.sourceOf(drawing);
    if (source === null) return false;
    const texture = this.pictureOf(source);
    if (texture.whole) return true;
    this.scheduleStrip(texture);
    return false;
  }

  compile(): void {
    for (const kind of PROGRAMS) this.programOf(kind);
  }

  draw(drawing: Drawing): void {
    const { gl, canvas } = this;
    const source = this.sourceOf(drawing);
    if (source === null) return;
    gl.viewport(0, 0, canvas.width, canvas.height);
    const program = this.programOf(source.kind);
    program.use();
    const texture = this.pictureOf(source);
    while (!texture.whole) texture.bringStrip();
    program.integers("tile", texture.tile.width, texture.tile.height);
    program.integer("tilesAcross", texture.tilesAcross);
    if (source.table !== null) this.bindTable(program, source.table, source.kind === "f");
    this.bindCover(program, drawing.cover === null ? null : this.covers.of(drawing.cover, source.steps));
    const { toPicture } = viewOnReduced(drawing.view, source.steps);
    const sampling = samplingOf(toPicture, source.rows, source.columns, canvas.width, canvas.height);
    const lists = this.bindSampling(program, sampling);
    program.integer("smoothed", isInterpolated(drawing));
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    for (const list of lists) gl.deleteTexture(list);
  }

  /** Everything on the card is gone, and is made anew when it is needed. */
  restore(): void {
    cancelAnimationFrame(this.scheduled);
    this.scheduled = 0;
    this.programs.clear();
    this.picture = null;
    this.cover = null;
    this.table = null;
  }

  rest(): void {
    cancelAnimationFrame(this.scheduled);
    this.scheduled = 0;
    this.onReady = NOBODY;
    this.picture?.texture.dispose();
    this.cover?.texture.dispose();
    for (const texture of this.table?.textures ?? []) this.gl.deleteTexture(texture);
    this.picture = null;
    this.cover = null;
    this.table = null;
    this.copies = new ReducedCopies();
    this.covers = new ReducedCovers();
    Object.assign(this.canvas, { width: 1, height: 1 });
  }

  wake(onReady: () => void): void {
    this.onReady = onReady;
  }

  dispose(): void {
    this.restore();
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  private sourceOf(drawing: Drawing): Source | null {
    const { gl } = this;
    const { picture, shading } = drawing;
    if (picture.kind === "colour") {
      const { rows, columns, rgba } = picture;
      const upload = (): Upload => colourUpload(gl, rgba);
      return { of: picture, rows, columns, upload, kind: "colour", steps: 0, table: null };
    }
    if (shading?.kind !== "table") return null;
    const source: GreySource = greySource(drawing, picture, shading, this.copies);
    const kind = samplerOf(source.values);
    if (kind === null || source.shading.kind !== "table") return null;
    const { rows, columns, values, steps } = source;
    const upload = (): Upload | null => greyUpload(gl, values);
    return { of: values, rows, columns, upload, kind, steps, table: source.shading };
  }

  /** One texture is kept: windowing and zooming upload nothing. */
  private pictureOf(source: Source): PictureTexture {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0 + UNITS.picture);
    if (this.picture?.of === source.of) {
      this.picture.texture.bind();
      return this.picture.texture;
    }
    this.picture?.texture.dispose();
    const upload = source.upload();
    if (upload === null) throw new Error("values without a texture");
    const texture = new PictureTexture(gl, source, upload, this.largest);
    const atOnce = source.rows * source.columns * upload.bytesPerPixel <= AT_ONCE_BYTES;
    while (atOnce && !texture.whole) texture.bringStrip();
    this.picture = { of: source.of, texture };
    return texture;
  }

  private get largest(): number {
    const largest: unknown = this.gl.getParameter(this.gl.MAX_TEXTURE_SIZE);
    return typeof largest === "number" ? largest : 2048; // the least that the standard promises
  }

  /** One strip between two frames of the display, as long as this picture is wanted. */
  private scheduleStrip(texture: PictureTexture): void {
    if (this.scheduled !== 0) return;
    this.scheduled = requestAnimationFrame(() => {
      this.scheduled = 0;
      if (this.picture?.texture !== texture || this.lost) return;
      this.gl.activeTexture(this.gl.TEXTURE0 + UNITS.picture);
      texture.bringStrip();
      if (texture.whole) this.onReady();
      else this.scheduleStrip(texture);
    });
  }

  private bindTable(program: Program, table: GreyTable, averaged: boolean): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0 + UNITS.exactTable); // creating a texture binds it: not in the picture's place
    if (this.table?.of !== table) {
      for (const texture of this.table?.textures ?? []) gl.deleteTexture(texture);
      this.table = { of: table, textures: tableTextures(gl, table) };
    }
    [UNITS.exactTable, UNITS.roundedTable].forEach((unit, index) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, this.table?.textures[index] ?? null);
    });
    program.integer("low", table.low);
    program.integer("averaged", averaged);
    if (averaged) program.floats("padding", FLOAT_PADDING * 1.1, FLOAT_PADDING / 10);
    else program.floats("padding", table.padding?.low ?? 1, table.padding?.high ?? 0);
  }

  /** Without a cover one cell stands in its place: a sampler must have a texture of its kind. */
  private bindCover(program: Program, cover: Cover | null): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0 + UNITS.cover);
    if (this.cover === null || this.cover.of !== cover) {
      this.cover?.texture.dispose();
      const { rows, columns, cells } = cover ?? { rows: 1, columns: 1, cells: new Uint8Array(1) };
      const texture = new PictureTexture(gl, { rows, columns }, byteUpload(gl, cells), this.largest);
      while (!texture.whole) texture.bringStrip();
      this.cover = { of: cover, texture };
    }
    this.cover.texture.bind();
    program.integer("covered", cover !== null);
    program.float("shutterLevel", cover?.shutterLevel ?? 0);
  }

  private bindSampling(program: Program, { turned, x, y }: Sampling): readonly WebGLTexture[] {
    const { gl } = this;
    program.integer("turned", turned);
    program.integer("canvasHeight", this.canvas.height);
    return (
      [
        [UNITS.across, x],
        [UNITS.down, y],
      ] as const
    ).map(([unit, axis]) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      return axisTexture(gl, axis);
    });
  }

  private programOf(kind: ProgramKind): Program {
    const program =
      this.programs.get(kind) ?? new Program(this.gl, kind === "colour" ? COLOUR_SHADER : greyShader(kind));
    this.programs.set(kind, program);
    return program;
  }
}
