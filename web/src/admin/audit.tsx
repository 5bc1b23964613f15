// The audit, latest first: who did what to what, and how it ended.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AuditQuery, AuditRow } from "../api";
import { useWords } from "../locale";
import { Failure, useClient } from "../shell";
import { Button, Empty, Loading, Segmented, State, TextField } from "../ui";
import { Section } from "./part";

const PAGE_ROWS = 100;
type Outcome = NonNullable<AuditQuery["outcome"]>;

interface AuditFilter {
  readonly actor: string;
  readonly act: string;
  readonly subject: string;
  readonly outcome: Outcome;
}

const EVERYTHING: AuditFilter = { actor: "", act: "", subject: "", outcome: "" };

export function AuditPart() {
  const { t } = useWords();
  const client = useClient();
  const [draft, setDraft] = useState(EVERYTHING);
  const [filter, setFilter] = useState(EVERYTHING);
  const query = useInfiniteQuery({
    queryKey: ["audit", filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => client.system.audit({ ...filter, limit: PAGE_ROWS, before: pageParam }, signal),
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const ask = (next: AuditFilter): void => {
    setDraft(next);
    setFilter(next);
  };
  return (
    <div className="main is-all is-scrolling">
      <Section
        title={t("audit.title")}
        note={t("audit.note")}
        end={<Button onClick={() => void query.refetch()}>{t("act.reload")}</Button>}
      >
        <AuditFilters draft={draft} onDraft={setDraft} onAsk={ask} />
        {query.error === null ? null : <Failure error={query.error} retry={() => void query.refetch()} />}
        {query.isPending ? <Loading label={t("state.loading")} rows={8} /> : null}
        {query.isSuccess && rows.length === 0 ? (
          <Empty title={t("audit.empty.title")}>
            <p>{t("audit.empty.text")}</p>
          </Empty>
        ) : null}
        {rows.length === 0 ? null : <AuditTable rows={rows} />}
        {rows.length === 0 ? null : (
          <p className="in-section row dim">
            {t("audit.loaded", { n: rows.length })}
            {query.hasNextPage ? (
              <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t("act.more")}
              </Button>
            ) : (
              <span>· {t("audit.end")}</span>
            )}
          </p>
        )}
      </Section>
    </div>
  );
}

interface AuditFiltersProps {
  readonly draft: AuditFilter;
  readonly onDraft: (draft: AuditFilter) => void;
  readonly onAsk: (filter: AuditFilter) => void;
}

function AuditFilters({ draft, onDraft, onAsk }: AuditFiltersProps) {
  const { t } = useWords();
  const field = (name: "actor" | "act" | "subject") => ({
    label: t(`audit.filter.${name}`),
    value: draft[name],
    onText: (text: string) => onDraft({ ...draft, [name]: text.trim() }),
    onBlur: () => onAsk(draft),
    autoComplete: "off",
    spellCheck: false,
  });
  return (
    <form
      className="audit-filters"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(draft);
      }}
    >
      <TextField {...field("actor")} />
      <TextField {...field("act")} />
      <TextField {...field("subject")} />
      <div>
        <span className="field-label">{t("audit.filter.outcome")}</span>
        <Segmented<Outcome>
          label={t("audit.filter.outcome")}
          value={draft.outcome}
          options={[
            { value: "", label: t("audit.filter.all") },
            ...(["success", "refused", "failure"] as const).map((value) => ({
              value,
              label: t(`audit.outcome.${value}`),
            })),
          ]}
          onChoose={(outcome) => onAsk({ ...draft, outcome })}
        />
      </div>
      <button type="submit" className="sr" tabIndex={-1}>
        {t("worklist.filter.set")}
      </button>
    </form>
  );
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
            <td title={row.actor_kind}>{row.actor}</td>
            <td className="strong">{row.act}</td>
            <td className="mono soft" title={row.subject}>
              {row.subject}
            </td>
            <td>
              <OutcomeState outcome={row.outcome} />
            </td>
            <td className="soft" title={detailText(row)}>
              {detailText(row)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const detailText = ({ detail }: AuditRow): string =>
  Object.entries(detail)
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");

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
