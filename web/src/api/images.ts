// Bundles, frames and thumbnails: what the viewport loads.
import type { Caller } from "./caller";
import type { Bundle } from "./generated";
import { overTheLine } from "./problem";
import { keyQuery, type SeriesUid, type SopUid, type StudyName, type StudyUid } from "./uids";

/** One frame as stored: still encoded, with the transfer syntax that says how. */
export interface EncodedFrame {
  readonly transferSyntax: string;
  /** Length in bytes as announced, or null. */
  readonly length: number | null;
  /** Still on their way: how long they take tells of the line, how long the answer began to come tells of the server. */
  readonly arriving: Promise<ArrayBuffer>;
}

/** What an object carries whole: a document or a video. */
export interface EnclosedName {
  readonly sop: SopUid;
  /** Of the object, as its bundle says. */
  readonly digest: string;
}

/** One frame of one object. */
export interface FrameName {
  readonly sop: SopUid;
  /** Of the object, as its bundle says. */
  readonly digest: string;
  /** From 1, as in the standard. */
  readonly number: number;
  /** Losslessly compressed on its way, where it is stored uncompressed: for a slow line. */
  readonly light: boolean;
}

const ENCLOSED = "GET /api/v1/studies/{study}/series/{series}/instances/{sop}/enclosed";

const mediaTypeOf = (response: Response): string =>
  (response.headers.get("content-type") ?? "").split(";")[0]?.trim() || "application/octet-stream";

export class ImageClient {
  constructor(private readonly caller: Caller) {}

  /** Header part of every instance of the series, without pixel data. */
  async bundle(study: StudyName, series: SeriesUid, signal: AbortSignal): Promise<Bundle> {
    return await this.caller.call(
      "GET /api/v1/studies/{study}/series/{series}/bundle",
      { path: { study: study.uid, series }, query: keyQuery(study) },
      signal,
    );
  }

  /** Throws a `Problem` of which `imagesChanged` holds once another object stands in the place of the wanted one. */
  async frame(study: StudyUid, series: SeriesUid, wanted: FrameName, signal: AbortSignal): Promise<EncodedFrame> {
    const { sop, digest, number, light } = wanted;
    const path = { study, series, sop, n: String(number) };
    const operation = "GET /api/v1/studies/{study}/series/{series}/instances/{sop}/frames/{n}";
    const response = await this.caller.call(
      operation,
      { path, query: light ? { digest, light: "yes" } : { digest } },
      signal,
    );
    const announced = response.headers.get("content-length");
    return {
      transferSyntax: response.headers.get("x-kontor-transfer-syntax") ?? "",
      length: announced === null ? null : Number(announced),
      arriving: overTheLine(response.arrayBuffer(), signal),
    };
  }

  /** The frame drawn by the server (PS3.18 8.3.4), for what the browser cannot decode. */
  async rendered(study: StudyUid, series: SeriesUid, sop: SopUid, number: number, signal: AbortSignal): Promise<Blob> {
    const path = `/dicom-web/studies/${study}/series/${series}/instances/${sop}/frames/${number}/rendered`;
    return await this.caller.picture(path, "image/png", signal);
  }

  /** All elements of an object as DICOM JSON, long values by address (PS3.18 10.4.1.1.2); `null` where it is not told. */
  async header(study: StudyUid, series: SeriesUid, sop: SopUid, signal: AbortSignal): Promise<unknown> {
    const text = await (await this.object(study, series, sop, "/metadata", "application/dicom+json", signal)).text();
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found[0] : null;
  }

  /** One long value; `path` as in its header: `54000100/1/54001010` (PS3.18 10.4.1.1.5). */
  async value(
    study: StudyUid,
    series: SeriesUid,
    sop: SopUid,
    path: string,
    signal: AbortSignal,
  ): Promise<ArrayBuffer> {
    const found = await this.object(study, series, sop, `/bulkdata/${path}`, "application/octet-stream", signal);
    return await found.arrayBuffer();
  }

  /** The object as a file (PS3.10), its bytes as they came. */
  async file(study: StudyUid, series: SeriesUid, sop: SopUid, signal: AbortSignal): Promise<Blob> {
    return await this.object(study, series, sop, "", "application/dicom; transfer-syntax=*", signal);
  }

  /** A document within an object, and what its bytes say that it is. */
  async enclosed(
    study: StudyUid,
    series: SeriesUid,
    wanted: EnclosedName,
    signal: AbortSignal,
  ): Promise<{ readonly mediaType: string; readonly bytes: ArrayBuffer }> {
    const response = await this.openEnclosed(study, series, wanted, signal);
    return { mediaType: mediaTypeOf(response), bytes: await overTheLine(response.arrayBuffer(), signal) };
  }

  /** What a document or video says by its bytes that it is; nothing more of it is loaded. */
  async enclosedType(study: StudyUid, series: SeriesUid, wanted: EnclosedName, signal: AbortSignal): Promise<string> {
    const response = await this.openEnclosed(study, series, wanted, signal);
    await response.body?.cancel();
    return mediaTypeOf(response);
  }

  /** Address of the same, for a video element and for saving: the session's cookie goes along. */
  enclosedAddress(study: StudyUid, series: SeriesUid, { sop, digest }: EnclosedName): string {
    return this.caller.address(ENCLOSED, { path: { study, series, sop }, query: { digest } });
  }

  private async openEnclosed(
    study: StudyUid,
    series: SeriesUid,
    { sop, digest }: EnclosedName,
    signal: AbortSignal,
  ): Promise<Response> {
    return await this.caller.call(ENCLOSED, { path: { study, series, sop }, query: { digest } }, signal);
  }

  private async object(
    study: StudyUid,
    series: SeriesUid,
    sop: SopUid,
    rest: string,
    mediaType: string,
    signal: AbortSignal,
  ): Promise<Blob> {
    const path = `/dicom-web/studies/${study}/series/${series}/instances/${sop}${rest}`;
    return await this.caller.picture(path, mediaType, signal);
  }

  /** Address of the series' small picture, for an image element: the session's cookie goes along. */
  thumbnailAddress(study: StudyName, series: SeriesUid): string {
    return this.caller.address("GET /api/v1/studies/{study}/series/{series}/thumbnail", {
      path: { study: study.uid, series },
      query: keyQuery(study),
    });
  }
}
