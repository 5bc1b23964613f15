// The reading page: identity above, tools below it, series at the left, the panes. The application loads it when a study is opened.
import "./reading.css";
import "./strip.css";
import "./panes.css";
import "./overlay.css";
import "./marking/marking.css";
import "./presenting/presenting.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { Problem, type StudyDetail, type StudyName, type StudyRow, sameStudy, studyUid } from "../api";
import { useWords } from "../locale";
import { type Command, Failure, Keys, studyQuery, useClient, useCommands, useSurroundings } from "../shell";
import { Empty, LinkButton, Loading } from "../ui";
import { type RendererWish, startDecoder } from "../viewport";
import { Ahead, type Brought } from "./ahead";
import { closeCommand, readingCommands } from "./commands";
import type { Companion, OtherWindows } from "./companions";
import { Desk } from "./desk";
import { Head } from "./head";
import { Marking } from "./marking/marking";
import { MarkingNotes, MarksButton } from "./marking/marking-parts";
import { MarksPanel } from "./marking/marks-panel";
import { useMarking } from "./marking/use-marking";
import { mouseProfile } from "./mouse-profile";
import { useObjects } from "./objects";
import { fillPlaces, openStudy } from "./opening";
import { OtherPatient } from "./other-patient";
import { Panes } from "./panes";
import { usePresenting } from "./presenting/use-presenting";
import { openSecondWindow } from "./second-window";
import { firstSeries, stepTarget } from "./series-order";
import { Strip } from "./strip";
import { Toolbar } from "./toolbar";
import { patientKey, useCompanions } from "./use-companions";

interface ReadingPageProps {
  readonly study: string;
  readonly studyKey: string;
}

export default function ReadingPage({ study, studyKey }: ReadingPageProps): React.JSX.Element {
  const name = useMemo(() => ({ uid: studyUid(study), key: studyKey }), [study, studyKey]);
  const ahead = useAhead();
  const { desk, marking, brought } = useDesk(name, ahead);
  const detail = useStudy(name, brought);
  useReplacedImages(name, desk);
  const others = useRef<readonly Companion[]>([]);
  const { navigator } = useSurroundings();
  const leave = (): void => navigator.leaveFor({ page: "worklist", filter: "" });
  const { t } = useWords();
  useCommands([closeCommand(leave)]);
  return (
    <div className="read">
      <Head study={detail.data?.study ?? null} others={others} onClose={leave} />
      {desk === null || marking === null || detail.data === undefined ? (
        <div className="toolbar" />
      ) : (
        <Workplace desk={desk} marking={marking} detail={detail.data} others={others} />
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

/** Series that hang in the other windows of this study. */
function hungElsewhere(companions: readonly Companion[]): ReadonlySet<string> {
  return new Set(companions.flatMap(({ hung }) => hung));
}

/** The command that opens the second window; where the browser prevents it, it is said how to allow it. */
function useSecondWindow(): (study: StudyRow) => Command {
  const { toast } = useSurroundings();
  const { t } = useWords();
  return ({ study_instance_uid: study, study_key: studyKey }) => ({
    id: "reading.secondWindow",
    label: "reading.window.second",
    group: "reading.title",
    keys: ["F2"],
    run: () => {
      if (!openSecondWindow(window, { page: "reading", study, studyKey }))
        toast({ tone: "warn", text: t("reading.window.blocked") });
    },
  });
}

interface WorkplaceProps {
  readonly desk: Desk;
  readonly marking: Marking;
  readonly detail: StudyDetail;
  readonly others: OtherWindows;
}

function Workplace({ desk, marking, detail, others }: WorkplaceProps) {
  const { t } = useWords();
  const view = useSyncExternalStore(desk.subscribe, desk.snapshot);
  const secondWindow = useSecondWindow();
  useOpening(desk, detail);
  useMouse(desk);
  const companions = useCompanions(desk, detail.study, others);
  const steps = {
    possible: stepTarget(detail.series, view, 1) !== null || stepTarget(detail.series, view, -1) !== null,
    by: (by: number) => {
      const target = stepTarget(detail.series, desk.snapshot(), by);
      if (target?.object !== undefined) void desk.openObject(target.series, target.object);
      else if (target !== null) void desk.open(target.series, target.set);
    },
  };
  useCommands([...readingCommands(desk, view, steps), secondWindow(detail.study)]);
  const present = usePresenting(desk, detail);
  const objects = useObjects(desk, view, detail, present);
  const page = useMarking(marking, desk, view);
  return (
    <>
      <OtherPatient patient={patientKey(detail.study)} companions={companions} />
      <Toolbar desk={desk} view={view}>
        <MarksButton page={page} />
      </Toolbar>
      <Strip
        study={detail.study}
        series={detail.series}
        desk={desk}
        view={view}
        onPresent={present}
        elsewhere={hungElsewhere(companions)}
      />
      <Panes desk={desk} view={view} shownAt={objects.shownAt} />
      {objects.dialog}
      <MarkingNotes marking={marking} page={page} />
      {page.listed ? (
        <MarksPanel marking={marking} marks={page.marks} desk={desk} view={view} onClose={() => page.list(false)} />
      ) : null}
      {detail.series.length > 0 ? null : (
        <div className="pane-note">
          <Empty title={t("reading.noSeries")} />
        </div>
      )}
    </>
  );
}

/** Hangs what a study opens with, once it has a series; how panes stood last is remembered by modality. */
function useOpening(desk: Desk, detail: StudyDetail): void {
  const { session, prefer } = useSurroundings();
  const first = firstSeries(detail.series);
  const latest = useRef({ series: detail.series, layouts: session.preferences.layouts ?? {}, prefer, first });
  latest.current = { series: detail.series, layouts: session.preferences.layouts ?? {}, prefer, first };
  useEffect(() => {
    const { series, layouts } = latest.current;
    if (first !== null && desk.snapshot().series === null) void openStudy(desk, series, layouts);
  }, [desk, first]);
  useEffect(
    () =>
      desk.onLayout((layout) => {
        const modality = latest.current.first?.modality ?? "";
        const { layouts, series } = latest.current;
        void fillPlaces(desk, series);
        if (modality !== "" && layouts[modality] !== layout)
          latest.current.prefer({ layouts: { ...layouts, [modality]: layout } });
      }),
    [desk],
  );
}

/** The reader's mouse; the left button's tool is taken in hand when the profile changes it. */
function useMouse(desk: Desk): void {
  const { session } = useSurroundings();
  const { mouse } = session.preferences;
  useEffect(() => {
    desk.mouse = mouseProfile(
      mouse,
      desk.tools.map(({ id }) => id),
    );
    desk.hold(desk.mouse.left);
  }, [desk, mouse]);
}

interface Bench {
  readonly study: StudyName;
  readonly desk: Desk;
  readonly marking: Marking;
  readonly brought: Brought | null;
}

/** One desk with its marks for each study; leaving the page aborts their calls and ends the desk's workers. */
function useDesk(
  study: StudyName,
  ahead: Ahead,
): Bench | { readonly desk: null; readonly marking: null; readonly brought: null } {
  const { client, session } = useSurroundings();
  const { organisation, name, display_name } = session;
  const [bench, setBench] = useState<Bench | null>(null);
  useEffect(() => {
    const store = window.localStorage;
    const marking = new Marking({ client, study, session: { organisation, name, display_name }, store });
    const { tools } = marking;
    const layers = [...marking.layers, ahead.layer];
    const brought = ahead.take(study);
    const wish = rendererWish(window.location.search);
    const desk = new Desk({ client, study, decoder: startDecoder(), wish, tools, layers, brought });
    setBench({ study, desk, marking, brought });
    return () => {
      setBench(null);
      desk.dispose();
      marking.dispose();
    };
  }, [client, study, ahead, organisation, name, display_name]);
  // The first commit of another study comes before its bench: the last one's images never lie under its patient's name.
  return bench?.study === study ? bench : { desk: null, marking: null, brought: null };
}

/** `?renderer=2d` and `?renderer=webgl` force one of both, for tests and for finding out why a picture looks wrong. */
function rendererWish(search: string): RendererWish {
  const wish = new URLSearchParams(search).get("renderer");
  return wish === "2d" || wish === "webgl" ? wish : "auto";
}

/** What the preview or an earlier visit brought is shown at once and asked for anew: series may have come, persons been named. */
const FRESH_MS = 5_000;

/** The study with its series; news of the archive about it is asked for again, the pictures stay until the reader takes them. */
function useStudy(study: StudyName, brought: Brought | null) {
  const client = useClient();
  const { events } = useSurroundings();
  const query = useQuery({
    ...studyQuery(client, study),
    staleTime: FRESH_MS,
    ...(brought !== null && sameStudy(brought.study, study) ? { placeholderData: brought.detail } : {}),
  });
  const { refetch } = query;
  useEffect(() => {
    const unsubscribe = [
      events.onEvent((event) => {
        if (event.study === study.uid) void refetch();
      }),
      // Before the line stood, and while it was away, nothing was told.
      events.onState(() => {
        if (events.connected() === true) void refetch();
      }),
    ];
    return () => {
      for (const end of unsubscribe) end();
    };
  }, [events, study, refetch]);
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

/** Whether the browser was told to spare its line (Network Information API; where it is not known, nobody was). */
function isLineSpared(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}

/** What is brought of the next case while this one is read; it outlives the desk of one study. */
function useAhead(): Ahead {
  const { client, events } = useSurroundings();
  const ahead = useMemo(() => new Ahead({ client, sparing: isLineSpared }), [client]);
  useEffect(() => {
    const unsubscribe = [
      client.onCall(() => ahead.giveWay()),
      events.onEvent(({ kind, study }) => {
        if (kind !== "claim_changed") ahead.forget(study);
      }),
      // While the line for news was away, nothing told that what was brought is still so.
      events.onState(() => ahead.forget()),
    ];
    return () => {
      for (const end of unsubscribe) end();
      ahead.end();
    };
  }, [client, events, ahead]);
  return ahead;
}
