// The whole client: signs in, then shows the place of the address with its commands.
import { useQueryClient } from "@tanstack/react-query";
import {
  type Dispatch,
  type RefObject,
  type SetStateAction,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type ChangePreferences, type KontorClient, Problem, type SessionView } from "../api";
import { type Language, useWords, type WordKey, WordsProvider } from "../locale";
import LoginPage from "../login";
import {
  type Command,
  type CommandRegistry,
  type EventFeed,
  Failure,
  forgetCaseList,
  forgetDropped,
  mayRead,
  type Navigator,
  type Surroundings,
  SurroundingsContext,
  type Toast,
} from "../shell";
import { Loading } from "../ui";
import { KeyListener } from "./key-listener";
import { tellOtherWindows, useOtherWindows } from "./other-windows";
import { Pages } from "./pages";
import { applySettings, densityFor, languageFor } from "./settings";
import { ToastView } from "./toast-view";
import { useToast } from "./use-toast";

export interface ApplicationProps {
  readonly client: KontorClient;
  /** Who is here, asked before anything was drawn. */
  readonly arriving: Promise<SessionView>;
  readonly commands: CommandRegistry;
  readonly navigator: Navigator;
  readonly events: EventFeed;
}

type Entry =
  | { readonly kind: "asking" }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "outside"; readonly ended: boolean }
  | { readonly kind: "inside"; readonly session: SessionView };

export function Application(props: ApplicationProps) {
  const { client } = props;
  const arriving = useRef<Promise<SessionView> | null>(props.arriving);
  const [entry, setEntry] = useState<Entry>({ kind: "asking" });
  const [chosen, setChosen] = useState<Language | null>(null);
  const last = useRef<Language | null>(null); // signing out does not change the language of the page
  const preferences = entry.kind === "inside" ? entry.session.preferences : null;
  const language = chosen ?? languageFor(preferences, last.current, window.navigator.languages);
  last.current = language;
  client.speak(language);
  useEffect(() => applySettings(document.documentElement, language, densityFor(preferences)), [language, preferences]);
  const ask = useCallback(() => {
    const abort = new AbortController();
    followAnswer(arriving.current ?? client.session.current(abort.signal), abort.signal, setEntry);
    arriving.current = null;
    return () => abort.abort();
  }, [client]);
  useEffect(() => {
    return entry.kind === "asking" ? ask() : undefined;
  }, [entry.kind, ask]);

  const enter = (session: SessionView): void => {
    tellOtherWindows();
    const change = chosen === null ? {} : { language: chosen };
    setEntry({ kind: "inside", session: { ...session, preferences: merged(session, change) } });
    if (chosen !== null && chosen !== session.preferences.language) remember(client, change);
    setChosen(null);
  };
  return (
    <WordsProvider language={language}>
      {entry.kind === "asking" ? <Loading label="Kontor" /> : null}
      {entry.kind === "failed" ? <Failure error={entry.error} retry={() => setEntry({ kind: "asking" })} /> : null}
      {entry.kind === "outside" ? (
        <LoginPage client={client} ended={entry.ended} onLanguage={setChosen} onSession={enter} />
      ) : null}
      {entry.kind === "inside" ? <Inside {...props} session={entry.session} onEntry={setEntry} /> : null}
    </WordsProvider>
  );
}

/** Who is here, and what there is to see for them; nothing once `signal` is aborted. */
function followAnswer(answer: Promise<SessionView>, signal: AbortSignal, setEntry: (entry: Entry) => void): void {
  answer.then(
    (session) => {
      if (!signal.aborted) setEntry({ kind: "inside", session });
    },
    (error: unknown) => {
      if (signal.aborted) return;
      if (error instanceof Problem && error.endsSession) {
        setEntry({ kind: "outside", ended: error.code === "session-expired" });
      } else setEntry({ kind: "failed", error });
    },
  );
}

/** A preference that cannot be kept on the server still holds until the page is closed. */
function remember(client: KontorClient, preferences: ChangePreferences): void {
  client.session.prefer(preferences, AbortSignal.timeout(10_000)).catch(() => undefined);
}

interface InsideProps extends ApplicationProps {
  readonly session: SessionView;
  readonly onEntry: (entry: Entry) => void;
}

function Inside({ commands, navigator, events, session, onEntry, ...props }: InsideProps) {
  const [over] = useState(() => new AbortController());
  const [client] = useState(() => props.client.inSession(session, over.signal));
  client.speak(useWords().language);
  const [toast, setToast] = useToast(navigator);
  const queries = useQueryClient();
  /** Whether the reader has asked to sign out: then an end of the session is no surprise. */
  const leaving = useRef(false);
  const leave = useCallback(
    (ended: boolean) => {
      if (over.signal.aborted) return; // an answer that came late: somebody else may be here by now
      over.abort();
      const asked = !ended || leaving.current;
      if (asked) tellOtherWindows();
      queries.clear();
      forgetCaseList();
      forgetDropped();
      onEntry({ kind: "outside", ended: !asked });
    },
    [over, queries, onEntry],
  );
  useSessionEnd(client, events, session, leave);
  useOtherWindows(client);
  const { keys } = session.preferences;
  useEffect(() => commands.rebind(keys ?? {}), [commands, keys]);
  const signOut = useSignOut(client, leaving, leave, setToast);
  const tellWhy = useTellWhy(setToast);
  const surroundings = useMemo<Surroundings>(
    () => ({
      client,
      session,
      commands,
      navigator,
      events,
      toast: setToast,
      prefer: (change) => {
        remember(client, change);
        onEntry({ kind: "inside", session: { ...session, preferences: merged(session, change) } });
      },
      signOut,
    }),
    [client, session, commands, navigator, events, onEntry, signOut, setToast],
  );
  return (
    <SurroundingsContext value={surroundings}>
      <KeyListener commands={commands} onRefused={tellWhy} />
      <Pages />
      {toast === null ? null : <ToastView toast={toast} onGone={() => setToast(null)} />}
    </SurroundingsContext>
  );
}

/** Says why a key does nothing, in place of the message shown; one that stays or offers something to do is left there. */
function useTellWhy(setToast: Dispatch<SetStateAction<Toast | null>>): (command: Command, why: WordKey) => void {
  const { t } = useWords();
  return useCallback(
    ({ label }, why) => {
      const told: Toast = { tone: "warn", text: `${t(label)}: ${t(why)}` };
      setToast((shown) => (shown?.tone === "bad" || shown?.act !== undefined ? shown : told));
    },
    [setToast, t],
  );
}

/** Leaves only when the server has ended the session: until then its cookie lets in whoever sits down here next. */
function useSignOut(
  client: KontorClient,
  leaving: RefObject<boolean>,
  leave: (ended: boolean) => void,
  toast: (toast: Toast) => void,
): () => void {
  const { t } = useWords();
  return useCallback(() => {
    const signOut = (): void => {
      leaving.current = true;
      client.session.signOut(AbortSignal.timeout(10_000)).then(
        () => leave(false),
        (error: unknown) => {
          if (error instanceof Problem && error.endsSession) return; // it is left already
          leaving.current = false;
          toast({ tone: "bad", text: t("session.notSignedOut"), act: { label: t("state.retryNow"), run: signOut } });
        },
      );
    };
    signOut();
  }, [client, leaving, leave, toast, t]);
}

/** What is absent of a change stays. */
function merged(session: SessionView, change: ChangePreferences): SessionView["preferences"] {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...session.preferences, ...given };
}

/** Follows the events of the archive, and leaves as soon as any request says that the session has ended. */
function useSessionEnd(
  client: KontorClient,
  events: EventFeed,
  session: SessionView,
  leave: (ended: boolean) => void,
): void {
  const reads = mayRead(session);
  useEffect(() => client.onSessionEnd(() => leave(true)), [client, leave]);
  useEffect(() => {
    if (!reads) return;
    const abort = new AbortController();
    events.run(client, abort.signal).catch(() => undefined); // the end of the session is told above
    return () => abort.abort();
  }, [client, events, reads]);
}
