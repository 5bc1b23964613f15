// Where an account is signed in now, and the way to end one of these sessions.
import { useQuery } from "@tanstack/react-query";
import { useWords } from "../locale";
import { Failure, useClient, useSurroundings } from "../shell";
import { LinkButton, Tag } from "../ui";
import { Loaded, Section, useChange } from "./part";

export function SessionsSection({ name }: { readonly name: string }) {
  const { t, formats } = useWords();
  const client = useClient();
  const { toast } = useSurroundings();
  const query = useQuery({
    queryKey: ["sessions", name],
    queryFn: ({ signal }) => client.accounts.sessions(name, signal),
    staleTime: 0,
  });
  const change = useChange(["sessions"]);
  const end = (id: string): void =>
    change.run(async (signal) => {
      await client.accounts.endSession(name, id, signal);
      toast({ text: t("sessions.ended", { name }) });
    });
  return (
    <Section title={t("sessions.title")}>
      {change.failure === null ? null : <Failure error={change.failure} />}
      <Loaded query={query}>
        {(sessions) =>
          sessions.length === 0 ? (
            <p className="in-section dim">{t("sessions.none")}</p>
          ) : (
            <table className="table">
              <thead>
                <tr>
                  <th>{t("sessions.address")}</th>
                  <th className="num w-time">{t("sessions.since")}</th>
                  <th className="num w-time">{t("sessions.seen")}</th>
                  <th className="num">
                    <span className="sr">{t("sessions.end")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {sessions.map((one) => (
                  <tr key={one.id}>
                    <td className="mono">{one.address}</td>
                    <td className="num soft">{formats.moment(one.created_at, new Date())}</td>
                    <td className="num soft">{formats.moment(one.seen_at, new Date())}</td>
                    <td className="num">
                      {one.present ? (
                        <Tag>{t("sessions.present")}</Tag>
                      ) : (
                        <LinkButton disabled={change.busy} onClick={() => end(one.id)}>
                          {t("sessions.end")}
                        </LinkButton>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Section>
  );
}
