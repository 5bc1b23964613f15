// Taking a study for reading from the list. Somebody else may hold it: then they are named, and the reader decides.
import { useCallback, useEffect, useRef, useState } from "react";
import { type Claim, holderOf, type StudyRow, sameStudy, studyName } from "../api";
import { personName, useWords } from "../locale";
import { Failure, isReading, Keys, useSurroundings } from "../shell";
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
  /** Which study could not be taken and why: `null` after one that could, and once the reader moves on from there. */
  readonly failure: { readonly row: StudyRow; readonly error: unknown } | null;
}

/** That a study opens when its answer comes; one study may be wished for twice. */
interface Wish {
  readonly row: StudyRow;
}

/**
 * `open` shows the images; it is called only for the study that was meant when reading was begun. `place` says in one
 * text which list the reader sees and what is chosen in it.
 */
export function useReading(open: (row: StudyRow) => void, place: string): Reading {
  const { client, navigator } = useSurroundings();
  const [held, setHeld] = useState<Held | null>(null);
  const [failure, setFailure] = useState<Reading["failure"]>(null);
  const [seenAt, setSeenAt] = useState(place);
  if (seenAt !== place) {
    setSeenAt(place);
    setFailure(null);
  }
  const wish = useRef<Wish | null>(null);
  const wishNothing = useCallback((): void => {
    wish.current = null;
  }, []);
  useEffect(() => wishNothing, [wishNothing]);
  const take = async (row: StudyRow, over: boolean): Promise<void> => {
    const study = studyName(row);
    if (wish.current !== null && sameStudy(studyName(wish.current.row), study)) return; // asked already
    const mine: Wish = { row };
    wish.current = mine;
    setFailure(null);
    const taking = client.claims.take(study, over);
    try {
      await taking.answer;
      if (wish.current === mine) {
        wishNothing();
        setHeld(null);
        open(row);
        return;
      }
    } catch (error) {
      if (wish.current === mine) {
        wishNothing();
        const holder = holderOf(error);
        setHeld(holder === null ? null : { row, holder });
        if (holder === null) setFailure({ row, error });
      }
    }
    // The reader went elsewhere meanwhile: what they see now is not exchanged for another patient.
    await taking.giveBack(() => isReading(navigator.place(), study));
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

export function ReadingRefused({ reading }: { readonly reading: Reading }) {
  const { failure, held } = reading;
  return (
    <>
      {failure === null ? null : <TakingFailed row={failure.row} error={failure.error} onRead={reading.begin} />}
      {held === null ? null : <HeldDialog held={held} reading={reading} />}
    </>
  );
}

interface TakingFailedProps {
  readonly row: StudyRow;
  readonly error: unknown;
  readonly onRead: (row: StudyRow) => void;
}

/** Nothing is taken by itself. A failed taking over is begun anew as well: somebody else may hold the study by now. */
function TakingFailed({ row, error, onRead }: TakingFailedProps) {
  const { t, formats } = useWords();
  const name = personName(row.patient.name) || t("worklist.noName");
  const study = [name, row.modalities.join(" "), formats.date(row.study_date)]
    .filter((part) => part !== "")
    .join(" · ");
  return <Failure error={error} act={{ label: t("claims.readStudy", { study }), run: () => onRead(row) }} />;
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
