// What is drawn of a frame: its picture with its shading, colours of a supplemental palette, and what lies above.
import {
  type ActiveVoi,
  type Cover,
  coverOf,
  type Frame,
  overlayPlanes,
  readShutter,
  type Shading,
  supplementalPalette,
  supplementedRgba,
} from "../../display";
import type { Picture } from "../decode/picture";
import type { Drawing } from "./drawing";
import type { SetState } from "./pane-state";
import { ShadingMemo } from "./shading-memo";

type Wanted = Pick<SetState, "inverted" | "overlays" | "shutter">;

/** One for each pane: keeps what the last drawing was made of, so that zooming and panning make nothing anew. */
export class Composer {
  private readonly shadings = new ShadingMemo();
  private cover: { readonly of: Picture; readonly key: string; readonly cover: Cover | null } | null = null;
  private coloured: { readonly of: Picture; readonly shading: Shading; readonly picture: Picture } | null = null;

  /** `voi` is `null` for colour. */
  compose(
    frame: Frame,
    picture: Picture,
    voi: ActiveVoi | null,
    wanted: Wanted,
  ): Pick<Drawing, "picture" | "shading" | "cover"> {
    const { transform, padding, layout } = frame;
    const inverted = frame.inverted !== wanted.inverted;
    const shading = voi === null ? null : this.shadings.of({ transform, padding, voi: voi.voi, inverted }, layout);
    const cover = this.coverOf(frame, picture, wanted);
    return { ...this.withSupplement(frame, picture, shading), cover };
  }

  /** The server has drawn shutters and overlays into its pictures. */
  private coverOf(frame: Frame, picture: Picture, { overlays, shutter }: Wanted): Cover | null {
    if (picture.kind === "colour" && picture.fromServer !== null) return null;
    const key = `${frame.key} ${overlays} ${shutter}`;
    if (this.cover?.of === picture && this.cover.key === key) return this.cover.cover;
    const { dataset } = frame.instance;
    const planes = overlays ? overlayPlanes(dataset, frame.number - 1, frame.layout, picture.overlayBytes) : [];
    const cover = coverOf(picture, planes, shutter ? readShutter(frame.groups, frame.aspect) : null);
    this.cover = { of: picture, key, cover };
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
