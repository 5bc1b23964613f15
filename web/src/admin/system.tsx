// The running system in a few lines: what it is, how much room is left, what the examination found.
import { useQuery } from "@tanstack/react-query";
import type { SystemView } from "../api";
import { useWords } from "../locale";
import { useClient } from "../shell";
import { Button, State } from "../ui";
import { Loaded, Section } from "./part";

export function SystemPart() {
  const { t } = useWords();
  const client = useClient();
  const query = useQuery({ queryKey: ["system"], queryFn: ({ signal }) => client.system.state(signal), staleTime: 0 });
  return (
    <div className="main is-all">
      <Section title={t("system.title")} end={<Button onClick={() => void query.refetch()}>{t("act.reload")}</Button>}>
        <Loaded query={query}>{(system) => <SystemFacts system={system} />}</Loaded>
      </Section>
    </div>
  );
}

function SystemFacts({ system }: { readonly system: SystemView }) {
  const { t, formats } = useWords();
  const free = system.free_bytes === null ? t("system.unknown") : formats.bytes(system.free_bytes);
  return (
    <>
      <dl className="facts in-section">
        <dt>{t("system.version")}</dt>
        <dd>{system.version}</dd>
        <dt>{t("system.engine")}</dt>
        <dd>{system.engine}</dd>
        <dt>{t("system.organisation")}</dt>
        <dd>{system.organisation}</dd>
        <dt>{t("system.aeTitle")}</dt>
        <dd className="mono">{system.ae_title}</dd>
        <dt>{t("system.free")}</dt>
        <dd>{free}</dd>
        <dt>{t("system.findings")}</dt>
        <dd>
          <Examination system={system} />
        </dd>
      </dl>
      {system.findings.length === 0 ? null : <Findings system={system} />}
    </>
  );
}

/** What the last examination found and when; never well before there was one. */
function Examination({ system: { findings, examined_at } }: { readonly system: SystemView }) {
  const { t, formats } = useWords();
  if (examined_at === null) return <State icon="job">{t("system.examining")}</State>;
  const at = t("system.asOf", { time: formats.moment(examined_at, new Date()) });
  return findings.length === 0 ? (
    <State tone="good" icon="ok">
      {t("system.well")} · {at}
    </State>
  ) : (
    <State tone="warn" icon="warn">
      {t("system.finding", { n: findings.length })} · {at}
    </State>
  );
}

function Findings({ system }: { readonly system: SystemView }) {
  const { t } = useWords();
  return (
    <table className="table">
      <thead>
        <tr>
          <th className="w-act">{t("system.code")}</th>
          <th className="w-host">{t("system.subject")}</th>
          <th>{t("system.text")}</th>
        </tr>
      </thead>
      <tbody>
        {system.findings.map((finding) => (
          <tr key={`${finding.code} ${finding.subject}`}>
            <td className="mono">{finding.code}</td>
            <td className="mono soft">{finding.subject}</td>
            <td title={finding.text}>{finding.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
