// The frame around list and administration: areas above, state of the line and the page's first keys below.
import type { ReactNode } from "react";
import { useWords } from "../locale";
import {
  addressOf,
  adminParts,
  Keys,
  mayImport,
  mayRead,
  type Place,
  useCommandList,
  useConnected,
  useGo,
  usePlace,
  useSession,
} from "../shell";
import { Icon } from "../ui";
import { AccountMenu } from "./account-menu";
import { Ask } from "./ask";

export interface FrameProps {
  readonly children: ReactNode;
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}

export function Frame({ children, onPalette, onHelp }: FrameProps) {
  const { t } = useWords();
  const session = useSession();
  const part = adminParts(session)[0];
  const here = usePlace().page;
  return (
    <div className="app">
      <header className="app-bar">
        <PlaceLink className="wordmark" place={{ page: "worklist", filter: "" }}>
          <Icon name="mark" />
          {t("app.name")}
        </PlaceLink>
        <nav className="app-nav" aria-label={t("app.areas")}>
          {mayRead(session) ? (
            <PlaceLink place={{ page: "worklist", filter: "" }} current={here === "worklist"}>
              {t("app.worklist")}
            </PlaceLink>
          ) : null}
          {mayImport(session) ? (
            <PlaceLink place={{ page: "upload" }} current={here === "upload"}>
              {t("upload.title")}
            </PlaceLink>
          ) : null}
          {part === undefined ? null : (
            <PlaceLink place={{ page: "admin", part }} current={here === "admin"}>
              {t("app.admin")}
            </PlaceLink>
          )}
        </nav>
        <div className="bar-end">
          {mayRead(session) ? <Ask /> : null}
          <button type="button" className="row row--tight soft" onClick={onPalette}>
            {t("app.commands")} <Keys of="." />
          </button>
          <button type="button" className="row row--tight soft" onClick={onHelp}>
            {t("app.keys")} <Keys of="?" />
          </button>
          <AccountMenu />
        </div>
      </header>
      {children}
      <StatusBar />
    </div>
  );
}

interface PlaceLinkProps {
  readonly place: Place;
  readonly current?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A real link, so that it can be opened in another window; a plain click stays within the client. */
function PlaceLink({ place, current, className = "", children }: PlaceLinkProps) {
  const go = useGo();
  return (
    <a
      href={addressOf(place)}
      className={className}
      aria-current={current === true ? "page" : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(place);
      }}
    >
      {children}
    </a>
  );
}

function StatusBar() {
  const { t } = useWords();
  const session = useSession();
  const hints = useCommandList().filter((command) => command.hint === true);
  return (
    <footer className="status-bar">
      <Line />
      <span className="item">{t("app.notMedical")}</span>
      <span className="item">{t("app.version", { version: session.version })}</span>
      <span className="push" />
      {hints.map((command) => (
        <span key={command.id} className="item">
          {command.keys.slice(0, 1).map((key) => (
            <Keys key={key} of={key} />
          ))}
          {t(command.label)}
        </span>
      ))}
    </footer>
  );
}

function Line() {
  const { t } = useWords();
  const connected = useConnected();
  if (connected === null) return null;
  return (
    <span className={connected ? "item good" : "item bad"} role="status">
      <Icon name={connected ? "ok" : "bad"} size="s" />
      <b>{t(connected ? "app.connected" : "app.disconnected")}</b>
    </span>
  );
}
