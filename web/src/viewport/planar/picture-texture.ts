// A picture on the graphics card: in layers where it is larger than a texture may be, brought in strips where it is large.
import { type Upload, unfiltered } from "./textures";

interface Size {
  readonly rows: number;
  readonly columns: number;
}

/** More than this at once would hold up the page for longer than a frame of the display. */
const STRIP_BYTES = 2 << 20;

export class PictureTexture {
  readonly tile: { readonly width: number; readonly height: number };
  readonly tilesAcross: number;
  private readonly texture: WebGLTexture;
  private nextRow = 0;

  /** `largest`: side of the largest texture. */
  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly size: Size,
    private readonly upload: Upload,
    largest: number,
  ) {
    const { rows, columns } = size;
    this.tile = { width: Math.min(columns, largest), height: Math.min(rows, largest) };
    this.tilesAcross = Math.ceil(columns / this.tile.width);
    const layers = this.tilesAcross * Math.ceil(rows / this.tile.height);
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.texture);
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, upload.internal, this.tile.width, this.tile.height, layers);
    unfiltered(gl, gl.TEXTURE_2D_ARRAY);
  }

  get whole(): boolean {
    return this.nextRow >= this.size.rows;
  }

  /** Brings the next strip; it ends with a row of tiles. Binds the texture to the active unit. */
  bringStrip(): void {
    const { gl, size, upload, tile } = this;
    const rowBytes = size.columns * upload.bytesPerPixel;
    const tileEnd = (Math.floor(this.nextRow / tile.height) + 1) * tile.height;
    const end = Math.min(this.nextRow + Math.max(1, Math.floor(STRIP_BYTES / rowBytes)), tileEnd, size.rows);
    this.bind();
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, size.columns);
    gl.pixelStorei(gl.UNPACK_IMAGE_HEIGHT, size.rows); // else no row may be skipped
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, this.nextRow);
    for (let number = 0; number < this.tilesAcross; number++) this.bringPart(number, end);
    for (const parameter of [gl.UNPACK_ROW_LENGTH, gl.UNPACK_IMAGE_HEIGHT, gl.UNPACK_SKIP_ROWS, gl.UNPACK_SKIP_PIXELS])
      gl.pixelStorei(parameter, 0);
    this.nextRow = end;
  }

  bind(): void {
    this.gl.bindTexture(this.gl.TEXTURE_2D_ARRAY, this.texture);
  }

  dispose(): void {
    this.gl.deleteTexture(this.texture);
  }

  private bringPart(number: number, end: number): void {
    const { gl, size, tile, upload } = this;
    const left = number * tile.width;
    const width = Math.min(tile.width, size.columns - left);
    const layer = Math.floor(this.nextRow / tile.height) * this.tilesAcross + number;
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, left);
    gl.texSubImage3D(
      gl.TEXTURE_2D_ARRAY,
      0,
      0,
      this.nextRow % tile.height,
      layer,
      width,
      end - this.nextRow,
      1,
      upload.format,
      upload.type,
      upload.data,
    );
  }
}
