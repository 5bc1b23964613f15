// The face of the locale: words and forms of the reader's language, for every component below the provider.
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type Formats, formatsOf } from "./formats";
import { type Language, type Translate, translator } from "./words";

export interface Words {
  readonly language: Language;
  readonly t: Translate;
  readonly formats: Formats;
}

export function wordsOf(language: Language): Words {
  const formats = formatsOf(language);
  return { language, formats, t: translator(language, (value) => formats.numeral(value)) };
}

const WordsContext = createContext<Words>(wordsOf("de"));

export function WordsProvider({ language, children }: { readonly language: Language; readonly children: ReactNode }) {
  const words = useMemo(() => wordsOf(language), [language]);
  return <WordsContext value={words}>{children}</WordsContext>;
}

export const useWords = (): Words => useContext(WordsContext);

export { dateFromInput, dicomDate, type Formats } from "./formats";
export { personName } from "./names";
export { CATALOGUES, isWordKey, LANGUAGES, type Language, languageOf, type Translate, type WordKey } from "./words";
