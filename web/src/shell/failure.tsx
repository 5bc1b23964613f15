// A failed request in words: what failed, what stays usable, the next automatic try, one act.
import { useEffect, useState } from "react";
import { Problem, Unexpected, Unreachable } from "../api";
import { useWords, type WordKey, type Words } from "../locale";
import { LinkButton, Note } from "../ui";

const RETRY_SECONDS = 10;

export interface FailureProps {
  readonly error: unknown;
  /** Tried by itself every ten seconds while the server does not answer, and by the button. */
  readonly retry?: () => void;
  /** Done by its button alone, never by itself; the label says what it does to what. */
  readonly act?: { readonly label: string; readonly run: () => void };
  /** Fields at which the form itself says what is wrong with them. */
  readonly atFields?: readonly string[];
}

/** What may stand in a field, for those that a person fills in; the server's own reasons are for programs. */
const FIELDS: Readonly<Record<string, WordKey>> = {
  host: "field.host",
  ae_title: "field.ae",
  called_ae_title: "field.ae",
  port: "field.port",
  name: "field.name",
  roles: "field.roles",
  may: "field.may",
  password: "field.password",
};

/** What is to be said at a form's field after a refusal that names it. */
export function wrongField(error: unknown, field: string): WordKey | undefined {
  return error instanceof Problem && error.fields.has(field) ? FIELDS[field] : undefined;
}

function fieldsText(error: unknown, elsewhere: readonly string[], { t }: Words): string {
  if (!(error instanceof Problem)) return "";
  const here = [...error.fields].filter(([field]) => !elsewhere.includes(field));
  const said = here.map(([field, reason]) => {
    const key = FIELDS[field];
    return key === undefined ? `${field}: ${reason}` : t(key);
  });
  return said.map((one) => ` ${one}.`).join("");
}

export function Failure({ error, retry, act, atFields = [] }: FailureProps) {
  const words = useWords();
  const { title, text, repeats } = describe(error, words);
  const left = useCountdown(retry !== undefined && repeats ? retry : null);
  const byButton = retry === undefined ? act : { label: words.t("state.retryNow"), run: retry };
  return (
    <Note
      tone="bad"
      act={byButton === undefined ? null : <LinkButton onClick={byButton.run}>{byButton.label}</LinkButton>}
    >
      <b className="strong">{title}</b>
      {fieldsText(error, atFields, words)}
      {text === "" ? null : <> {text}</>}
      {left === null ? null : <> {words.t("state.retryIn", { n: left })}</>}
    </Note>
  );
}

interface Described {
  readonly title: string;
  readonly text: string;
  readonly repeats: boolean;
}

/** Problems carry the server's own words; only what the server cannot say itself is said here. */
export function describe(error: unknown, { t }: Words): Described {
  if (error instanceof Problem) {
    const number = error.incident === "" ? "" : ` ${t("state.incident", { id: error.incident })}`;
    return { title: `${error.title}.`, text: `${error.remedy}${number}`, repeats: error.repeatable };
  }
  if (error instanceof Unreachable) {
    return { title: `${t("state.unreachable")}.`, text: t("state.unreachable.text"), repeats: true };
  }
  if (error instanceof Unexpected) {
    return { title: `${t("state.unexpected")}.`, text: t("state.unexpected.text", { at: error.at }), repeats: false };
  }
  const at = error instanceof Error ? error.message : String(error);
  return { title: `${t("state.unexpected")}.`, text: t("state.unexpected.text", { at }), repeats: false };
}

function useCountdown(act: (() => void) | null): number | null {
  const [left, setLeft] = useState(RETRY_SECONDS);
  const active = act !== null;
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, [active]);
  useEffect(() => {
    if (left > 0 || act === null) return;
    setLeft(RETRY_SECONDS);
    act();
  }, [left, act]);
  return active ? Math.max(left, 0) : null;
}
