// Opens what another system asks for: the one study, or the list of those that match. Says so where there is none.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { StudyPage, StudyRow } from "../api";
import { useWords } from "../locale";
import { Failure, type Place, useGo, useSurroundings } from "../shell";
import { Empty, LinkButton, Loading } from "../ui";
import { addressOf, queryOf } from "./filter";
import { type Invocation, invocationOf } from "./invocation";

export function InvokePage({ request }: { readonly request: string }) {
  const { t } = useWords();
  const { client, navigator } = useSurroundings();
  const invocation = useMemo(() => invocationOf(request), [request]);
  const found = useQuery({
    queryKey: ["invoke", request],
    queryFn: ({ signal }) =>
      client.studies.page({ ...(invocation === null ? {} : queryOf(invocation.filter)) }, signal),
    enabled: invocation !== null,
    gcTime: 0,
  });
  const place = invocation === null || found.data === undefined ? null : placeFor(invocation, found.data);
  useEffect(() => {
    // In the place of the call, so that Back leaves to where the call came from.
    if (place !== null) navigator.go(place, "replace");
  }, [place, navigator]);
  if (invocation === null) return <Nothing title={t("invoke.unclear.title")} text={t("invoke.unclear.text")} />;
  if (found.error !== null) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (found.data !== undefined && place === null)
    return <Nothing title={t("invoke.none.title")} text={t("invoke.none.text")} />;
  return <Loading label={t("state.loading")} />;
}

/** Where the call leads; null where nothing matches. Never to one study while it could be another person's. */
export function placeFor({ filter, newest, authority }: Invocation, { items, total }: StudyPage): Place | null {
  const [first] = items;
  if (first === undefined) return null;
  const isOne = total === 1 || (newest && items.every((row) => person(row) === person(first)));
  if (!(isOne && mayBeIssuedBy(first, authority))) return { page: "worklist", filter: addressOf(filter) };
  return { page: "reading", study: first.study_instance_uid, studyKey: first.study_key };
}

const person = ({ patient, identity }: StudyRow): string =>
  [patient.patient_id, patient.issuer, patient.name, patient.birth_date, identity].join("\u0000");

/** Numbers repeat between houses: one that another house issued is not opened unseen. */
const mayBeIssuedBy = ({ patient }: StudyRow, authority: readonly string[]): boolean =>
  patient.issuer === "" || authority.every((one) => one === "") || authority.includes(patient.issuer);

function Nothing({ title, text }: { readonly title: string; readonly text: string }) {
  const { t } = useWords();
  const go = useGo();
  return (
    <Empty title={title}>
      <p>{text}</p>
      <p>
        <LinkButton onClick={() => go({ page: "worklist", filter: "" })}>{t("app.nowhere.link")}</LinkButton>
      </p>
    </Empty>
  );
}
