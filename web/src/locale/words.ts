// Words by key in two languages; keys are checked by the compiler, in code and between the languages.
import { admin as adminDe } from "./de/admin";
import { also as alsoDe } from "./de/also";
import { audit as auditDe } from "./de/audit";
import { auditDetails as auditDetailsDe } from "./de/audit-details";
import { badges as badgesDe } from "./de/badges";
import { cases as casesDe } from "./de/cases";
import { claims as claimsDe } from "./de/claims";
import { common as commonDe } from "./de/everywhere";
import { invoke as invokeDe } from "./de/invoke";
import { login as loginDe } from "./de/login";
import { marks as marksDe } from "./de/marks";
import { objects as objectsDe } from "./de/objects";
import { operation as operationDe } from "./de/operation";
import { panes as panesDe } from "./de/panes";
import { profile as profileDe } from "./de/profile";
import { reading as readingDe } from "./de/reading";
import { start as startDe } from "./de/start";
import { timeline as timelineDe } from "./de/timeline";
import { upload as uploadDe } from "./de/upload";
import { views as viewsDe } from "./de/views";
import { worklist as worklistDe } from "./de/worklist";
import { admin as adminEn } from "./en/admin";
import { also as alsoEn } from "./en/also";
import { audit as auditEn } from "./en/audit";
import { auditDetails as auditDetailsEn } from "./en/audit-details";
import { badges as badgesEn } from "./en/badges";
import { cases as casesEn } from "./en/cases";
import { claims as claimsEn } from "./en/claims";
import { common as commonEn } from "./en/everywhere";
import { invoke as invokeEn } from "./en/invoke";
import { login as loginEn } from "./en/login";
import { marks as marksEn } from "./en/marks";
import { objects as objectsEn } from "./en/objects";
import { operation as operationEn } from "./en/operation";
import { panes as panesEn } from "./en/panes";
import { profile as profileEn } from "./en/profile";
import { reading as readingEn } from "./en/reading";
import { start as startEn } from "./en/start";
import { timeline as timelineEn } from "./en/timeline";
import { upload as uploadEn } from "./en/upload";
import { views as viewsEn } from "./en/views";
import { worklist as worklistEn } from "./en/worklist";

export type Language = "de" | "en";
export const LANGUAGES: readonly Language[] = ["de", "en"];

const german = {
  ...adminDe,
  ...alsoDe,
  ...auditDe,
  ...auditDetailsDe,
  ...badgesDe,
  ...casesDe,
  ...claimsDe,
  ...commonDe,
  ...invokeDe,
  ...loginDe,
  ...marksDe,
  ...objectsDe,
  ...operationDe,
  ...panesDe,
  ...profileDe,
  ...readingDe,
  ...startDe,
  ...timelineDe,
  ...uploadDe,
  ...viewsDe,
  ...worklistDe,
};
export type WordKey = keyof typeof german;
export type Catalogue = Readonly<Record<WordKey, string>>;
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  de: german,
  en: {
    ...adminEn,
    ...alsoEn,
    ...auditEn,
    ...auditDetailsEn,
    ...badgesEn,
    ...casesEn,
    ...claimsEn,
    ...commonEn,
    ...invokeEn,
    ...loginEn,
    ...marksEn,
    ...objectsEn,
    ...operationEn,
    ...panesEn,
    ...profileEn,
    ...readingEn,
    ...startEn,
    ...timelineEn,
    ...uploadEn,
    ...viewsEn,
    ...worklistEn,
  },
};

/** Values for the braces of a text. A numeral `n` also chooses between `one|other`. */
export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: WordKey, values?: Values) => string;

/** The translating function of a language; `numeral` writes numbers as the language does. */
export function translator(language: Language, numeral: (value: number) => string): Translate {
  const plural = new Intl.PluralRules(language);
  const catalogue = CATALOGUES[language];
  return (key, values = {}) => {
    const forms = catalogue[key].split("|");
    const count = values["n"];
    const form =
      forms.length === 2 && typeof count === "number" && plural.select(count) !== "one" ? forms[1] : forms[0];
    return (form ?? "").replace(/\{(\w+)\}/g, (brace, name: string) => {
      const value = values[name];
      return value === undefined ? brace : typeof value === "number" ? numeral(value) : value;
    });
  };
}

/** Whether a text is a key: for keys made of what the server says, such as a reason. */
export function isWordKey(text: string): text is WordKey {
  return text in german;
}

/** German where the reader's browser asks for it before any other language, else English. */
export function languageOf(wanted: readonly string[]): Language {
  const first = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "de" || tag === "en");
  return first === "de" ? "de" : "en";
}
