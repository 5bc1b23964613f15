// The reading page: identity above, tools below it, series at the left, one pane. The application loads it when a study is opened.
import "./reading.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Problem, type StudyDetail, type StudyName, studyUid } from "../api";
import { useWords } from "../locale";
import { Failure, Keys, useClient, useCommands, useSurroundings } from "../shell";
import { Empty, LinkButton, Loading } from "../ui";
import { type RendererWish, startDecoder } from "../viewport";
import { closeCommand, readingCommands } from "./commands";
import { Desk } from "./desk";
import { Head } from "./head";
import { useObjects } from "./objects";
import { PaneView } from "./pane-view";
import { firstSeries, stepTarget } from "./series-order";
import { Strip } from "./strip";
import { Toolbar } from "./toolbar";

interface ReadingPageProps {
  readonly study: string;
  readonly studyKey: string;
}

export default function ReadingPage({ study, studyKey }: ReadingPageProps): React.JSX.Element {
  const name = useMemo(() => ({ uid: studyUid(study), key: studyKey }), [study, studyKey]);
  const desk = useDesk(name);
  const detail = useStudy(name);
  useReplacedImages(name, desk);
  const { navigator } = useSurroundings();
  const leave = (): void => navigator.leaveFor({ page: "worklist", filter: "" });
  const { t } = useWords();
  useCommands([closeCommand(leave)]);
  return (
    <div className="read">
      <Head study={detail.data?.study ?? null} onClose={leave} />
      {desk === null || detail.data === undefined ? (
        <div className="toolbar" />
      ) : (
        <Workplace desk={desk} detail={detail.data} />
      )}
      {detail.isPending ? (
        <div className="pane-note">
          <Loading label={t("state.loading")} />
        </div>
      ) : null}
      {detail.error === null ? null : (
        <div className="pane-note">
          {isGone(detail.error) ? (
            <>
              <Failure error={detail.error} />
              <p className="row">
                <LinkButton onClick={leave}>{t("reading.close")}</LinkButton> <Keys of="Escape" />
              </p>
            </>
          ) : (
            <Failure error={detail.error} retry={() => void detail.refetch()} />
          )}
        </div>
      )}
    </div>
  );
}

/** Asking again brings nothing: the study is not here, or not for this account. */
const isGone = (error: unknown): boolean => error instanceof Problem && !error.repeatable;

function Workplace({ desk, detail }: { readonly desk: Desk; readonly detail: StudyDetail }) {
  const { t } = useWords();
  const view = useSyncExternalStore(desk.subscribe, desk.snapshot);
  const first = firstSeries(detail.series)?.series_instance_uid;
  useEffect(() => {
    if (first !== undefined && desk.snapshot().series === null) void desk.open(first);
  }, [desk, first]);
  const steps = {
    possible: stepTarget(detail.series, view, 1) !== null || stepTarget(detail.series, view, -1) !== null,
    by: (by: number) => {
      const target = stepTarget(detail.series, desk.snapshot(), by);
      if (target !== null) void desk.open(target.series, target.set);
    },
  };
  useCommands(readingCommands(desk, view, steps));
  const objects = useObjects(desk, view, detail);
  return (
    <>
      <Toolbar desk={desk} view={view} />
      <Strip study={detail.study} series={detail.series} desk={desk} view={view} />
      <PaneView desk={desk} view={view}>
        {objects.shown}
      </PaneView>
      {objects.dialog}
      {detail.series.length > 0 ? null : (
        <div className="pane-note">
          <Empty title={t("reading.noSeries")} />
        </div>
      )}
    </>
  );
}

/** One desk for each study; leaving the page aborts its loads and ends its workers. */
function useDesk(study: StudyName): Desk | null {
  const client = useClient();
  const [desk, setDesk] = useState<Desk | null>(null);
  useEffect(() => {
    const created = new Desk({ client, study, decoder: startDecoder(), wish: rendererWish(window.location.search) });
    setDesk(created);
    return () => {
      setDesk(null);
      created.dispose();
    };
  }, [client, study]);
  return desk;
}

/** `?renderer=2d` and `?renderer=webgl` force one of both, for tests and for finding out why a picture looks wrong. */
function rendererWish(search: string): RendererWish {
  const wish = new URLSearchParams(search).get("renderer");
  return wish === "2d" || wish === "webgl" ? wish : "auto";
}

/** The study with its series; news of the archive about it is asked for again, the pictures stay until the reader takes them. */
function useStudy(study: StudyName) {
  const client = useClient();
  const { events } = useSurroundings();
  const query = useQuery({
    queryKey: ["study", study.uid, study.key],
    queryFn: ({ signal }) => client.studies.detail(study, signal),
  });
  const { refetch } = query;
  useEffect(
    () =>
      events.onEvent((event) => {
        if (event.study === study.uid) void refetch();
      }),
    [events, study, refetch],
  );
  return query;
}

/** Has the desk look whether other images stand in the place of its own: when it is told so, or may not have been told. */
function useReplacedImages(study: StudyName, desk: Desk | null): void {
  const { events } = useSurroundings();
  useEffect(() => {
    if (desk === null) return;
    const unsubscribe = [
      events.onEvent(({ kind, study: uid }) => {
        if (kind === "variants_changed" && uid === study.uid) void desk.recheck();
      }),
      events.onState(() => {
        if (events.connected() === true) void desk.recheck();
      }),
    ];
    return () => {
      for (const end of unsubscribe) end();
    };
  }, [events, study, desk]);
}
