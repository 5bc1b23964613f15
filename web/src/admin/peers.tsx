// Doors and peers: who may talk DICOM to us, and who was turned away.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { PeerRow } from "../api";
import { useWords } from "../locale";
import { Keys, useClient, useCommands } from "../shell";
import { Button, Empty, State } from "../ui";
import { Loaded, Section } from "./part";
import { PeerForm } from "./peer-form";
import { RefusedSection } from "./refused";

/** What stands on the right: nothing, an empty form, or a peer to change. */
type Desk = { readonly kind: "nothing" } | { readonly kind: "new" } | { readonly kind: "edit"; readonly id: string };

export function PeersPart() {
  const { t } = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery({ queryKey: ["peers"], queryFn: ({ signal }) => client.peers.all(signal) });
  const [desk, setDesk] = useState<Desk>({ kind: "nothing" });
  const peers = query.data ?? [];
  const edited = desk.kind === "edit" ? peers.find((peer) => peer.id === desk.id) : undefined;
  const leave = (): void => setDesk({ kind: "nothing" });
  const reload = (): void => {
    for (const queryKey of [["peers"], ["refused"]]) void queries.invalidateQueries({ queryKey });
  };
  useCommands([
    {
      id: "peers.new",
      label: "peers.newTitle",
      group: "admin.group",
      keys: ["n"],
      hint: true,
      run: () => setDesk({ kind: "new" }),
    },
  ]);
  const isOpen = desk.kind === "new" || edited !== undefined;
  return (
    <>
      <div className={isOpen ? "main" : "main is-all"}>
        <Section
          title={t("peers.title")}
          note={t("peers.note")}
          end={
            <>
              <Button onClick={reload}>{t("act.reload")}</Button>
              <Button icon="plus" onClick={() => setDesk({ kind: "new" })}>
                {t("peers.new")} <Keys of="n" />
              </Button>
            </>
          }
        >
          <Loaded query={query}>
            {(rows) => (
              <PeerTable peers={rows} chosen={edited?.id ?? null} onChoose={(id) => setDesk({ kind: "edit", id })} />
            )}
          </Loaded>
        </Section>
        <RefusedSection peers={peers} />
      </div>
      {desk.kind === "new" ? <PeerForm key="new" peer={null} onClose={leave} /> : null}
      {edited === undefined ? null : <PeerForm key={edited.id} peer={edited} onClose={leave} />}
    </>
  );
}

interface PeerTableProps {
  readonly peers: readonly PeerRow[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

function PeerTable({ peers, chosen, onChoose }: PeerTableProps) {
  const { t, formats } = useWords();
  if (peers.length === 0) {
    return (
      <Empty title={t("peers.empty.title")}>
        <p>{t("peers.empty.text")}</p>
      </Empty>
    );
  }
  return (
    <table className="table">
      <thead>
        <tr>
          <th>{t("peers.name")}</th>
          <th className="w-ae">{t("peers.ae")}</th>
          <th className="w-ae">{t("peers.called")}</th>
          <th className="w-host">{t("peers.host")}</th>
          <th>{t("peers.may")}</th>
          <th className="w-state">{t("peers.state")}</th>
          <th className="num w-time">{t("peers.lastSeen")}</th>
        </tr>
      </thead>
      <tbody>
        {peers.map((peer) => (
          <tr
            key={peer.id}
            aria-selected={peer.id === chosen}
            className={peer.id === chosen ? "is-on" : peer.open ? "" : "is-done"}
            onClick={() => onChoose(peer.id)}
          >
            <td>
              <button type="button" className="name" onClick={() => onChoose(peer.id)}>
                {peer.name === "" ? peer.ae_title : peer.name}
              </button>
            </td>
            <td className="mono">{peer.ae_title}</td>
            <td className={peer.called_ae_title === "" ? "dim" : "mono soft"}>
              {peer.called_ae_title === "" ? t("peers.ownName") : peer.called_ae_title}
            </td>
            <td className="mono soft">{peer.host === "" ? t("peers.anyAddress") : addressText(peer)}</td>
            <td className="soft">{peer.may.map((service) => t(`service.${service}`)).join(", ")}</td>
            <td>
              <PeerState open={peer.open} />
            </td>
            <td className="num soft">
              {peer.last_seen_at === null ? t("peers.never") : formats.moment(peer.last_seen_at, new Date())}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const addressText = ({ host, port }: PeerRow): string => (port === null ? host : `${host}:${port}`);

function PeerState({ open }: { readonly open: boolean }) {
  const { t } = useWords();
  return open ? (
    <State tone="good" icon="ok">
      {t("peers.open")}
    </State>
  ) : (
    <State tone="soft" icon="off">
      {t("peers.closed")}
    </State>
  );
}
