// Senders that were turned away: who, from where, why, how often, and the one act that lets them in.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PeerRow, RefusedSenderRow } from "../api";
import { useWords, type WordKey } from "../locale";
import { Failure, Keys, useClient, useSurroundings } from "../shell";
import { Button, Dialog, Icon, LinkButton, Note, Tag, TextField } from "../ui";
import { Loaded, Section, useChange } from "./part";
import { type Service, ServiceChoice } from "./services";

const LOOK_MS = 5000;

export function RefusedSection({ peers }: { readonly peers: readonly PeerRow[] }) {
  const { t } = useWords();
  const client = useClient();
  const query = useQuery({
    queryKey: ["refused"],
    queryFn: ({ signal }) => client.peers.refused(signal),
    refetchInterval: LOOK_MS,
  });
  const [admitting, setAdmitting] = useState<RefusedSenderRow | null>(null);
  const change = useChange(["refused"]);
  const forget = (sender: RefusedSenderRow): void => change.run((signal) => client.peers.forget(sender.id, signal));
  const count = query.data?.length ?? 0;
  const note = (
    <>
      {count === 0 ? null : (
        <Tag tone="bad" icon="bad">
          {t("refused.count", { n: count })}
        </Tag>
      )}
      {t("refused.note")}
    </>
  );
  return (
    <Section title={t("refused.title")} note={note} className={count === 0 ? "" : "refused"}>
      {change.failure === null ? null : <Failure error={change.failure} />}
      <Loaded query={query}>
        {(senders) =>
          senders.length === 0 ? (
            <p className="in-section dim">{t("refused.none")}</p>
          ) : (
            <RefusedTable senders={senders} onAdmit={setAdmitting} onForget={forget} />
          )
        }
      </Loaded>
      {admitting === null ? null : <AdmitDialog sender={admitting} peers={peers} onClose={() => setAdmitting(null)} />}
    </Section>
  );
}

interface RefusedTableProps {
  readonly senders: readonly RefusedSenderRow[];
  readonly onAdmit: (sender: RefusedSenderRow) => void;
  readonly onForget: (sender: RefusedSenderRow) => void;
}

function RefusedTable({ senders, onAdmit, onForget }: RefusedTableProps) {
  const { t, formats } = useWords();
  const now = new Date();
  return (
    <table className="table">
      <thead>
        <tr>
          <th className="w-time">{t("refused.last")}</th>
          <th className="w-ae">{t("peers.ae")}</th>
          <th className="w-host">{t("peers.host")}</th>
          <th className="w-ae">{t("peers.calledAe")}</th>
          <th>{t("refused.reason")}</th>
          <th className="w-often only-alone">{t("refused.frequency")}</th>
          <th className="num w-acts">
            <span className="sr">{t("refused.admit")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {senders.map((sender) => (
          <tr key={sender.id}>
            <td className="soft">{formats.moment(sender.last_seen_at, now)}</td>
            <td className="mono strong">{sender.calling_ae_title === "" ? "–" : sender.calling_ae_title}</td>
            <td className="mono">{sender.address}</td>
            <td className="mono soft">{sender.called_ae_title}</td>
            <td>
              <span className="in bad">
                <Icon name="bad" size="s" />
                {t(`refused.reason.${sender.reason}`)}
              </span>
            </td>
            <td className="soft only-alone">
              {t("refused.attempts", { n: sender.count })}{" "}
              <span className="only-wide">
                {t("refused.since", { time: formats.moment(sender.first_seen_at, now) })}
              </span>
            </td>
            <td className="num">
              <span className="in">
                <LinkButton onClick={() => onAdmit(sender)}>{t("refused.admit")}</LinkButton>
                <LinkButton className="dim" onClick={() => onForget(sender)}>
                  {t("refused.forget")}
                </LinkButton>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface AdmitDialogProps {
  readonly sender: RefusedSenderRow;
  readonly peers: readonly PeerRow[];
  readonly onClose: () => void;
}

const KNOWN: Readonly<Record<RefusedSenderRow["reason"], WordKey>> = {
  "unknown-calling-ae": "admit.known",
  "foreign-address": "admit.otherAddress",
  "called-ae-not-recognised": "admit.otherCalled",
  "peer-closed": "admit.locked",
};

/** A peer of this name stands in the list: said by the reason for which the sender was refused all the same. */
function KnownNote({ sender, peers }: Pick<AdmitDialogProps, "sender" | "peers">) {
  const { t } = useWords();
  const known = peers.filter((peer) => peer.ae_title === sender.calling_ae_title);
  const { reason } = sender;
  // Any address may be written as a name or a network, so that the nearest peer is found by what else is known of it.
  const peer = known.find(({ open, host }) => (reason === "peer-closed" ? !open : host === sender.address)) ?? known[0];
  if (peer === undefined) return null;
  const words = {
    name: peer.name === "" ? peer.ae_title : peer.name,
    host: peer.host === "" ? t("peers.anyAddress") : peer.host,
    called: peer.called_ae_title === "" ? t("peers.ownNameCalled") : peer.called_ae_title,
  };
  return <Note tone="warn">{t(KNOWN[reason], words)}</Note>;
}

/** Shows both identities: what knocked, and what it will be. */
function AdmitDialog({ sender, peers, onClose }: AdmitDialogProps) {
  const { t } = useWords();
  const { client, toast } = useSurroundings();
  const [name, setName] = useState("");
  const [may, setMay] = useState<readonly Service[]>(["store"]);
  const change = useChange(["refused", "peers"]);
  const title = name.trim() === "" ? sender.calling_ae_title : name.trim();
  const admit = (): void =>
    change.run(async (signal) => {
      await client.peers.admit(sender.id, { name: name.trim(), may }, signal);
      toast({ text: t("admit.done", { name: title }) });
      onClose();
    });
  const foot = (
    <>
      <span className="push" />
      <Button kind="bare" onClick={onClose}>
        {t("act.cancel")} <Keys of="Escape" />
      </Button>
      <Button kind="main" submit disabled={change.busy}>
        {t("admit.act")} <Keys of="Ctrl+Enter" />
      </Button>
    </>
  );
  return (
    <Dialog title={t("admit.title")} width={520} onClose={onClose} onAct={admit} foot={foot}>
      <dl className="facts">
        <dt>{t("admit.from")}</dt>
        <dd className="strong mono">
          {sender.calling_ae_title} · {sender.address} → {sender.called_ae_title}
        </dd>
        <dt>{t("admit.to")}</dt>
        <dd className="strong">
          {title === sender.calling_ae_title ? null : `${title} · `}
          <span className="mono">{sender.calling_ae_title}</span> · <span className="mono">{sender.address}</span>
        </dd>
      </dl>
      <KnownNote sender={sender} peers={peers} />
      <p className="soft">{t("admit.text")}</p>
      <TextField label={t("peers.name")} value={name} onText={setName} autoComplete="off" />
      <ServiceChoice may={may} onMay={setMay} />
      {change.failure === null ? null : <Failure error={change.failure} />}
    </Dialog>
  );
}
