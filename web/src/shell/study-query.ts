// The study with its series, as every page asks for it: what one has, the others have.
import type { KontorClient, StudyDetail, StudyName } from "../api";

interface StudyQuery {
  readonly queryKey: readonly [string, string, string];
  readonly queryFn: (given: { readonly signal: AbortSignal }) => Promise<StudyDetail>;
}

export const studyQuery = (client: KontorClient, study: StudyName): StudyQuery => ({
  queryKey: ["study", study.uid, study.key],
  queryFn: ({ signal }) => client.studies.detail(study, signal),
});
