// Administration: one part at a time; only parts that this account can use are offered.
import { useWords } from "../locale";
import { type AdminPart, addressOf, adminParts, type Command, useCommands, useGo, useSession } from "../shell";
import { Empty, Icon, type IconName, LinkButton } from "../ui";
import { AccountsPart } from "./accounts";
import { AuditPart } from "./audit";
import { PeersPart } from "./peers";
import { SystemPart } from "./system";
import "./admin.css";

const ICONS: Readonly<Record<AdminPart, IconName>> = {
  accounts: "person",
  peers: "door",
  audit: "shield",
  system: "disk",
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
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {parts.includes(part) ? <Part part={part} /> : <NotAllowed />}
    </main>
  );
}

function Part({ part }: { readonly part: AdminPart }) {
  switch (part) {
    case "accounts":
      return <AccountsPart />;
    case "peers":
      return <PeersPart />;
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
