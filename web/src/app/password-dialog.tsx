// One's own password: the present one, and the new one twice.
import { useState } from "react";
import { Problem } from "../api";
import { useWords } from "../locale";
import { Failure, Keys, useSurroundings, wrongField } from "../shell";
import { Button, Dialog, TextField } from "../ui";

const SHORTEST = 8;
const AT_FIELDS = ["password"];

export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { client, session, toast } = useSurroundings();
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const [again, setAgain] = useState("");
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const isGood = current !== "" && wanted.length >= SHORTEST && wanted === again;
  const isWrong = failure instanceof Problem && failure.code === "wrong-password";
  const isWeak = wrongField(failure, "password") !== undefined || (asked && wanted.length < SHORTEST);
  const act = async (): Promise<void> => {
    setAsked(true);
    setFailure(null);
    if (!isGood || busy) return;
    setBusy(true);
    try {
      await client.session.changePassword(session.name, current, wanted, AbortSignal.timeout(30_000));
      toast({ text: t("app.password.done") });
      onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const foot = (
    <>
      <span className="push" />
      <Button kind="bare" onClick={onClose}>
        {t("act.cancel")} <Keys of="Escape" />
      </Button>
      <Button kind="main" submit disabled={busy}>
        {t("app.password.act")} <Keys of="Ctrl+Enter" />
      </Button>
    </>
  );
  const currentError = isWrong ? failure.title : asked && current === "" ? t("app.password.missing") : undefined;
  return (
    <Dialog title={t("app.password")} onClose={onClose} onAct={() => void act()} foot={foot}>
      <TextField
        label={t("app.password.current")}
        type="password"
        autoComplete="current-password"
        value={current}
        onText={setCurrent}
        error={currentError}
      />
      <TextField
        label={t("app.password.new")}
        type="password"
        autoComplete="new-password"
        value={wanted}
        onText={setWanted}
        note={t("app.password.note")}
        error={isWeak ? t("field.password") : undefined}
      />
      <TextField
        label={t("app.password.again")}
        type="password"
        autoComplete="new-password"
        value={again}
        onText={setAgain}
        error={asked && wanted !== again ? t("app.password.differs") : undefined}
      />
      {failure === null || isWrong ? null : <Failure error={failure} atFields={AT_FIELDS} />}
    </Dialog>
  );
}
