// What is drawn of a frame: its picture with its shading, colours of a supplemental palette, and what lies above.
import {
  type ActiveVoi,
  type AppliedState,
  type Cover,
  coverOf,
  type Frame,
  planesOn,
  type Shading,
  shutterOn,
  supplementalPalette,
  supplementedRgba,
} from "../../display";
import type { Picture } from "../decode/picture";
import type { Drawing } from "./drawing";
import type { Look } from "./pane-state";
import { ShadingMemo } from "./shading-memo";

type Wanted = Pick<Look, "inverted" | "overlays" | "shutter">;

interface CoverMemo {
  readonly of: Picture;
  readonly key: string;
  readonly applied: AppliedState | null;
  readonly cover: Cover | null;
}

/** One for each pane: keeps what the last drawing was made of, so that zooming and panning make nothing anew. */
export class Composer {
  private readonly shadings = new ShadingMemo();
  private cover: CoverMemo | null = null;
  private coloured: { readonly of: Picture; readonly shading: Shading; readonly picture: Picture } | null = null;

  /** `voi` is `null` for colour; `applied` is what a presentation state has made the frame of. */
  compose(
    frame: Frame,
    picture: Picture,
    voi: ActiveVoi | null,
    wanted: Wanted,
    applied: AppliedState | null,
  ): Pick<Drawing, "picture" | "shading" | "cover"> {
    const { transform, padding, layout } = frame;
    const inverted = frame.inverted !== wanted.inverted;
    const presentation = applied?.presentationLut ?? null;
    const pipeline = voi === null ? null : { transform, padding, voi: voi.voi, presentation, inverted };
    const shading = pipeline === null ? null : this.shadings.of(pipeline, layout);
    const cover = this.coverOf(frame, picture, wanted, applied);
    return { ...this.withSupplement(frame, picture, shading), cover };
  }

  /** The server has drawn shutters and overlays into its pictures. */
  private coverOf(
    frame: Frame,
    picture: Picture,
    { overlays, shutter }: Wanted,
    applied: AppliedState | null,
  ): Cover | null {
    if (picture.kind === "colour" && picture.fromServer !== null) return null;
    const key = `${frame.key} ${overlays} ${shutter}`;
    const known = this.cover;
    if (known?.of === picture && known.key === key && known.applied === applied) return known.cover;
    const planes = overlays ? planesOn(frame, applied, picture.overlayBytes) : [];
    const cover = coverOf(picture, planes, shutter ? shutterOn(frame, applied) : null);
    this.cover = { of: picture, key, applied, cover };
    return cover;
  }

  /** Like every colour, that of a supplemental palette is made before anything is interpolated. */
  private withSupplement(
    frame: Frame,
    picture: Picture,
    shading: Shading | null,
  ): Pick<Drawing, "picture" | "shading"> {
    const palette = shading === null ? null : supplementalPalette(frame.instance.dataset);
    if (picture.kind === "colour" || shading === null || palette === null) return { picture, shading };
    if (this.coloured?.of !== picture || this.coloured.shading !== shading) {
      const rgba = supplementedRgba(picture.values, shading, palette);
      const { rows, columns } = picture;
      this.coloured = { of: picture, shading, picture: { kind: "colour", rows, columns, rgba, fromServer: null } };
    }
    return { picture: this.coloured.picture, shading: null };
  }
}
