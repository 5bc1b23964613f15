// Runs the C decoders that come as WebAssembly: JPEG, JPEG-LS, JPEG 2000, HTJ2K, JPEG XL share one calling form.
import type { PixelLayout } from "../../display";
import { type DecodedSamples, Undecodable } from "./picture";

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  /** Told by every codec; only JPEG 2000 and HTJ2K streams know it. */
  readonly isSigned?: boolean;
}

const SIGN_KNOWN: ReadonlySet<string> = new Set(["J2KDecoder", "HTJ2KDecoder"]);

export interface CodecDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  getDecodedBuffer(): Uint8Array;
  /** JPEG-LS only: 0 means plane after plane. */
  getInterleaveMode?(): number;
  delete(): void;
}

export type CodecModule = Readonly<Record<string, new () => CodecDecoder>>;
export type CodecFactory = (options: {
  readonly wasmBinary: ArrayBuffer;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
}) => Promise<CodecModule>;

/** Starts the codec on first use; one that failed to start is started again for the next frame. */
export function codecOnDemand(factory: CodecFactory, wasmAddress: string): () => Promise<CodecModule> {
  let started: Promise<CodecModule> | null = null;
  return () => {
    started ??= loading(startCodec(factory, wasmAddress)).catch((error: unknown) => {
      started = null;
      throw error;
    });
    return started;
  };
}

/** Rejects with `Undecodable`: what did not arrive says nothing about the frame. */
export async function loading<T>(arriving: Promise<T>): Promise<T> {
  try {
    return await arriving;
  } catch (error) {
    throw new Undecodable("codec-not-loaded", error instanceof Error ? error.message : String(error));
  }
}

/** The module is fetched as bytes, so that the page's own address is the only place it can come from. */
async function startCodec(factory: CodecFactory, wasmAddress: string): Promise<CodecModule> {
  const response = await fetch(wasmAddress);
  if (!response.ok) throw new Error(`codec not delivered: ${response.status}`);
  return factory({ wasmBinary: await response.arrayBuffer(), print: ignore, printErr: ignore });
}

/** The codecs' own talk; what matters comes as an exception or as an empty frame. */
function ignore(): void {}

export function decodeWith(
  module: CodecModule,
  decoderName: string,
  bytes: Uint8Array,
  layout: PixelLayout,
): DecodedSamples {
  const Decoder = module[decoderName];
  if (Decoder === undefined) throw new Undecodable("codec-not-loaded", `codec has no ${decoderName}`);
  const decoder = new Decoder();
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    run(decoder);
    const info = decoder.getFrameInfo();
    requireShape(info, layout);
    return {
      words: copyWords(decoder.getDecodedBuffer(), info),
      samples: info.componentCount,
      planar: info.componentCount > 1 && decoder.getInterleaveMode?.() === 0,
      isSigned: SIGN_KNOWN.has(decoderName) ? info.isSigned === true : null,
      isRgb: false,
    };
  } finally {
    decoder.delete();
  }
}

/** C++ exceptions arrive as bare numbers or foreign objects; all of them mean the stream is bad. */
function run(decoder: CodecDecoder): void {
  try {
    decoder.decode();
  } catch (error) {
    throw new Undecodable("corrupt", error instanceof Error ? error.message : "the codec refused the stream");
  }
}

function requireShape(info: FrameInfo, layout: PixelLayout): void {
  if (info.width === layout.columns && info.height === layout.rows && info.componentCount === layout.samples) return;
  if (info.width === 0 || info.height === 0) throw new Undecodable("corrupt", "the codec found no picture");
  const found = `${info.width}×${info.height}×${info.componentCount}`;
  throw new Undecodable(
    "size-differs",
    `stream holds ${found}, header says ${layout.columns}×${layout.rows}×${layout.samples}`,
  );
}

/** The codec's memory is used again for the next frame: its samples are copied out. */
function copyWords(decoded: Uint8Array, info: FrameInfo): Uint8Array | Uint16Array {
  const count = info.width * info.height * info.componentCount;
  const size = info.bitsPerSample > 8 ? 2 : 1;
  if (decoded.byteLength < count * size)
    throw new Undecodable("truncated", `${decoded.byteLength} of ${count * size} bytes decoded`);
  const copy = decoded.slice(0, count * size);
  return size === 1 ? copy : new Uint16Array(copy.buffer, 0, count);
}
