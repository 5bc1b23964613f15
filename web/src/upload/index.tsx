// Uploading: files, folders and ZIP archives of this computer go to the archive, and nothing is told as kept too early.
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useWords } from "../locale";
import { type Dropped, mayImport, takeOver, useClient, useCommands, useSession } from "../shell";
import { Empty } from "../ui";
import { ofFile, walk } from "./candidates";
import { DropZone, useChoosers } from "./drop-zone";
import { LeaveDialog, useLeaving } from "./leaving";
import { NotTakenList } from "./not-taken";
import { ProgressView } from "./progress";
import { UploadRun } from "./run";
import "./upload.css";

export default function UploadPage() {
  const { t } = useWords();
  return mayImport(useSession()) ? (
    <Upload />
  ) : (
    <main className="upload">
      <Empty title={t("upload.none.title")}>
        <p>{t("upload.none.text")}</p>
      </Empty>
    </main>
  );
}

function Upload() {
  const { t } = useWords();
  const run = useRun();
  const progress = useSyncExternalStore(
    (changed) => run.subscribe(changed),
    () => run.state(),
  );
  const { phase } = progress;
  const drop = (dropped: readonly Dropped[]): void => void run.add(walk(dropped));
  const choosers = useChoosers((files) => void run.add(files.map(ofFile)));
  const leaving = useLeaving(run.isUnderWay);
  const canPause = phase === "running" || phase === "waiting";
  const canGo = phase === "paused" || phase === "stuck" || phase === "stopped";
  const toggle = (): void => (canPause ? run.pause() : canGo ? run.go() : undefined);
  const group = "upload.group";
  useCommands([
    { id: "upload.files", label: "upload.files", group, keys: ["f"], hint: true, run: choosers.files },
    { id: "upload.folder", label: "upload.folder", group, keys: ["o"], hint: true, run: choosers.folder },
    { id: "upload.pause", label: canGo ? "upload.go" : "upload.pause", group, keys: ["p"], run: toggle },
    {
      id: "upload.stop",
      label: "upload.stop",
      group,
      keys: ["x"],
      run: () => (run.isUnderWay ? run.stop() : undefined),
    },
  ]);
  return (
    <main className="upload">
      <header className="upload-head">
        <h1>{t("upload.title")}</h1>
        <span className="dim cut">{t("upload.note")}</span>
      </header>
      <DropZone onDrop={drop} choosers={choosers} small={progress.found > 0} />
      {progress.found > 0 || progress.searching ? (
        <>
          <ProgressView progress={progress} run={run} />
          <NotTakenList notTaken={progress.tally.notTaken} />
        </>
      ) : null}
      {leaving.asked === null ? null : (
        <LeaveDialog progress={progress} onStay={leaving.stay} onLeave={leaving.asked} />
      )}
    </main>
  );
}

/** The run of this visit of the page; what was dropped on another page begins it. */
function useRun(): UploadRun {
  const client = useClient();
  const [made] = useState(
    () =>
      new UploadRun({
        send: (files, signal, onSent) => client.imports.send(files, signal, onSent),
        now: () => performance.now(),
        sleep,
      }),
  );
  const dropped = useMemo(takeOver, []);
  useEffect(() => {
    if (dropped.length > 0) void made.add(walk(dropped));
    return () => made.stop();
  }, [made, dropped]);
  return made;
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
