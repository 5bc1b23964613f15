// Work of the house: what was given up with its error, what runs, what waits and on what; the one act is to try again.
import { useQuery } from "@tanstack/react-query";
import { Fragment } from "react";
import type { JobOverview, JobView, ParkedView } from "../api";
import { isWordKey, type Translate, useWords } from "../locale";
import { Failure, useClient, useSurroundings } from "../shell";
import { Button, Empty, LinkButton, State } from "../ui";
import { ErrorText } from "./error-text";
import { type Change, Loaded, Section, useChange } from "./part";

const LOOK_MS = 5000;

export function JobsPart() {
  const { t } = useWords();
  const client = useClient();
  const query = useQuery({
    queryKey: ["jobs"],
    queryFn: ({ signal }) => client.system.jobs(signal),
    staleTime: 0,
    refetchInterval: LOOK_MS,
  });
  const change = useChange(["jobs", "given-up"]);
  return (
    <div className="main is-all">
      {change.failure === null ? null : <Failure error={change.failure} />}
      <Loaded query={query}>{(jobs) => <Overview jobs={jobs} change={change} />}</Loaded>
      {query.data !== undefined && query.error !== null ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.data === undefined ? null : <span className="sr">{t("jobs.title")}</span>}
    </div>
  );
}

/** The kind of a job in words; what a newer server does is at least named. */
function kindText(kind: string, t: Translate): string {
  const key = `job.${kind}`;
  return isWordKey(key) ? t(key) : kind;
}

/** UIDs one below the other where they do not fit beside each other: a line breaks between them first. */
function Key({ text }: { readonly text: string }) {
  const [first, ...others] = text.split("/");
  return (
    <>
      {first}
      {others.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, by their place
        <Fragment key={at}>
          /<wbr />
          {one}
        </Fragment>
      ))}
    </>
  );
}

function Overview({ jobs, change }: { readonly jobs: JobOverview; readonly change: Change }) {
  const { t } = useWords();
  const { client, toast } = useSurroundings();
  const told = (count: number): void => toast({ text: t("jobs.retried", { n: count }) });
  const retryJobs = (which: { id: string } | { kind: string }): void =>
    change.run(async (signal) => told((await client.system.retryJobs(which, signal)).count));
  const retryParked = (which: { follower: string; seq?: number }): void =>
    change.run(async (signal) => told((await client.system.retryParked(which, signal)).count));
  if (jobs.counts.length === 0 && jobs.parked.length === 0) {
    return (
      <Empty title={t("jobs.none.title")}>
        <p>{t("jobs.none.text")}</p>
      </Empty>
    );
  }
  return (
    <>
      <Counts jobs={jobs} />
      <DeadSection jobs={jobs.dead} busy={change.busy} onRetry={retryJobs} />
      <ParkedSection entries={jobs.parked} busy={change.busy} onRetry={retryParked} />
      <LiveSection jobs={[...jobs.running, ...jobs.waiting]} />
    </>
  );
}

const STATES = {
  waiting: { icon: "clock", tone: "soft" },
  running: { icon: "job", tone: "accent" },
  dead: { icon: "bad", tone: "bad" },
} as const;

function JobState({ state }: { readonly state: JobView["state"] }) {
  const { t } = useWords();
  return (
    <State icon={STATES[state].icon} tone={STATES[state].tone}>
      {t(`jobs.state.${state}`)}
    </State>
  );
}

function Counts({ jobs: { counts } }: { readonly jobs: JobOverview }) {
  const { t, formats } = useWords();
  if (counts.length === 0) return null;
  return (
    <Section title={t("jobs.counts")}>
      <ul className="in-section job-counts">
        {counts.map(({ kind, state, count, at_least }) => (
          <li key={`${kind} ${state}`} className="row">
            <JobState state={state} />
            <span className="strong">{kindText(kind, t)}</span>
            <span className="num">{at_least ? t("jobs.atLeast", { n: count }) : formats.numeral(count)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface DeadSectionProps {
  readonly jobs: readonly JobView[];
  readonly busy: boolean;
  readonly onRetry: (which: { id: string } | { kind: string }) => void;
}

function DeadSection({ jobs, busy, onRetry }: DeadSectionProps) {
  const { t, formats } = useWords();
  const kinds = [...new Set(jobs.map(({ kind }) => kind))];
  const end = kinds.map((kind) => (
    <Button key={kind} icon="reset" disabled={busy} onClick={() => onRetry({ kind })}>
      {kinds.length === 1 ? t("jobs.retryKind") : `${t("jobs.retryKind")}: ${kindText(kind, t)}`}
    </Button>
  ));
  if (jobs.length === 0) {
    return (
      <Section title={t("jobs.dead.title")}>
        <p className="in-section dim">{t("jobs.dead.none")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("jobs.dead.title")} note={t("jobs.dead.note")} className="refused" end={end}>
      <table className="table">
        <thead>
          <tr>
            <th className="w-act">{t("jobs.kind")}</th>
            <th className="w-subject">{t("jobs.subject")}</th>
            <th>{t("jobs.error")}</th>
            <th className="num w-count">{t("jobs.attempts")}</th>
            <th className="num w-time">{t("jobs.when")}</th>
            <th className="num w-state">
              <span className="sr">{t("jobs.retry")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id}>
              <td className="strong">{kindText(job.kind, t)}</td>
              <td className="mono soft">
                <Key text={job.key} />
              </td>
              <td>
                <ErrorText text={job.error} />
              </td>
              <td className="num soft">{formats.numeral(job.attempts)}</td>
              <td className="num soft">{formats.moment(job.run_after, new Date())}</td>
              <td className="num">
                <LinkButton disabled={busy} onClick={() => onRetry({ id: job.id })}>
                  {t("jobs.retry")}
                </LinkButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

interface ParkedSectionProps {
  readonly entries: readonly ParkedView[];
  readonly busy: boolean;
  readonly onRetry: (which: { follower: string; seq?: number }) => void;
}

function ParkedSection({ entries, busy, onRetry }: ParkedSectionProps) {
  const { t, formats } = useWords();
  if (entries.length === 0) {
    return (
      <Section title={t("jobs.parked.title")}>
        <p className="in-section dim">{t("jobs.parked.none")}</p>
      </Section>
    );
  }
  const followers = [...new Set(entries.map(({ follower }) => follower))];
  const end = followers.map((follower) => (
    <Button key={follower} icon="reset" disabled={busy} onClick={() => onRetry({ follower })}>
      {t("jobs.retryFollower", { name: follower })}
    </Button>
  ));
  return (
    <Section title={t("jobs.parked.title")} note={t("jobs.parked.note")} className="refused" end={end}>
      <table className="table">
        <thead>
          <tr>
            <th className="w-act">{t("jobs.follower")}</th>
            <th className="w-subject">{t("jobs.entry")}</th>
            <th>{t("jobs.error")}</th>
            <th className="num w-count">{t("jobs.attempts")}</th>
            <th className="num w-time">{t("jobs.when")}</th>
            <th className="num w-state">
              <span className="sr">{t("jobs.retry")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={`${entry.follower} ${entry.seq}`}>
              <td className="strong">{entry.follower}</td>
              <td className="mono soft">
                {entry.kind} <Key text={entry.subject} /> #{entry.seq}
              </td>
              <td>
                <ErrorText text={entry.error} />
              </td>
              <td className="num soft">{formats.numeral(entry.attempts)}</td>
              <td className="num soft">
                {entry.dead ? (
                  <JobState state="dead" />
                ) : (
                  t("jobs.again", { time: formats.moment(entry.retry_at, new Date()) })
                )}
              </td>
              <td className="num">
                <LinkButton disabled={busy} onClick={() => onRetry({ follower: entry.follower, seq: entry.seq })}>
                  {t("jobs.retry")}
                </LinkButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function LiveSection({ jobs }: { readonly jobs: readonly JobView[] }) {
  const { t } = useWords();
  return (
    <Section title={t("jobs.live.title")}>
      {jobs.length === 0 ? (
        <p className="in-section dim">{t("jobs.live.none")}</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th className="w-act">{t("jobs.kind")}</th>
              <th className="w-state">{t("jobs.state")}</th>
              <th className="w-subject">{t("jobs.subject")}</th>
              <th>{t("jobs.when")}</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <tr key={job.id}>
                <td className="strong">{kindText(job.kind, t)}</td>
                <td>
                  <JobState state={job.state} />
                </td>
                <td className="mono soft">
                  <Key text={job.key} />
                </td>
                <td className="soft">
                  <WaitsFor job={job} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

/** On what a job waits: its time, its next attempt after an error, or a free worker. */
function WaitsFor({ job }: { readonly job: JobView }) {
  const { t, formats } = useWords();
  const now = new Date();
  const time = formats.moment(job.run_after, now);
  if (job.state === "running") return t("jobs.since", { time });
  if (job.error !== "") {
    return (
      <>
        {t("jobs.again", { time })} <ErrorText text={job.error} />
      </>
    );
  }
  return new Date(job.run_after) > now ? t("jobs.until", { time }) : t("jobs.due");
}
