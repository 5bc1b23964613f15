// Taking in a peer or changing one.
import { useState } from "react";
import type { CreatePeer, PeerRow } from "../api";
import { useWords, type WordKey } from "../locale";
import { Failure, Keys, useCommands, useSurroundings, wrongField } from "../shell";
import { Button, Dialog, TextField } from "../ui";
import { type Change, Section, useChange } from "./part";
import { type Service, ServiceChoice } from "./services";

interface Draft {
  readonly name: string;
  readonly ae: string;
  readonly called: string;
  readonly host: string;
  readonly port: string;
  readonly may: readonly Service[];
}

const draftOf = (peer: PeerRow | null): Draft => ({
  name: peer?.name ?? "",
  ae: peer?.ae_title ?? "",
  called: peer?.called_ae_title ?? "",
  host: peer?.host ?? "",
  port: peer?.port === null || peer === null ? "" : String(peer.port),
  may: peer?.may ?? ["store"],
});

/** AE titles: 1 to 16 characters of the default repertoire without backslash and control characters (PS3.5 6.2). */
const isAe = (text: string): boolean => /^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(text) && text.trim() !== "";
const isPort = (text: string): boolean =>
  text === "" || (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535);

type Wrong = Readonly<Partial<Record<"ae" | "called" | "host" | "port", WordKey | undefined>>>;

/** What is wrong with the draft, by field. */
export function wrongIn({ ae, called, port }: Pick<Draft, "ae" | "called" | "port">): Wrong {
  return {
    ...(isAe(ae) ? {} : { ae: "field.ae" as const }),
    ...(called === "" || isAe(called) ? {} : { called: "field.ae" as const }),
    ...(isPort(port) ? {} : { port: "field.port" as const }),
  };
}

/** What the server found wrong, by the form's fields. */
const refusedIn = (failure: unknown): Wrong => ({
  ae: wrongField(failure, "ae_title"),
  called: wrongField(failure, "called_ae_title"),
  host: wrongField(failure, "host"),
  port: wrongField(failure, "port"),
});
const SHOWN_AT_FIELDS = ["ae_title", "called_ae_title", "host", "port"];

const bodyOf = (draft: Draft): CreatePeer => ({
  ae_title: draft.ae.trim(),
  name: draft.name.trim(),
  called_ae_title: draft.called.trim(),
  host: draft.host.trim(),
  port: draft.port === "" ? null : Number(draft.port),
  may: draft.may,
});

export function PeerForm({ peer, onClose }: { readonly peer: PeerRow | null; readonly onClose: () => void }) {
  const { t } = useWords();
  const { client, toast } = useSurroundings();
  const [draft, setDraft] = useState(() => draftOf(peer));
  const [asked, setAsked] = useState(false);
  const [removing, setRemoving] = useState(false);
  const change = useChange(["peers", "refused"]);
  const wrong = { ...refusedIn(change.failure), ...(asked ? wrongIn(draft) : {}) };
  const isUntouched = JSON.stringify(draft) === JSON.stringify(draftOf(peer));
  useCommands([
    {
      id: "peers.leave",
      label: "act.cancel",
      group: "admin.group",
      keys: ["Escape"],
      unavailable: () => (isUntouched && !change.busy ? null : "peers.why.unsaved"),
      run: onClose,
    },
  ]);
  const set = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const name = draft.name.trim() === "" ? draft.ae : draft.name.trim();
  const save = (): void => {
    setAsked(true);
    if (Object.keys(wrongIn(draft)).length > 0) return;
    change.run(async (signal) => {
      const body = bodyOf(draft);
      if (peer === null) await client.peers.create(body, signal);
      else await client.peers.change(peer.id, body, signal);
      toast({ text: t("peers.saved", { name }) });
      if (peer === null) onClose();
    });
  };
  return (
    <aside className="right">
      <Section title={t(peer === null ? "peers.newTitle" : "peers.editTitle")} note={peer?.ae_title}>
        <form
          className="in-section"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <PeerFields draft={draft} wrong={wrong} isNew={peer === null} onDraft={set} />
          <ServiceChoice may={draft.may} onMay={(may) => set({ may })} />
          {change.failure === null ? null : <Failure error={change.failure} atFields={SHOWN_AT_FIELDS} />}
          <div className="row">
            {peer === null ? null : (
              <>
                <LockButton peer={peer} change={change} />
                <Button kind="bad" onClick={() => setRemoving(true)}>
                  {t("peers.remove")}
                </Button>
              </>
            )}
            <span className="push" />
            <Button kind="bare" onClick={onClose}>
              {t("act.cancel")} <Keys of="Escape" />
            </Button>
            <Button kind="main" submit disabled={change.busy}>
              {t(peer === null ? "peers.create" : "act.save")}
            </Button>
          </div>
        </form>
      </Section>
      {removing && peer !== null ? (
        <RemoveDialog peer={peer} onClose={() => setRemoving(false)} onGone={onClose} />
      ) : null}
    </aside>
  );
}

/** Locks or unlocks the peer as it is stored; what is being typed stays typed. */
function LockButton({ peer, change }: { readonly peer: PeerRow; readonly change: Change }) {
  const { t } = useWords();
  const { client, toast } = useSurroundings();
  const name = peer.name === "" ? peer.ae_title : peer.name;
  const turn = (open: boolean): void =>
    change.run(async (signal) => {
      await client.peers.change(peer.id, { open }, signal);
      const undo = { label: t("act.undo"), run: () => turn(!open) };
      toast({ text: t(open ? "peers.unlocked" : "peers.locked", { name }), act: undo });
    });
  return (
    <Button disabled={change.busy} onClick={() => turn(!peer.open)}>
      {t(peer.open ? "peers.close" : "peers.reopen")}
    </Button>
  );
}

interface PeerFieldsProps {
  readonly isNew: boolean;
  readonly draft: Draft;
  readonly wrong: Wrong;
  readonly onDraft: (part: Partial<Draft>) => void;
}

function PeerFields({ draft, wrong, isNew, onDraft }: PeerFieldsProps) {
  const { t } = useWords();
  const error = (key: WordKey | undefined): string | undefined => (key === undefined ? undefined : t(key));
  const technical = { mono: true, autoComplete: "off", spellCheck: false } as const;
  return (
    <>
      <TextField
        autoFocus={isNew}
        label={t("peers.name")}
        value={draft.name}
        onText={(name) => onDraft({ name })}
        autoComplete="off"
      />
      <div className="pair">
        <TextField
          {...technical}
          label={t("peers.ae")}
          value={draft.ae}
          maxLength={16}
          onText={(ae) => onDraft({ ae })}
          error={error(wrong.ae)}
        />
        <TextField
          {...technical}
          label={t("peers.calledAe")}
          value={draft.called}
          maxLength={16}
          onText={(called) => onDraft({ called })}
          note={t("peers.calledNote")}
          error={error(wrong.called)}
        />
      </div>
      <TextField
        {...technical}
        label={t("peers.host")}
        value={draft.host}
        onText={(host) => onDraft({ host })}
        note={t("peers.hostNote")}
        error={error(wrong.host)}
      />
      <TextField
        {...technical}
        label={t("peers.port")}
        value={draft.port}
        inputMode="numeric"
        onText={(port) => onDraft({ port: port.trim() })}
        note={t("peers.portNote")}
        error={error(wrong.port)}
      />
    </>
  );
}

interface RemoveDialogProps {
  readonly peer: PeerRow;
  readonly onClose: () => void;
  readonly onGone: () => void;
}

function RemoveDialog({ peer, onClose, onGone }: RemoveDialogProps) {
  const { t } = useWords();
  const { client, toast } = useSurroundings();
  const change = useChange(["peers"]);
  const remove = (): void =>
    change.run(async (signal) => {
      await client.peers.remove(peer.id, signal);
      toast({ text: t("peers.removed", { name: peer.ae_title }) });
      onClose();
      onGone();
    });
  const foot = (
    <>
      <span className="push" />
      <Button kind="bare" onClick={onClose}>
        {t("act.cancel")} <Keys of="Escape" />
      </Button>
      <Button kind="bad" submit disabled={change.busy}>
        {t("peers.remove")}
      </Button>
    </>
  );
  return (
    <Dialog title={t("peers.removeTitle")} onClose={onClose} onAct={remove} foot={foot}>
      <p className="strong">
        {peer.name === "" ? "" : `${peer.name} · `}
        <span className="mono">{peer.ae_title}</span> ·{" "}
        <span className="mono">{peer.host === "" ? t("peers.anyAddress") : peer.host}</span>
      </p>
      <p>{t("peers.removeText")}</p>
      {change.failure === null ? null : <Failure error={change.failure} />}
    </Dialog>
  );
}
