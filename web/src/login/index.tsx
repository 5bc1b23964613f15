// The sign-in page.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type KontorClient, Problem, type SessionView } from "../api";
import { LANGUAGES, type Language, useWords } from "../locale";
import { Failure, Keys } from "../shell";
import { Button, Icon, Note, TextField } from "../ui";
import "./login.css";
import picture from "./section.webp";

export interface LoginPageProps {
  readonly client: KontorClient;
  /** Whether a session has just ended by itself. */
  readonly ended: boolean;
  readonly onLanguage: (language: Language) => void;
  readonly onSession: (session: SessionView) => void;
}

export default function LoginPage(props: LoginPageProps) {
  const { t, language } = useWords();
  return (
    <main className="gate">
      <section className="enter" aria-label={t("login.title")}>
        <p className="wordmark">
          <Icon name="mark" />
          {t("app.name")}
        </p>
        <SignInForm {...props} />
        <footer>
          <p className="strong">{t("app.notMedical")}</p>
          <p className="row">
            <span>{t("app.language")}</span>
            <span className="push row">
              {LANGUAGES.map((one) => (
                <button
                  key={one}
                  type="button"
                  lang={one}
                  aria-pressed={one === language}
                  className={one === language ? "strong" : ""}
                  onClick={() => props.onLanguage(one)}
                >
                  {one === "de" ? "Deutsch" : "English"}
                </button>
              ))}
            </span>
          </p>
        </footer>
      </section>
      <div className="calm">
        <img src={picture} alt={t("login.picture")} width={1080} height={1080} />
      </div>
    </main>
  );
}

function SignInForm({ client, ended, onSession }: LoginPageProps) {
  const { t } = useWords();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const attempt = useSignIn(client, onSession);
  const first = useRef<HTMLFormElement>(null);
  useEffect(() => first.current?.querySelector("input")?.focus(), []);
  return (
    <form
      ref={first}
      onSubmit={(event) => {
        event.preventDefault();
        void attempt.start(name.trim(), password);
      }}
    >
      <h1>{t("login.title")}</h1>
      {ended ? <Note>{t("session.expired")}</Note> : null}
      <TextField
        label={t("login.name")}
        value={name}
        onText={setName}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField value={password} onText={setPassword} />
      <Button kind="main" submit disabled={attempt.busy || attempt.lockedSeconds > 0}>
        {attempt.busy ? t("login.busy") : t("login.act")} <Keys of="Enter" />
      </Button>
      <Refusal {...attempt} />
    </form>
  );
}

function PasswordField({ value, onText }: { readonly value: string; readonly onText: (text: string) => void }) {
  const { t } = useWords();
  const [capsLock, setCapsLock] = useState(false);
  const [shown, setShown] = useState(false);
  const look = (event: KeyboardEvent): void => setCapsLock(event.getModifierState("CapsLock"));
  const warning = (
    <span className="warn row row--tight" role="status">
      <Icon name="warn" size="s" />
      {t("login.capsLock")}
    </span>
  );
  return (
    <TextField
      label={t("login.password")}
      type={shown ? "text" : "password"}
      value={value}
      onText={onText}
      autoComplete="current-password"
      onKeyDown={look}
      onKeyUp={look}
      {...(capsLock ? { aside: warning } : {})}
      end={
        <button type="button" className="dim" onClick={() => setShown(!shown)}>
          <Icon name={shown ? "eye-off" : "eye"} label={t(shown ? "login.hide" : "login.show")} />
        </button>
      }
    />
  );
}

interface Attempt {
  readonly busy: boolean;
  readonly error: unknown;
  readonly missing: boolean;
  readonly lockedSeconds: number;
  readonly start: (name: string, password: string) => Promise<void>;
}

function Refusal({ error, missing, lockedSeconds }: Attempt) {
  const { t } = useWords();
  if (missing) return <Note tone="bad">{t("login.missing")}</Note>;
  if (lockedSeconds > 0) return <Note tone="warn">{t("login.throttled", { n: lockedSeconds })}</Note>;
  return error === null ? null : <Failure error={error} />;
}

/** One attempt at a time; after too many, the button waits as long as the server says. */
function useSignIn(client: KontorClient, onSession: (session: SessionView) => void): Attempt {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState(false);
  const [lockedSeconds, setLockedSeconds] = useState(0);
  useEffect(() => {
    if (lockedSeconds <= 0) return;
    const timer = setTimeout(() => setLockedSeconds(lockedSeconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [lockedSeconds]);
  const start = async (name: string, password: string): Promise<void> => {
    setMissing(name === "" || password === "");
    setError(null);
    if (name === "" || password === "" || busy) return;
    setBusy(true);
    try {
      onSession(await client.session.signIn(name, password, AbortSignal.timeout(30_000)));
    } catch (problem) {
      const wait = problem instanceof Problem ? problem.retryAfterSeconds : null;
      setLockedSeconds(wait ?? 0);
      setError(wait === null ? problem : null);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, missing, lockedSeconds, start };
}
