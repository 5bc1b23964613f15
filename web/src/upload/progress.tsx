// How far it is: number, unit and rest, the state in a word, and what became of the files that were answered.
import { useWords, type WordKey } from "../locale";
import { Failure, Keys, useGo } from "../shell";
import { Button, type IconName, LinkButton, State } from "../ui";
import { doneOf, type Phase, type Progress, percentOf, type UploadRun } from "./run";
import { refusedOf, restSeconds, settledOf } from "./tally";

const STATES: Readonly<Record<Phase, { readonly icon: IconName; readonly tone?: string; readonly meter: string }>> = {
  idle: { icon: "job", meter: "" },
  running: { icon: "job", meter: "meter--accent" },
  paused: { icon: "off", tone: "warn", meter: "meter--warn" },
  waiting: { icon: "warn", tone: "warn", meter: "meter--warn" },
  stuck: { icon: "bad", tone: "bad", meter: "meter--bad" },
  stopped: { icon: "bad", tone: "bad", meter: "meter--bad" },
  finished: { icon: "ok", tone: "good", meter: "" },
};

/** Less than this has left before it is read. */
const TOLD_FROM_BYTES = 8_000_000;

export function ProgressView({ progress, run }: { readonly progress: Progress; readonly run: UploadRun }) {
  const { t, formats } = useWords();
  const { phase, tally, found, searching, underWay } = progress;
  const settled = settledOf(tally);
  const percent = percentOf(progress);
  const state = STATES[phase];
  return (
    <section className="upload-progress" aria-label={t("upload.progress")}>
      <p className="row">
        <b className="strong">{t("upload.of", { done: settled, n: found })}</b>
        <span className="soft">{searching ? t("upload.searching") : <Rest progress={progress} />}</span>
        {underWay.bytes < TOLD_FROM_BYTES ? null : (
          <span className="soft num" data-under-way={underWay.sentBytes}>
            {t("upload.underWay", { sent: formats.bytes(underWay.sentBytes), all: formats.bytes(underWay.bytes) })}
          </span>
        )}
        <span className="push" />
        <span role="status">
          <State icon={state.icon} {...(state.tone === undefined ? {} : { tone: state.tone })}>
            {t(`upload.phase.${phase}`, { percent })}
          </State>
        </span>
        <span className="num upload-percent">{percent} %</span>
      </p>
      <progress
        className={`meter meter--l ${state.meter}`}
        value={doneOf(progress)}
        max={found}
        aria-label={t("upload.progress")}
      />
      {progress.trouble !== null && (phase === "waiting" || phase === "stuck") ? (
        <div>
          <Failure error={progress.trouble} />
          {phase === "waiting" ? <p className="soft">{t("upload.waits")}</p> : null}
        </div>
      ) : null}
      <Acts phase={phase} percent={percent} run={run} />
      <Counts progress={progress} />
    </section>
  );
}

function Rest({ progress: { phase, tally, found, activeMs } }: { readonly progress: Progress }) {
  const { t } = useWords();
  const seconds = phase === "running" ? restSeconds(settledOf(tally), found, activeMs) : null;
  return seconds === null ? null : <>· {t("upload.rest", { time: timeText(seconds) })}</>;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** 4 s, 1:10 min, 2:05 h. */
export function timeText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)} min` : `${Math.floor(minutes / 60)}:${two(minutes % 60)} h`;
}

function Acts({ phase, percent, run }: { readonly phase: Phase; readonly percent: number; readonly run: UploadRun }) {
  const { t } = useWords();
  const goes = phase === "paused" || phase === "stuck" || phase === "stopped";
  if (phase === "finished" || phase === "idle") return null;
  return (
    <p className="row">
      {goes ? (
        <Button kind="main" onClick={() => run.go()}>
          {phase === "stopped" ? t("upload.goFrom", { percent }) : t("upload.go")} <Keys of="p" />
        </Button>
      ) : (
        <Button onClick={() => run.pause()}>
          {t("upload.pause")} <Keys of="p" />
        </Button>
      )}
      {phase === "stopped" ? null : (
        <Button kind="bare" onClick={() => run.stop()}>
          {t("upload.stop")} <Keys of="x" />
        </Button>
      )}
    </p>
  );
}

function Counts({ progress: { tally } }: { readonly progress: Progress }) {
  const { t, formats } = useWords();
  const go = useGo();
  const refused = refusedOf(tally).length;
  const counts: readonly (readonly [WordKey, WordKey, number, string])[] = [
    ["upload.kept", "upload.kept.note", tally.kept, "good"],
    ["upload.repeated", "upload.repeated.note", tally.repeated, ""],
    ["upload.variants", "upload.variants.note", tally.variants, "warn"],
    ["upload.refused", "upload.refused.note", refused, "bad"],
    ["upload.left", "upload.left.note", tally.notTaken.length - refused, ""],
  ];
  return (
    <>
      <dl className="upload-counts">
        {counts.map(([label, note, count, tone]) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd className={`figure ${count > 0 ? tone : "dim"}`}>{formats.numeral(count)}</dd>
            <dd className="dim">{t(note)}</dd>
          </div>
        ))}
      </dl>
      {tally.studies.size === 0 ? null : (
        <p className="row soft">
          {t("upload.studies", { n: tally.studies.size })}
          <LinkButton onClick={() => go({ page: "worklist", filter: "" })}>{t("upload.toWorklist")}</LinkButton>
        </p>
      )}
    </>
  );
}
