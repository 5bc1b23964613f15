// What the first page needs is asked for before anything is drawn: who is here, the page's code, the study of the address.
import type { QueryClient } from "@tanstack/react-query";
import { type KontorClient, type SessionView, studyUid } from "../api";
import { languageOf } from "../locale";
import { mayRead, type Place, studyQuery } from "../shell";
import { fetchPage } from "./pages";

/** The answer who is here; whoever waits for it says why there is none. */
export function arriveAt(place: Place, client: KontorClient, queries: QueryClient): Promise<SessionView> {
  client.speak(languageOf(window.navigator.languages));
  fetchPage(place);
  const session = client.session.current(new AbortController().signal);
  session.then((view) => (mayRead(view) ? prefetchStudy(place, client, queries) : undefined)).catch(() => undefined);
  return session;
}

async function prefetchStudy(place: Place, client: KontorClient, queries: QueryClient): Promise<void> {
  if (place.page !== "reading") return;
  await queries.prefetchQuery(studyQuery(client, { uid: studyUid(place.study), key: place.studyKey }));
}
