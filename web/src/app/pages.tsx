// Which page stands at which place. Pages are loaded when they are first wanted; the worklist's code comes early.
import { useEffect, useState } from "react";
import { useWords } from "../locale";
import { adminParts, mayRead, type Place, useGo, usePlace, useSession } from "../shell";
import { Empty, LinkButton } from "../ui";
import { Broken } from "./broken";
import { useDroppedFiles } from "./dropping";
import { useEverywhereCommands } from "./everywhere";
import { Frame } from "./frame";
import { Help } from "./help";
import { Palette } from "./palette";
import { Fetched, Part } from "./part";
import { ProfileDialog } from "./profile-dialog";

const WORKLIST = new Part(async () => (await import("../worklist")).default);
const INVOKE = new Part(async () => (await import("../worklist")).InvokePage);
const READING = new Part(async () => (await import("../reading")).default);
const ADMIN = new Part(async () => (await import("../admin")).default);
const UPLOAD = new Part(async () => (await import("../upload")).default);

/** The code of a place; `null` where all of it is here. */
const partOf = ({ page }: Place) =>
  page === "nowhere"
    ? null
    : { worklist: WORKLIST, reading: READING, invoke: INVOKE, admin: ADMIN, upload: UPLOAD }[page];

/** Begins to fetch the code of a place before it is known who wants to see it; whoever shows it says when that failed. */
export function fetchPage(place: Place): void {
  partOf(place)
    ?.fetch()
    .catch(() => undefined);
}

type Layer = "none" | "palette" | "help" | "profile";

export function Pages() {
  const place = useAllowedPlace();
  const { t } = useWords();
  const [layer, setLayer] = useState<Layer>("none");
  const dragging = useDroppedFiles();
  useEverywhereCommands({
    palette: () => setLayer("palette"),
    help: () => setLayer("help"),
    profile: () => setLayer("profile"),
  });
  useEffect(() => {
    document.title = `${titleOf(place, t)} – Kontor`;
  }, [place, t]);
  const page = <Broken key={place.page}>{pageOf(place)}</Broken>;
  return (
    <>
      {place.page === "reading" ? (
        page
      ) : (
        <Frame onPalette={() => setLayer("palette")} onHelp={() => setLayer("help")}>
          {page}
        </Frame>
      )}
      {dragging ? <p className="dragging">{t("upload.releaseElsewhere")}</p> : null}
      {layer === "palette" ? <Palette onClose={() => setLayer("none")} /> : null}
      {layer === "help" ? <Help onClose={() => setLayer("none")} onProfile={() => setLayer("profile")} /> : null}
      {layer === "profile" ? <ProfileDialog onClose={() => setLayer("none")} /> : null}
    </>
  );
}

function titleOf(place: Place, t: ReturnType<typeof useWords>["t"]): string {
  switch (place.page) {
    case "worklist":
      return t("worklist.title");
    case "reading":
      return t("reading.title");
    case "invoke":
      return t("invoke.title");
    case "admin":
      return t(`admin.part.${place.part}`);
    case "upload":
      return t("upload.title");
    case "nowhere":
      return t("app.nowhere.title");
  }
}

function pageOf(place: Place) {
  switch (place.page) {
    case "worklist":
      return <Fetched part={WORKLIST} given={{ filter: place.filter }} />;
    case "reading":
      return <Fetched part={READING} given={{ study: place.study, studyKey: place.studyKey }} />;
    case "invoke":
      return <Fetched part={INVOKE} given={{ request: place.request }} />;
    case "admin":
      return <Fetched part={ADMIN} given={{ part: place.part }} />;
    case "upload":
      return <Fetched part={UPLOAD} given={{}} />;
    case "nowhere":
      return <Nowhere />;
  }
}

/** The place of the address; who may not read starts in the administration instead of at a list that must refuse. */
function useAllowedPlace(): Place {
  const place = usePlace();
  const session = useSession();
  const first = adminParts(session)[0];
  return place.page === "worklist" && !mayRead(session) && first !== undefined ? { page: "admin", part: first } : place;
}

function Nowhere() {
  const { t } = useWords();
  const go = useGo();
  return (
    <Empty title={t("app.nowhere.title")}>
      <p>{t("app.nowhere.text")}</p>
      <p>
        <LinkButton onClick={() => go({ page: "worklist", filter: "" })}>{t("app.nowhere.link")}</LinkButton>
      </p>
    </Empty>
  );
}
