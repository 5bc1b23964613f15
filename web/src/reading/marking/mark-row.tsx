// One measurement of the list: its name, its value with basis, its image.
import { useState } from "react";
import { Tags, textOf } from "../../display";
import { useWords, type Words } from "../../locale";
import { type Mark, measure } from "../../tools";
import { Icon, type IconName, TextField } from "../../ui";
import type { Desk, DeskView } from "../desk";
import { basisText, chiefText } from "./figure-text";
import { type FoundImage, findImage } from "./found-image";
import type { Marking } from "./marking";

interface RowProps {
  readonly mark: Mark;
  readonly chosen: boolean;
  /** Why the server will not keep it. */
  readonly refusal: string | null;
  readonly renaming: boolean;
  readonly onRename: (on: boolean) => void;
  readonly marking: Marking;
  readonly desk: Desk;
  readonly view: DeskView;
}

const ICONS: Readonly<Record<Mark["kind"], IconName>> = {
  length: "length",
  angle: "angle",
  ellipse: "ellipse",
  probe: "probe",
  arrow: "arrow",
  calibration: "calibration",
};

export function MarkRow({ mark, chosen, refusal, renaming, onRename, marking, desk, view }: RowProps) {
  const words = useWords();
  const { t } = words;
  const image = findImage(view.loaded, mark);
  const name = mark.text === "" ? t(`marks.kind.${mark.kind}`) : mark.text;
  const { value, basis } = said(mark, image, marking, words);
  const goTo = async (): Promise<void> => {
    marking.slate.select(mark.id);
    if (image === null) return;
    await desk.open(image.series, image.set);
    desk.scrollTo(image.index);
  };
  return (
    <li className={chosen ? "marks-row is-on" : "marks-row"}>
      <button type="button" aria-current={chosen || undefined} onClick={() => void goTo()}>
        <Icon name={ICONS[mark.kind]} size="s" />
        <span className="cut">{name}</span>
        <b>{value}</b>
        <span className="marks-where">
          {[placeText(image, words), basis].filter((part) => part !== "").join(" · ")}
        </span>
      </button>
      <span className="marks-acts">
        <button
          type="button"
          aria-label={`${t("marks.list.rename")}: ${name}`}
          title={t("marks.list.rename")}
          onClick={() => onRename(!renaming)}
        >
          <Icon name="pen" size="s" />
        </button>
        <button
          type="button"
          aria-label={`${t("marks.list.remove")}: ${name}`}
          title={t("marks.list.remove")}
          onClick={() => marking.slate.remove(mark.id)}
        >
          <Icon name="close" size="s" />
        </button>
      </span>
      {renaming ? <Rename mark={mark} marking={marking} onDone={() => onRename(false)} /> : null}
      {refusal === null ? null : <p className="marks-note warn">{t("marks.refused", { reason: refusal })}</p>}
    </li>
  );
}

interface RenameProps {
  readonly mark: Mark;
  readonly marking: Marking;
  readonly onDone: () => void;
}

function Rename({ mark, marking, onDone }: RenameProps) {
  const { t } = useWords();
  const [text, setText] = useState(mark.text);
  const keep = (): void => {
    marking.slate.keep({ ...mark, text: text.trim() });
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <TextField label={t("marks.list.name")} value={text} maxLength={200} autoFocus onText={setText} onBlur={keep} />
    </form>
  );
}

/** As painted last; else from the header, which is enough for all but pixel values. */
function said(mark: Mark, image: FoundImage | null, { readings, slate }: Marking, words: Words) {
  if (image === null) return { value: "", basis: "" };
  const calibration = slate.calibrationOf(image.frame);
  const measured = readings.last(mark, calibration) ?? measure(mark, { frame: image.frame, values: null, calibration });
  return { value: chiefText(measured, words), basis: mark.kind === "calibration" ? "" : basisText(measured, words) };
}

function placeText(image: FoundImage | null, { t }: Words): string {
  if (image === null) return t("marks.list.elsewhere");
  const series = textOf(image.frame.instance.dataset, Tags.SeriesNumber) ?? "–";
  return t("marks.list.image", { series, image: String(image.index + 1) });
}
