// A PDF drawn page by page on canvases, by pdf.js in its own worker: nothing of the document reaches the page's DOM, no
// script, link or form in it acts. Loaded when the first document is opened.
import { GlobalWorkerOptions, getDocument, PasswordException, type PDFDocumentProxy } from "pdfjs-dist";
import worker from "pdfjs-dist/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = worker;

/** What the library loads for itself: fonts that documents do not bring, tables of Asian encodings, decoders. */
const PARTS: Readonly<Record<string, () => Promise<unknown>>> = {
  ...import.meta.glob("/node_modules/pdfjs-dist/cmaps/*.bcmap", { query: "?url", import: "default" }),
  ...import.meta.glob("/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}", { query: "?url", import: "default" }),
  ...import.meta.glob("/node_modules/pdfjs-dist/wasm/{jbig2,openjpeg,qcms_bg}.wasm", {
    query: "?url",
    import: "default",
  }),
};
const FOLDERS: Readonly<Record<string, string>> = {
  cMapUrl: "cmaps",
  standardFontDataUrl: "standard_fonts",
  wasmUrl: "wasm",
};

class BinaryData {
  async fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    const address = await PARTS[`/node_modules/pdfjs-dist/${FOLDERS[kind]}/${filename}`]?.();
    if (typeof address !== "string") throw new Error(`pdf.js wants ${kind} ${filename}, which is not shipped`);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${filename}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** Pixels of one picture within a document: more is no scan of a page, but an attempt to fill the memory. */
const PICTURE_PIXELS = 120_000_000;

export interface PageSize {
  /** In points of 1/72 inch. */
  readonly width: number;
  readonly height: number;
}

export class PdfPages {
  private constructor(
    private readonly document: PDFDocumentProxy,
    readonly sizes: readonly PageSize[],
  ) {}

  /** Reads the document; the bytes belong to it from now on. Throws `PdfLocked` for one that asks for a password. */
  static async open(bytes: ArrayBuffer): Promise<PdfPages> {
    const task = getDocument({
      data: new Uint8Array(bytes),
      BinaryDataFactory: BinaryData,
      useWorkerFetch: false,
      useSystemFonts: false,
      enableXfa: false,
      stopAtErrors: false,
      maxImageSize: PICTURE_PIXELS,
    });
    try {
      const document = await task.promise;
      const first = await document.getPage(1);
      const { width, height } = first.getViewport({ scale: 1 });
      // Other pages take the first one's size until they are drawn: a document of a thousand pages opens at once.
      return new PdfPages(
        document,
        Array.from({ length: document.numPages }, () => ({ width, height })),
      );
    } catch (error) {
      await task.destroy();
      throw error instanceof PasswordException ? new PdfLocked() : error;
    }
  }

  /** Draws page `number` (from 1) `width` device pixels wide; gives its proportions (height over width). */
  async draw(number: number, canvas: HTMLCanvasElement, width: number, signal: AbortSignal): Promise<number> {
    const page = await this.document.getPage(number);
    const natural = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: width / natural.width });
    if (signal.aborted) return natural.height / natural.width;
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    const drawing = page.render({ canvas, viewport });
    const stop = (): void => drawing.cancel();
    signal.addEventListener("abort", stop, { once: true });
    try {
      await drawing.promise;
    } finally {
      signal.removeEventListener("abort", stop);
      page.cleanup();
    }
    return natural.height / natural.width;
  }

  async close(): Promise<void> {
    await this.document.loadingTask.destroy();
  }
}

export class PdfLocked extends Error {
  override readonly name = "PdfLocked";
}
