// Taking a study for reading from the list. Somebody else may hold it: then they are named, and the reader decides.
import { useCallback, useEffect, useRef, useState } from "react";
import { type Claim, holderOf, type StudyName, type StudyRow, sameStudy, studyName } from "../api";
import { personName, useWords } from "../locale";
import { Failure, Keys, type Place, useSurroundings } from "../shell";
import { Button, Dialog } from "../ui";

interface Held {
  readonly row: StudyRow;
  readonly holder: Claim;
}

export interface Reading {
  /** Takes the study and opens it. */
  readonly begin: (row: StudyRow) => void;
  readonly held: Held | null;
  readonly takeOver: () => void;
  readonly look: () => void;
  readonly leave: () => void;
  /** Why taking failed, `null` after one that did not. */
  readonly failure: { readonly error: unknown; readonly again: () => void } | null;
}

/** `open` shows the images; it is called only for the study that was meant when reading was begun. */
export function useReading(open: (row: StudyRow) => void): Reading {
  const { client, navigator } = useSurroundings();
  const [held, setHeld] = useState<Held | null>(null);
  const [failure, setFailure] = useState<Reading["failure"]>(null);
  /** The study that is to open when its answer comes; another wish, or none any more, and it does not open. */
  const wish = useRef<StudyRow | null>(null);
  const isWish = (row: StudyRow): boolean =>
    wish.current !== null && sameStudy(studyName(wish.current), studyName(row));
  const wishNothing = useCallback((): void => {
    wish.current = null;
  }, []);
  useEffect(() => wishNothing, [wishNothing]);
  const take = async (row: StudyRow, over: boolean): Promise<void> => {
    if (isWish(row)) return; // asked already
    wish.current = row;
    setFailure(null);
    const study = studyName(row);
    try {
      const answer = client.claims.take(study, over, AbortSignal.timeout(15_000));
      const turn = client.claims.turn(study);
      await answer;
      if (isWish(row)) {
        wishNothing();
        setHeld(null);
        open(row);
        return;
      }
      // The reader went elsewhere meanwhile: what they see now is not exchanged for another patient. What was theirs
      // before, what they asked for again since and what they read now stays theirs.
      const isTheirs =
        row.claim?.own === true || client.claims.turn(study) !== turn || isRead(navigator.place(), study);
      if (!isTheirs) await client.claims.release(study, AbortSignal.timeout(15_000));
    } catch (error) {
      if (!isWish(row)) return;
      wishNothing();
      const holder = holderOf(error);
      setHeld(holder === null ? null : { row, holder });
      if (holder === null) setFailure({ error, again: () => void take(row, over) });
    }
  };
  return {
    begin: (row) => void take(row, false),
    held,
    takeOver: () => held !== null && void take(held.row, true),
    look: () => {
      wishNothing();
      setHeld(null);
      if (held !== null) open(held.row);
    },
    leave: () => {
      wishNothing();
      setHeld(null);
    },
    failure,
  };
}

const isRead = (place: Place, { uid, key }: StudyName): boolean =>
  place.page === "reading" && place.study === uid && place.studyKey === key;

export function ReadingRefused({ reading }: { readonly reading: Reading }) {
  const { failure, held } = reading;
  return (
    <>
      {failure === null ? null : <Failure error={failure.error} retry={failure.again} />}
      {held === null ? null : <HeldDialog held={held} reading={reading} />}
    </>
  );
}

function HeldDialog({ held: { row, holder }, reading }: { readonly held: Held; readonly reading: Reading }) {
  const { t, formats } = useWords();
  const { patient } = row;
  const born = patient.birth_date === "" ? "" : formats.date(patient.birth_date);
  const who = [personName(patient.name) || t("worklist.noName"), formats.sex(patient.sex), born, patient.patient_id];
  const what = [row.modalities.join(" "), row.description, formats.date(row.study_date)];
  const foot = (
    <>
      <span className="dim grow">{t("claims.recorded")}</span>
      <Button onClick={reading.leave}>
        {t("act.cancel")} <Keys of="Escape" />
      </Button>
      <Button autoFocus onClick={reading.look}>
        {t("claims.look")}
      </Button>
      <Button kind="main" onClick={reading.takeOver}>
        {t("claims.takeOver")} <Keys of="Ctrl+Enter" />
      </Button>
    </>
  );
  return (
    <Dialog title={t("claims.heldTitle")} foot={foot} width={560} onClose={reading.leave} onAct={reading.takeOver}>
      <p className="strong">{who.filter((part) => part !== "").join(" · ")}</p>
      <p className="soft">{what.filter((part) => part !== "").join(" · ")}</p>
      <p>{t("claims.held", { name: holder.name, time: formats.moment(holder.since, new Date()) })}</p>
      <p className="soft">{t("claims.heldText", { name: holder.name })}</p>
    </Dialog>
  );
}
