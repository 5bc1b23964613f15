// Dialogs around an account: create, close, reset, and the password that is shown once.
import { useState } from "react";
import type { AccountRow } from "../api";
import { useWords } from "../locale";
import { Failure, Keys, useCopying, useSurroundings } from "../shell";
import { Button, Dialog, Note, TextField } from "../ui";
import { useChange } from "./part";
import { type Role, RoleChoice } from "./roles";

export interface ShownPassword {
  readonly name: string;
  readonly password: string;
}

function CancelButton({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <Button kind="bare" onClick={onClose}>
      {t("act.cancel")} <Keys of="Escape" />
    </Button>
  );
}

interface NewAccountDialogProps {
  readonly onClose: () => void;
  readonly onPassword: (shown: ShownPassword) => void;
}

export function NewAccountDialog({ onClose, onPassword }: NewAccountDialogProps) {
  const { t } = useWords();
  const { client } = useSurroundings();
  const [name, setName] = useState("");
  const [displayName, setDisplayName] = useState("");
  const [roles, setRoles] = useState<readonly Role[]>(["reader"]);
  const [left, setLeft] = useState(false);
  const change = useChange(["accounts"]);
  const isName = /^[\p{Ll}\d][\p{Ll}\d._-]{0,63}$/u.test(name);
  const create = (): void => {
    setLeft(true);
    if (!isName || roles.length === 0) return;
    change.run(async (signal) => {
      const created = await client.accounts.create({ name, display_name: displayName.trim(), roles }, signal);
      onClose();
      onPassword({ name, password: created.password ?? "" });
    });
  };
  const foot = (
    <>
      <span className="push" />
      <CancelButton onClose={onClose} />
      <Button kind="main" submit disabled={change.busy}>
        {t("accounts.create")}
      </Button>
    </>
  );
  return (
    <Dialog title={t("accounts.newTitle")} onClose={onClose} onAct={create} foot={foot}>
      <TextField
        label={t("accounts.name")}
        value={name}
        onText={setName}
        onBlur={() => setLeft(name !== "")}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={left && !isName ? t("field.name") : undefined}
      />
      <TextField label={t("accounts.displayName")} value={displayName} onText={setDisplayName} autoComplete="off" />
      <RoleChoice roles={roles} onRoles={setRoles} />
      {left && roles.length === 0 ? <Note tone="bad">{t("accounts.needRole")}</Note> : null}
      {change.failure === null ? null : <Failure error={change.failure} />}
    </Dialog>
  );
}

export function PasswordDialog({ shown, onClose }: { readonly shown: ShownPassword; readonly onClose: () => void }) {
  const { t } = useWords();
  const { label, copy } = useCopying(shown.password);
  const foot = (
    <>
      <Button onClick={copy}>{label}</Button>
      <span className="push" />
      <Button kind="main" onClick={onClose}>
        {t("accounts.passwordDone")}
      </Button>
    </>
  );
  return (
    // Neither Esc nor a Ctrl Enter still held from creating closes it: what is shown once goes with the button alone.
    <Dialog title={t("accounts.passwordTitle", { name: shown.name })} foot={foot}>
      <output className="secret mono">{shown.password}</output>
      <Note tone="warn">{t("accounts.passwordText")}</Note>
    </Dialog>
  );
}

interface AccountDialogProps {
  readonly account: AccountRow;
  readonly onClose: () => void;
}

function Identity({ account }: { readonly account: AccountRow }) {
  return (
    <p className="strong">
      {account.name}
      {account.display_name === "" ? null : <span className="soft"> · {account.display_name}</span>}
    </p>
  );
}

export function CloseAccountDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useWords();
  const { client, toast } = useSurroundings();
  const change = useChange(["accounts"]);
  const reopen = (): void =>
    change.run(async (signal) => {
      await client.accounts.change(account.name, { open: true }, signal);
    });
  const close = (): void =>
    change.run(async (signal) => {
      await client.accounts.change(account.name, { open: false }, signal);
      onClose();
      toast({ text: t("accounts.saved", { name: account.name }), act: { label: t("act.undo"), run: reopen } });
    });
  const foot = (
    <>
      <span className="push" />
      <CancelButton onClose={onClose} />
      <Button kind="bad" submit disabled={change.busy}>
        {t("accounts.close")}
      </Button>
    </>
  );
  return (
    <Dialog title={t("accounts.closeTitle")} onClose={onClose} onAct={close} foot={foot}>
      <Identity account={account} />
      <p>{t("accounts.closeText")}</p>
      {change.failure === null ? null : <Failure error={change.failure} />}
    </Dialog>
  );
}

interface ResetDialogProps extends AccountDialogProps {
  readonly onPassword: (shown: ShownPassword) => void;
}

export function ResetDialog({ account, onClose, onPassword }: ResetDialogProps) {
  const { t } = useWords();
  const { client } = useSurroundings();
  const change = useChange(["accounts"]);
  const reset = (): void =>
    change.run(async (signal) => {
      const password = await client.accounts.resetPassword(account.name, signal);
      onClose();
      onPassword({ name: account.name, password });
    });
  const foot = (
    <>
      <span className="push" />
      <CancelButton onClose={onClose} />
      <Button kind="main" submit disabled={change.busy}>
        {t("accounts.resetAct")}
      </Button>
    </>
  );
  return (
    <Dialog title={t("accounts.resetTitle")} onClose={onClose} onAct={reset} foot={foot}>
      <Identity account={account} />
      <p>{t("accounts.resetText")}</p>
      {change.failure === null ? null : <Failure error={change.failure} />}
    </Dialog>
  );
}
