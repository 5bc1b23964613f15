// How the reader wants the client: of the account while signed in, of the browser before.
import type { Preferences } from "../api";
import { type Language, languageOf } from "../locale";

export type Density = "compact" | "normal" | "comfortable";

/** The account's language; without one, that of the page so far; at first, what the browser asks for. */
export const languageFor = (
  preferences: Preferences | null,
  last: Language | null,
  wanted: readonly string[],
): Language => preferences?.language ?? last ?? languageOf(wanted);

export const densityFor = (preferences: Preferences | null): Density => preferences?.density ?? "normal";

/** Shows language and density on the document, where styles and screen readers find them. */
export function applySettings(root: HTMLElement, language: Language, density: Density): void {
  root.lang = language;
  root.dataset["density"] = density;
}
