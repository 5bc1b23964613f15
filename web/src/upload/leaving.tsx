// Leaving while files are under way: the browser asks before it closes, the page before it goes elsewhere.
import { useEffect, useState } from "react";
import { useWords } from "../locale";
import { Keys, useSurroundings } from "../shell";
import { Button, Dialog } from "../ui";
import type { Progress } from "./run";
import { settledOf } from "./tally";

export interface Leaving {
  /** Goes on to where the reader wanted, or null while nobody wants to leave. */
  readonly asked: (() => void) | null;
  readonly stay: () => void;
}

export function useLeaving(isUnderWay: boolean): Leaving {
  const { navigator } = useSurroundings();
  const [asked, setAsked] = useState<(() => void) | null>(null);
  useEffect(() => {
    if (!isUnderWay) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    const free = navigator.askBeforeLeaving((leave) => setAsked(() => leave));
    return () => {
      window.removeEventListener("beforeunload", ask);
      free();
    };
  }, [isUnderWay, navigator]);
  return { asked: isUnderWay ? asked : null, stay: () => setAsked(null) };
}

interface LeaveDialogProps {
  readonly progress: Progress;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

export function LeaveDialog({ progress, onStay, onLeave }: LeaveDialogProps) {
  const { t } = useWords();
  const foot = (
    <>
      <Button kind="bad" onClick={onLeave}>
        {t("upload.leave.act")}
      </Button>
      <span className="push" />
      <Button kind="main" onClick={onStay}>
        {t("upload.leave.stay")} <Keys of="Escape" />
      </Button>
    </>
  );
  return (
    <Dialog title={t("upload.leave.title")} onClose={onStay} onAct={onStay} foot={foot}>
      <p>{t("upload.leave.text", { n: progress.found - settledOf(progress.tally) })}</p>
    </Dialog>
  );
}
