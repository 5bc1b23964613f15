// The audit, latest first: who did what to what, and how it ended; and whether its chain is whole.
import { hashKey, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { AuditPage, AuditRow, ChainView } from "../api";
import { isWordKey, useWords } from "../locale";
import { Failure, Keys, useClient, useCommands } from "../shell";
import { Button, Empty, Loading, State } from "../ui";
import { type AuditDraft, canAsk, criteriaOf, EVERYTHING } from "./audit-filter";
import { AuditFilters } from "./audit-filters";
import { detailText, rowActText, subjectText } from "./audit-words";
import { Section } from "./part";

const PAGE_ROWS = 100;
const LOOK_MS = 60_000;

/** Where a page lies: next to a row, or at the newest. */
type At = { readonly before?: number; readonly after?: number };
const NEWEST: At = {};

export function AuditPart() {
  const { t } = useWords();
  const client = useClient();
  const [draft, setDraft] = useState(EVERYTHING);
  const [asked, setAsked] = useState(EVERYTHING);
  const [at, setAt] = useState<At>(NEWEST);
  const criteria = criteriaOf(asked);
  const query = useQuery({
    queryKey: ["audit", asked, at],
    queryFn: ({ signal }) => client.system.audit({ ...criteria, ...at, limit: PAGE_ROWS }, signal),
    staleTime: 0,
    // A page stands until the next one is there; rows of another question would be taken for the answer to this one.
    placeholderData: (shown, of) => (hashKey([of?.queryKey[1]]) === hashKey([asked]) ? shown : undefined),
  });
  const ask = (next: AuditDraft): void => {
    setDraft(next);
    setAsked(next);
    setAt(NEWEST);
  };
  const page = query.data;
  return (
    <div className="main is-all is-scrolling">
      <Section
        title={t("audit.title")}
        note={<ChainState />}
        end={
          <>
            <ExportLink href={canAsk(draft) ? client.system.auditFile(criteriaOf(draft)) : null} />
            <Button onClick={() => void query.refetch()}>{t("act.reload")}</Button>
          </>
        }
      >
        <AuditFilters draft={draft} onDraft={setDraft} onAsk={ask} />
        {query.error === null ? null : <Failure error={query.error} retry={() => void query.refetch()} />}
        {query.isPending ? <Loading label={t("state.loading")} rows={8} /> : null}
        {page !== undefined && page.items.length === 0 ? (
          <Empty title={t("audit.empty.title")}>
            <p>{t("audit.empty.text")}</p>
          </Empty>
        ) : null}
        {page === undefined || page.items.length === 0 ? null : (
          <>
            <Paging page={page} onAt={setAt} />
            <AuditTable rows={page.items} />
            <Paging page={page} onAt={setAt} quiet />
          </>
        )}
      </Section>
    </div>
  );
}

/** The file is of the filters as they stand; where those cannot be asked, one of the last would be taken for theirs. */
function ExportLink({ href }: { readonly href: string | null }) {
  const { t } = useWords();
  const reason = useId();
  if (href !== null) {
    return (
      <a className="btn" href={href} download="kontor-audit.csv">
        {t("audit.export")}
      </a>
    );
  }
  return (
    <>
      <span id={reason} className="dim">
        {t("audit.export.wrong")}
      </span>
      <Button disabled aria-describedby={reason}>
        {t("audit.export")}
      </Button>
    </>
  );
}

function ChainState() {
  const { t, formats } = useWords();
  const client = useClient();
  const { data } = useQuery({
    queryKey: ["audit-chain"],
    queryFn: ({ signal }) => client.system.chain(signal),
    refetchInterval: LOOK_MS,
  });
  if (data === undefined) return <>{t("audit.note")}</>;
  const { tone, icon, text } = chainLook(data);
  return (
    <>
      <State tone={tone} icon={icon}>
        {t(text)}
      </State>
      {data.checked_at === null ? null : (
        <span title={data.findings.join("\n")}>
          {t("audit.chain.of", { n: data.length, time: formats.moment(data.checked_at, new Date()) })}
        </span>
      )}
    </>
  );
}

function chainLook({ whole }: ChainView) {
  if (whole === null) return { tone: "soft", icon: "job", text: "audit.chain.checking" } as const;
  return whole
    ? ({ tone: "good", icon: "ok", text: "audit.chain.whole" } as const)
    : ({ tone: "bad", icon: "bad", text: "audit.chain.broken" } as const);
}

interface PagingProps {
  readonly page: AuditPage;
  readonly onAt: (at: At) => void;
  /** The second one of a page: the keys belong to the first. */
  readonly quiet?: boolean;
}

function Paging({ page: { items, next, previous }, onAt, quiet = false }: PagingProps) {
  const { t, formats } = useWords();
  const newer = (): void => (previous === null ? undefined : onAt({ after: previous }));
  const older = (): void => (next === null ? undefined : onAt({ before: next }));
  const [first, last] = [items[0]?.seq ?? 0, items.at(-1)?.seq ?? 0];
  return (
    <p className="in-section row dim paging">
      {quiet ? null : <PagingKeys newer={newer} older={older} />}
      <Button kind="bare" disabled={previous === null} onClick={() => onAt(NEWEST)}>
        {t("audit.newest")}
      </Button>
      <Button icon="left" disabled={previous === null} onClick={newer}>
        {t("audit.newer")} {quiet ? null : <Keys of="ArrowLeft" />}
      </Button>
      <span>{t("audit.range", { from: formats.numeral(first), to: formats.numeral(last) })}</span>
      <Button icon="right" disabled={next === null} onClick={older}>
        {t("audit.older")} {quiet ? null : <Keys of="ArrowRight" />}
      </Button>
      {next === null ? <span>{t("audit.end")}</span> : null}
    </p>
  );
}

function PagingKeys({ newer, older }: { readonly newer: () => void; readonly older: () => void }): null {
  useCommands([
    { id: "audit.newer", label: "audit.newer", group: "audit.title", keys: ["ArrowLeft"], keyOnly: true, run: newer },
    { id: "audit.older", label: "audit.older", group: "audit.title", keys: ["ArrowRight"], keyOnly: true, run: older },
  ]);
  return null;
}

function AuditTable({ rows }: { readonly rows: readonly AuditRow[] }) {
  const { t, formats } = useWords();
  return (
    <table className="table">
      <thead>
        <tr>
          <th className="num w-count">#</th>
          <th className="w-moment">{t("audit.at")}</th>
          <th className="w-name">{t("audit.actor")}</th>
          <th className="w-act">{t("audit.act")}</th>
          <th>{t("audit.subject")}</th>
          <th className="w-state">{t("audit.outcome")}</th>
          <th>{t("audit.detail")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.seq}>
            <td className="num dim">{formats.numeral(row.seq)}</td>
            <td className="soft">
              {formats.day(row.at)} {formats.clockWithSeconds(row.at)}
            </td>
            <td>
              <Actor row={row} />
            </td>
            <td className="strong" title={row.act}>
              {rowActText(row, t)}
            </td>
            <td className="mono soft" title={row.subject}>
              <bdi>{subjectText(row, t)}</bdi>
            </td>
            <td>
              <OutcomeState outcome={row.outcome} />
            </td>
            <td className="soft">
              <bdi>{detailText(row, t)}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Accounts are the rule; every other kind of actor is said. Who knocks at a door has no name but the door's. */
function Actor({ row: { actor, actor_kind: kind } }: { readonly row: AuditRow }) {
  const { t } = useWords();
  const key = `audit.kind.${kind}`;
  return (
    <>
      {kind === "door" ? null : <bdi>{actor}</bdi>}{" "}
      {kind === "account" ? null : <span className="dim">{isWordKey(key) ? t(key) : kind}</span>}
    </>
  );
}

function OutcomeState({ outcome }: { readonly outcome: AuditRow["outcome"] }) {
  const { t } = useWords();
  const text = t(`audit.outcome.${outcome}`);
  if (outcome === "success") return <State icon="check">{text}</State>;
  return (
    <State tone={outcome === "refused" ? "warn" : "bad"} icon={outcome === "refused" ? "warn" : "bad"}>
      {text}
    </State>
  );
}
