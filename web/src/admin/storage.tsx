// How full the house is, what is in it, and what happens when the room runs out.
import { useQuery } from "@tanstack/react-query";
import type { StorageView } from "../api";
import { useWords } from "../locale";
import { useClient, useGo } from "../shell";
import { Button, LinkButton, State } from "../ui";
import { Loaded, Section } from "./part";

const LOOK_MS = 30_000;
const NEARLY_FULL = 0.1;
const YEARS_DAYS = 730;

export function StoragePart() {
  const { t } = useWords();
  const client = useClient();
  const query = useQuery({
    queryKey: ["storage"],
    queryFn: ({ signal }) => client.system.storage(signal),
    staleTime: 0,
    refetchInterval: LOOK_MS,
  });
  return (
    <div className="main is-all">
      <Section
        title={t("storage.title")}
        note={query.data === undefined ? undefined : <Receiving storage={query.data} />}
        end={<Button onClick={() => void query.refetch()}>{t("act.reload")}</Button>}
      >
        <Loaded query={query}>{(storage) => <Disk storage={storage} />}</Loaded>
      </Section>
      {query.data === undefined ? null : (
        <>
          <FiguresSection storage={query.data} />
          <ExaminationSection storage={query.data} />
          <WhatHappens storage={query.data} />
        </>
      )}
    </div>
  );
}

function Receiving({ storage: { receives, index_is_whole } }: { readonly storage: StorageView }) {
  const { t } = useWords();
  if (!receives) return <State tone="bad" icon="bad">{t("storage.full")}</State>; // biome-ignore format: one line each
  if (!index_is_whole) return <State tone="warn" icon="warn">{t("storage.halfMade")}</State>; // biome-ignore format: one line each
  return (
    <State tone="good" icon="ok">
      {t("storage.receives")}
    </State>
  );
}

function Disk({ storage }: { readonly storage: StorageView }) {
  const { t, formats } = useWords();
  const { total_bytes: total, free_bytes: free, left_bytes: left, reserve_bytes: reserve } = storage;
  const used = total - free;
  const tone = left === 0 ? "meter--bad" : left < total * NEARLY_FULL ? "meter--warn" : "";
  const percent = total === 0 ? 0 : Math.round((100 * used) / total);
  return (
    <div className="in-section store">
      <p className="row">
        <b className="strong">{t("storage.disk")}</b>
        <span className="push num">{percent} %</span>
      </p>
      <meter className={`meter meter--l ${tone}`} min={0} max={total} value={used} aria-label={t("storage.disk")} />
      <p className="row soft">
        <span>{t("storage.usedOf", { used: formats.bytes(used), total: formats.bytes(total) })}</span>
        <span>· {t("storage.left", { size: formats.bytes(left) })}</span>
        <span className="dim">· {t("storage.reserve", { size: formats.bytes(reserve) })}</span>
        <span className="push">
          <Lasts storage={storage} />
        </span>
      </p>
    </div>
  );
}

/** How long the room lasts; nothing where nothing came lately, instead of a figure that means nothing. */
function Lasts({ storage: { figures, left_bytes } }: { readonly storage: StorageView }) {
  const { t } = useWords();
  if (figures === null || figures.recent_bytes === 0) return null;
  const days = Math.floor((left_bytes * figures.recent_days) / figures.recent_bytes);
  return (
    <span title={t("storage.lasts.note", { n: figures.recent_days })}>
      {days > YEARS_DAYS ? t("storage.lastsYears") : t("storage.lasts", { n: days })}{" "}
      <span className="dim">{t("storage.lasts.note", { n: figures.recent_days })}</span>
    </span>
  );
}

function FiguresSection({ storage: { figures } }: { readonly storage: StorageView }) {
  const { t, formats } = useWords();
  const now = new Date();
  if (figures === null) {
    return (
      <Section title={t("storage.figures")}>
        <p className="in-section">
          <State icon="job">{t("storage.counting")}</State>
        </p>
      </Section>
    );
  }
  const moment = (iso: string | null): string => (iso === null ? t("storage.empty") : formats.moment(iso, now));
  const facts: readonly (readonly [string, string])[] = [
    [t("storage.studies"), formats.numeral(figures.studies)],
    [t("storage.series"), formats.numeral(figures.series)],
    [t("storage.instances"), formats.numeral(figures.instances)],
    [t("storage.size"), formats.bytes(figures.size_bytes)],
    [t("storage.recent", { n: figures.recent_days }), formats.bytes(figures.recent_bytes)],
    [t("storage.oldest"), moment(figures.oldest_received_at)],
    [t("storage.newest"), moment(figures.newest_received_at)],
    [
      t("storage.segments"),
      t("storage.segmentsOf", { n: figures.segments, size: formats.bytes(figures.segment_bytes) }),
    ],
  ];
  return (
    <Section
      title={t("storage.figures")}
      note={t("storage.counted", { time: formats.moment(figures.counted_at, now) })}
    >
      <dl className="facts in-section">
        {facts.map(([name, value]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function ExaminationSection({ storage: { findings, examined_at } }: { readonly storage: StorageView }) {
  const { t, formats } = useWords();
  const go = useGo();
  const at = examined_at === null ? null : t("system.asOf", { time: formats.moment(examined_at, new Date()) });
  return (
    <Section title={t("storage.examination")} note={at}>
      <p className="in-section row">
        {at === null ? <State icon="job">{t("system.examining")}</State> : null}
        {at !== null && findings.length === 0 ? (
          <State tone="good" icon="ok">
            {t("system.well")}
          </State>
        ) : null}
        {findings.length > 0 ? (
          <>
            <State tone="warn" icon="warn">
              {t("system.finding", { n: findings.length })}
            </State>
            <LinkButton onClick={() => go({ page: "admin", part: "system" })}>{t("storage.toSystem")}</LinkButton>
          </>
        ) : null}
      </p>
    </Section>
  );
}

function WhatHappens({ storage: { reserve_bytes } }: { readonly storage: StorageView }) {
  const { t, formats } = useWords();
  return (
    <Section title={t("storage.what")}>
      <ul className="in-section sentences">
        <li>{t("storage.what.refuse", { size: formats.bytes(reserve_bytes) })}</li>
        <li>{t("storage.what.keep")}</li>
        <li>{t("storage.what.do")}</li>
      </ul>
    </Section>
  );
}
