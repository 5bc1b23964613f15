// The series of the study at the left: picture, number of images, name; the display sets of the open series below it.
import { useState } from "react";
import { type SeriesRow, type StudyRow, seriesUid, studyName } from "../api";
import type { Instance } from "../display";
import { useWords } from "../locale";
import { useClient } from "../shell";
import { Icon, LinkButton, Tag } from "../ui";
import type { Desk, DeskView } from "./desk";
import { paneCount } from "./layouts";
import { AttachmentList } from "./objects/attachment-list";
import { focusActivePane } from "./pane-view";
import { presentedOn } from "./presenting/presenting";
import { putSeries } from "./series-drag";
import { holdsPixels, inStripOrder } from "./series-order";
import type { SeriesState } from "./series-shelf";
import { setNames } from "./set-names";

export interface StripProps {
  readonly study: StudyRow;
  readonly series: readonly SeriesRow[];
  readonly desk: Desk;
  readonly view: DeskView;
  readonly onPresent: (instance: Instance) => void;
  /** Series that hang in another window. */
  readonly elsewhere: ReadonlySet<string>;
}

export function Strip({ study, series, desk, view, onPresent, elsewhere }: StripProps) {
  const { t, formats } = useWords();
  return (
    <nav className="strip" aria-label={t("reading.series")}>
      <h2>
        <Tag tone="plain">{t("reading.current")}</Tag>
        <span className="cut">
          {formats.date(study.study_date)} {study.modalities.join(", ")}
        </span>
      </h2>
      <ol>
        {inStripOrder(series).map((row) => (
          <SeriesItem
            key={row.series_instance_uid}
            row={row}
            study={study}
            desk={desk}
            view={view}
            onPresent={onPresent}
            elsewhere={elsewhere}
          />
        ))}
      </ol>
    </nav>
  );
}

interface ItemProps {
  readonly row: SeriesRow;
  readonly study: StudyRow;
  readonly desk: Desk;
  readonly view: DeskView;
  readonly onPresent: (instance: Instance) => void;
  readonly elsewhere: ReadonlySet<string>;
}

/** Panes on the screen in which a series hangs, from 1. */
function placesOf(view: DeskView, series: string): readonly number[] {
  return view.places.flatMap((place, index) =>
    place.series === series && index < paneCount(view.layout) ? [index + 1] : [],
  );
}

function thumbClass(open: boolean, hung: boolean): string {
  if (open) return "thumb is-on";
  return hung ? "thumb is-hung" : "thumb";
}

function SeriesItem({ row, study, desk, view, onPresent, elsewhere }: ItemProps) {
  const { t } = useWords();
  const uid = row.series_instance_uid;
  const state = view.loaded.get(uid);
  const open = view.series === uid;
  const places = placesOf(view, uid);
  const name = [row.number, row.description || row.modality].filter((part) => part !== null && part !== "").join(" · ");
  const count = imageCount(state) ?? row.instance_count;
  return (
    <li>
      <button
        type="button"
        className={thumbClass(open, places.length > 0)}
        aria-current={open || undefined}
        title={places.length === 0 ? name : `${name}: ${t("reading.pane.hungAt", { places: places.join(", ") })}`}
        data-series={uid}
        data-places={places.join(" ")}
        draggable
        onDragStart={(event) => putSeries(event.dataTransfer, { series: uid })}
        onClick={(event) => {
          void desk.open(uid);
          // With the mouse the next key is meant for the images, with the keyboard for the strip.
          if (event.detail > 0) focusActivePane();
        }}
      >
        <Thumbnail row={row} study={study} />
        {places.length === 0 || view.layout === "1x1" ? null : (
          <span className="thumb-places" aria-hidden="true">
            {places.join("·")}
          </span>
        )}
        {elsewhere.has(uid) ? (
          <span className="thumb-elsewhere" title={t("reading.window.hungThere")}>
            <Icon name="windows" size="s" />
          </span>
        ) : null}
        <span className="thumb-n">{count}</span>
        {lossy(state) ? <span className="thumb-lossy">≈</span> : null}
        <span className="sr">{name}</span>
      </button>
      <span className="thumb-label cut" aria-hidden="true">
        {name}
      </span>
      {open || places.length > 0 ? (
        <OpenSeries row={row} state={state} desk={desk} view={view} onPresent={onPresent} />
      ) : isPresented(state, view) ? (
        <Attachments row={row} state={state} desk={desk} view={view} onPresent={onPresent} />
      ) : null}
    </li>
  );
}

function Thumbnail({ row, study }: Pick<ItemProps, "row" | "study">) {
  const client = useClient();
  const [failed, setFailed] = useState(false);
  const lost = (): void => {
    setFailed(true);
    // An image element does not say why: whoever is signed in no more is led to sign in by this answer.
    client.session.current(AbortSignal.timeout(10_000)).catch(() => undefined);
  };
  if (failed || !holdsPixels(row)) return <span className="thumb-none">{row.modality}</span>;
  const address = client.images.thumbnailAddress(studyName(study), seriesUid(row.series_instance_uid));
  return <img src={address} alt="" loading="lazy" draggable={false} onError={lost} />;
}

type OpenProps = Pick<ItemProps, "row" | "desk" | "view" | "onPresent"> & { readonly state: SeriesState | undefined };

/** Several display sets, objects without picture, images that came after the series was opened. */
function OpenSeries(props: OpenProps) {
  const { row, state, desk, view } = props;
  const words = useWords();
  const { t } = words;
  if (state?.kind !== "ready") return null;
  const { sets, attachments } = state.contents;
  const names = setNames(sets, words);
  const fresh = row.instance_count - state.instanceCount;
  return (
    <>
      {sets.length + attachments.length < 2 || sets.length === 0 ? null : (
        <ul className="strip-sets">
          {sets.map((set, index) => (
            <li key={set.id}>
              <button
                type="button"
                aria-current={set === view.set || undefined}
                draggable
                onDragStart={(event) => putSeries(event.dataTransfer, { series: row.series_instance_uid, set: index })}
                onClick={() => void desk.open(row.series_instance_uid, index)}
              >
                <span className="cut">{names[index]}</span>
                <span className="dim">{set.frames.length}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Attachments {...props} />
      {state.outdated ? (
        <LinkButton onClick={() => void desk.reload()}>{t("reading.changed.reload")}</LinkButton>
      ) : fresh <= 0 ? null : (
        <LinkButton onClick={() => void desk.open(row.series_instance_uid, undefined, true)}>
          {t("reading.newImages", { n: fresh })}
        </LinkButton>
      )}
    </>
  );
}

function Attachments({ row, state, desk, view, onPresent }: OpenProps) {
  const attachments = state?.kind === "ready" ? state.contents.attachments : [];
  if (attachments.length === 0) return null;
  return (
    <AttachmentList
      attachments={attachments}
      shown={view.object}
      presented={presentedOn(view)}
      onPresent={onPresent}
      onShow={(instance) => void desk.openObject(row.series_instance_uid, attachments.indexOf(instance))}
    />
  );
}

/** Whether a presentation state of the series lies on what is shown: its list stays, so that it can be taken off there. */
function isPresented(state: SeriesState | undefined, view: DeskView): boolean {
  if (state?.kind !== "ready") return false;
  const presented = presentedOn(view);
  return state.contents.attachments.some(({ digest }) => presented.has(digest));
}

function imageCount(state: SeriesState | undefined): number | null {
  if (state?.kind !== "ready" || state.contents.sets.length === 0) return null;
  return state.contents.sets.reduce((sum, set) => sum + set.frames.length, 0);
}

function lossy(state: SeriesState | undefined): boolean {
  return (
    state?.kind === "ready" &&
    state.contents.sets.some((set) => set.frames.some((frame) => frame.instance.lossyRatio !== null))
  );
}
