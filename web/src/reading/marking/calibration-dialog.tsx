// Asks for the true length of a calibration line, and again where the header speaks against it (clinical 3.1: 9).
import { useState } from "react";
import { calibrationDoubt } from "../../display";
import { useWords } from "../../locale";
import { Button, Dialog, TextField } from "../../ui";
import { lengthOf } from "./length-input";
import type { Marking, OpenCalibration } from "./marking";

interface CalibrationProps {
  readonly marking: Marking;
  readonly open: OpenCalibration;
}

export function CalibrationDialog({ marking, open }: CalibrationProps) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<"ambiguous" | "invalid" | null>(null);
  const [doubted, setDoubted] = useState<string | null>(null);
  const close = (): void => marking.closeCalibration();
  const act = (): void => {
    const typed = lengthOf(text);
    if (typed.kind !== "length") {
      setWrong(typed.kind);
      return;
    }
    const doubt = doubtOf(open, typed.millimetres);
    // A second press of the same button with the same length is the answer to the question.
    if (doubt !== null && doubted !== text) setDoubted(text);
    else marking.calibrate(typed.millimetres);
  };
  const doubt = doubted === text ? doubtOf(open, Number(text.replace(",", "."))) : null;
  return (
    <Dialog
      title={t("marks.calibrate.title")}
      onClose={close}
      onAct={act}
      width={420}
      foot={
        <>
          <Button kind="bare" onClick={close}>
            {t("marks.calibrate.cancel")}
          </Button>
          <Button kind="main" submit>
            {t(doubt === null ? "marks.calibrate.act" : "marks.calibrate.actAnyway")}
          </Button>
        </>
      }
    >
      <TextField
        label={t("marks.calibrate.length")}
        note={t("marks.calibrate.note")}
        error={wrong === null ? null : t(`marks.calibrate.${wrong}`)}
        value={text}
        inputMode="decimal"
        autoFocus
        onText={(typed) => {
          setText(typed);
          setWrong(null);
        }}
      />
      {doubt === null ? null : (
        <p className="warn" role="alert">
          {t(`marks.calibrate.${doubt}`)}
        </p>
      )}
    </Dialog>
  );
}

function doubtOf({ mark, geometry }: OpenCalibration, millimetres: number) {
  const [from, to] = mark.points;
  if (from === undefined || to === undefined) return null;
  return calibrationDoubt(geometry.frame, { from, to, millimetres, by: "", at: mark.changedAt });
}
