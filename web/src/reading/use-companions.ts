// Joins the desk of this window with those of the others: lines, linked scrolling and switches go along; another patient is known.
import { useEffect, useMemo, useState } from "react";
import type { StudyRow } from "../api";
import { personName, useWords } from "../locale";
import { useSurroundings } from "../shell";
import { type Companion, Companions, isSameStudy, type OpenStudy, type OtherWindows } from "./companions";
import type { Desk } from "./desk";
import { paneCount } from "./layouts";
import { isSecondWindow, leadingWindow, untilWindowGone, windowId } from "./second-window";

const CHANNEL = "kontor.reading";

/** The other windows that show images now, of whichever study; `others` is told them too. */
export function useCompanions(desk: Desk, study: StudyRow, others: OtherWindows): readonly Companion[] {
  const [companions, setCompanions] = useState<readonly Companion[]>([]);
  const { toast, navigator } = useSurroundings();
  const { t } = useWords();
  const open = useOpenStudy(study);
  useEffect(() => {
    const second = isSecondWindow(window);
    others.current = [];
    const joined = new Companions(open, {
      channel: new BroadcastChannel(CHANNEL),
      id: windowId(window),
      second,
      untilGone: (other, signal) => untilWindowGone(window, other, signal),
      onChange(known) {
        others.current = known;
        setCompanions(known);
        const first = second ? leadingWindow(known, open) : null;
        // The second window shows what the first one opens.
        if (first !== null && !isSameStudy(first, open))
          navigator.go({ page: "reading", study: first.study, studyKey: first.studyKey }, "replace");
      },
      onClosed: (other) => {
        if (isSameStudy(other, open) && (second || other.second)) toast({ text: t("reading.window.closed") });
      },
      onTogether: ({ linked, localiser }) => takeSwitches(desk, linked, localiser),
      onFocus: (focus) => desk.follow(focus),
    });
    const stop = tellDesk(desk, joined);
    const close = (): void => joined.leave(true);
    window.addEventListener("pagehide", close);
    return () => {
      window.removeEventListener("pagehide", close);
      stop();
      joined.leave(false);
      setCompanions([]);
    };
  }, [desk, open, others, navigator, toast, t]);
  return companions;
}

/**
 * Issuer and number. Of a patient without number, or whose number clashes with another person's, the study: two of those are
 * never taken for one person.
 */
export function patientKey({ study_instance_uid: study, study_key: key, identity, patient }: StudyRow): string {
  const { issuer, patient_id: number } = patient;
  return number === "" || identity === "unresolved" ? `study ${study} ${key}` : `number ${issuer}\u0000${number}`;
}

/** The same object while nothing of it changes: news of the study do not make the windows part. */
function useOpenStudy(row: StudyRow): OpenStudy {
  const { study_instance_uid: study, study_key: studyKey } = row;
  const patient = patientKey(row);
  const name = personName(row.patient.name);
  return useMemo(() => ({ study, studyKey, patient, name }), [study, studyKey, patient, name]);
}

function takeSwitches(desk: Desk, linked: boolean, localiser: boolean): void {
  const now = desk.snapshot();
  if (now.linked !== linked) desk.link(linked);
  if (now.localiser !== localiser) desk.showLines(localiser);
}

/** Tells the others of each move and of each switch, once. */
function tellDesk(desk: Desk, companions: Companions): () => void {
  let told = "";
  const tell = (): void => {
    const { linked, localiser, places, layout } = desk.snapshot();
    const hung = places.slice(0, paneCount(layout)).flatMap(({ series }) => (series === null ? [] : [series]));
    const text = JSON.stringify([linked, localiser, hung]);
    if (text === told) return;
    told = text;
    companions.tellTogether({ linked, localiser, hung });
  };
  tell();
  const stops = [
    desk.subscribe(tell),
    desk.onFocus((focus) => {
      if (focus !== null) companions.tellFocus(focus);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
