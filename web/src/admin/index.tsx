// Administration: one part at a time; only parts that this account can use are offered.
import { useQuery } from "@tanstack/react-query";
import { useWords } from "../locale";
import {
  type AdminPart,
  addressOf,
  adminParts,
  type Command,
  mayOperate,
  useClient,
  useCommands,
  useGo,
  useSession,
} from "../shell";
import { Empty, Icon, type IconName, LinkButton } from "../ui";
import { AccountsPart } from "./accounts";
import { AuditPart } from "./audit";
import { JobsPart } from "./jobs";
import { PeersPart } from "./peers";
import { StoragePart } from "./storage";
import { SystemPart } from "./system";
import "./admin.css";

const ICONS: Readonly<Record<AdminPart, IconName>> = {
  accounts: "person",
  peers: "door",
  storage: "disk",
  jobs: "job",
  audit: "shield",
  system: "gear",
};

export default function AdminPage({ part }: { readonly part: AdminPart }) {
  const { t } = useWords();
  const go = useGo();
  const parts = adminParts(useSession());
  useCommands(
    parts.map(
      (one, index): Command => ({
        id: `admin.${one}`,
        label: `admin.part.${one}`,
        group: "admin.group",
        keys: [String(index + 1)],
        run: () => go({ page: "admin", part: one }),
      }),
    ),
  );
  return (
    <main className="admin">
      <h1 className="sr">{t(`admin.part.${part}`)}</h1>
      <nav className="side" aria-label={t("admin.parts")}>
        <h2 className="side-title">{t("admin.title")}</h2>
        <ul className="side-list">
          {parts.map((one) => (
            <li key={one}>
              <a
                href={addressOf({ page: "admin", part: one })}
                aria-current={one === part ? "page" : undefined}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  go({ page: "admin", part: one });
                }}
              >
                <Icon name={ICONS[one]} />
                <span className="cut">{t(`admin.part.${one}`)}</span>
                {one === "jobs" ? <GivenUp /> : null}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {parts.includes(part) ? <Part part={part} /> : <NotAllowed />}
    </main>
  );
}

const COUNT_EVERY_MS = 30_000;

/** How much work waits for a person: the one number that must be seen from every part. */
function GivenUp() {
  const { t, formats } = useWords();
  const client = useClient();
  const { data } = useQuery({
    queryKey: ["given-up"],
    queryFn: ({ signal }) => client.system.givenUp(signal),
    enabled: mayOperate(useSession()),
    refetchInterval: COUNT_EVERY_MS,
  });
  if (data === undefined || data === 0) return null;
  return (
    <span className="n bad" title={t("jobs.givenUp", { n: data })}>
      <span className="sr">{t("jobs.givenUp", { n: data })}</span>
      <span aria-hidden="true">{formats.numeral(data)}</span>
    </span>
  );
}

function Part({ part }: { readonly part: AdminPart }) {
  switch (part) {
    case "accounts":
      return <AccountsPart />;
    case "peers":
      return <PeersPart />;
    case "storage":
      return <StoragePart />;
    case "jobs":
      return <JobsPart />;
    case "audit":
      return <AuditPart />;
    case "system":
      return <SystemPart />;
  }
}

function NotAllowed() {
  const { t } = useWords();
  const go = useGo();
  return (
    <div className="main is-all">
      <Empty title={t("app.noAdmin.title")}>
        <p>{t("app.noAdmin.text")}</p>
        <p>
          <LinkButton onClick={() => go({ page: "worklist", filter: "" })}>{t("app.nowhere.link")}</LinkButton>
        </p>
      </Empty>
    </div>
  );
}
