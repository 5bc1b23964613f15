// The way to the next case of the list the reader came from, and who it is, large, before any image (clinical.md 10.2.12).
import { useEffect, useRef, useState } from "react";
import { type StudyName, type StudyRow, sameStudy, studyName } from "../api";
import { personName, type Translate, useWords, type WordKey } from "../locale";
import {
  type Command,
  caseBeside,
  caseListOf,
  Keys,
  keepCaseList,
  SKIP_REASONS,
  type SkippedCase,
  type SkipReason,
  useCommands,
  useSurroundings,
} from "../shell";
import { Button } from "../ui";
import type { OtherWindows } from "./companions";
import { goesAlong, isSecondWindow } from "./second-window";

/** For so long the name stands alone; any key or press takes it away. */
export const ANNOUNCED_MS = 1500;

export interface CaseSteps {
  /** Whether the way is offered to the mouse. */
  readonly possible: boolean;
  readonly busy: boolean;
  /** Who was gone to last, while it is announced. */
  readonly announced: StudyRow | null;
  readonly dismiss: () => void;
  readonly by: (step: 1 | -1) => void;
}

/**
 * From `study` on. `taking`: whether the reader reads this case, and so takes the next one too; who only looks goes on looking. A
 * second window that goes along with one of the `others` has no way of its own.
 */
export function useCaseSteps(study: StudyName, taking: () => boolean, others: OtherWindows): CaseSteps {
  const { client, navigator, toast } = useSurroundings();
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [announced, setAnnounced] = useState<StudyRow | null>(null);
  const leaving = useRef<AbortController | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step from a study ends with it
  useEffect(() => () => leaving.current?.abort(), [study]);
  useEffect(() => {
    if (announced === null) return;
    const timer = setTimeout(() => setAnnounced(null), ANNOUNCED_MS);
    return () => clearTimeout(timer);
  }, [announced]);
  const go = async (step: 1 | -1): Promise<void> => {
    const list = caseListOf(study);
    if (list === null) return;
    const abort = new AbortController();
    leaving.current = abort;
    const found = await caseBeside(client, list, { by: step, taking: taking() }, abort.signal);
    if (abort.signal.aborted) return;
    if (found === null) {
      toast({ tone: "warn", text: t(step > 0 ? "cases.last" : "cases.first"), of: study });
      return;
    }
    keepCaseList(found.list);
    setAnnounced(found.row);
    if (found.skipped.length > 0) toast({ text: skippedText(found.skipped, t) });
    // In place of the case before: Back leads to the list, not through the cases.
    navigator.go({ page: "reading", study: found.row.study_instance_uid, studyKey: found.row.study_key }, "replace");
  };
  // What is tried again asks anew whether the case is read by now.
  const latest = useRef<(step: 1 | -1) => void>(() => undefined);
  const by = (step: 1 | -1): void => {
    if (busy) return;
    setBusy(true);
    void go(step)
      .catch(() =>
        toast({
          tone: "bad",
          text: t("cases.failed"),
          act: { label: t("state.retryNow"), run: () => latest.current(step) },
          of: study,
        }),
      )
      .finally(() => setBusy(false));
  };
  latest.current = by;
  const isListed = caseListOf(study) !== null;
  const whyNot = (): WordKey | null => {
    if (goesAlong(window, others.current, study)) return "cases.why.second";
    return isListed ? null : "cases.why.noList";
  };
  useCommands(caseCommands(whyNot, by));
  const isHere = announced !== null && sameStudy(studyName(announced), study);
  return {
    possible: isListed && !isSecondWindow(window),
    busy,
    announced: isHere ? announced : null,
    dismiss: () => setAnnounced(null),
    by,
  };
}

/** Who was passed over and why; of several how many, and of each reason how many where they differ. */
export function skippedText(skipped: readonly SkippedCase[], t: Translate): string {
  const of = (reason: SkipReason): number => skipped.filter((one) => one.reason === reason).length;
  const why = SKIP_REASONS.filter((reason) => of(reason) > 0);
  const [only] = skipped;
  if (only !== undefined && skipped.length === 1)
    return t("cases.skippedOne", {
      name: personName(only.row.patient.name) || t("worklist.noName"),
      reason: t(`cases.reason.${only.reason}`, { n: 1 }),
    });
  const reasons = why.map((reason) => {
    const n = of(reason);
    return t(why.length === 1 ? `cases.reason.${reason}` : `cases.skipped.${reason}`, { n });
  });
  return t("cases.skipped", { n: skipped.length, reasons: reasons.join(", ") });
}

function caseCommands(unavailable: () => WordKey | null, by: (step: 1 | -1) => void): readonly Command[] {
  const group = "reading.title" as const;
  return [
    { id: "reading.nextCase", label: "cases.next", group, keys: ["n"], unavailable, run: () => by(1) },
    { id: "reading.previousCase", label: "cases.previous", group, keys: ["Shift+n"], unavailable, run: () => by(-1) },
  ];
}

export function NextCaseButton({ steps }: { readonly steps: CaseSteps }) {
  const { t } = useWords();
  if (!steps.possible) return null;
  return (
    <Button disabled={steps.busy} onClick={() => steps.by(1)}>
      {t("cases.nextShort")} <Keys of="n" />
    </Button>
  );
}

/** Over the images until the reader has seen whose they are. */
export function CaseAnnouncement({ steps }: { readonly steps: CaseSteps }) {
  const { t, formats } = useWords();
  const { announced, dismiss } = steps;
  useEffect(() => {
    if (announced === null) return;
    document.addEventListener("keydown", dismiss);
    return () => document.removeEventListener("keydown", dismiss);
  }, [announced, dismiss]);
  if (announced === null) return null;
  const { patient, study_date } = announced;
  const age = formats.age(patient.birth_date, study_date);
  const born = patient.birth_date === "" ? "" : formats.date(patient.birth_date);
  const who = [formats.sex(patient.sex), age === "" ? born : `${born} (${age})`, patient.patient_id];
  const what = [announced.modalities.join(" "), announced.description, formats.date(study_date)];
  return (
    // Keys take it away too; it holds nothing to be reached.
    <div className="case-announcement" role="status" onPointerDown={dismiss}>
      <b>{personName(patient.name) || t("worklist.noName")}</b>
      <span>{who.filter((part) => part !== "").join(" · ")}</span>
      <strong>{what.filter((part) => part !== "").join(" · ")}</strong>
    </div>
  );
}
