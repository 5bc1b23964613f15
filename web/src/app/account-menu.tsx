// Who is signed in, and how this person wants the client.
import { useEffect, useRef, useState } from "react";
import { useWords } from "../locale";
import { useSurroundings } from "../shell";
import { Button, Segmented } from "../ui";
import { PasswordDialog } from "./password-dialog";

export function AccountMenu() {
  const { t, language } = useWords();
  const { session, prefer, signOut, commands } = useSurroundings();
  const [open, setOpen] = useState(false);
  const [changing, setChanging] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const close = (event: Event): void => {
      const inside = event.target instanceof Node && place.current?.contains(event.target) === true;
      if (event instanceof KeyboardEvent ? event.key !== "Escape" : inside) return;
      setOpen(false);
      if (!(event instanceof KeyboardEvent)) return;
      // It closes the menu, and nothing of the page below.
      event.preventDefault();
      event.stopPropagation();
      place.current?.querySelector("button")?.focus();
    };
    document.addEventListener("mousedown", close, true);
    document.addEventListener("keydown", close, true);
    return () => {
      document.removeEventListener("mousedown", close, true);
      document.removeEventListener("keydown", close, true);
    };
  }, [open]);
  return (
    <div className="menu-place" ref={place}>
      <button type="button" className="soft" aria-expanded={open} onClick={() => setOpen(!open)}>
        {session.display_name === "" ? session.name : session.display_name}
      </button>
      {open ? (
        <section className="menu" aria-label={t("app.account")}>
          <p className="strong">{session.name}</p>
          <div>
            <span className="field-label">{t("app.language")}</span>
            <Segmented
              label={t("app.language")}
              value={language}
              options={[
                { value: "de", label: "Deutsch" },
                { value: "en", label: "English" },
              ]}
              onChoose={(chosen) => prefer({ language: chosen })}
            />
          </div>
          <div>
            <span className="field-label">{t("app.density")}</span>
            <Segmented
              label={t("app.density")}
              value={session.preferences.density ?? "normal"}
              options={(["compact", "normal", "comfortable"] as const).map((value) => ({
                value,
                label: t(`app.density.${value}`),
              }))}
              onChoose={(density) => prefer({ density: density === "normal" ? null : density })}
            />
          </div>
          <Button
            onClick={() => {
              setOpen(false);
              setChanging(true);
            }}
          >
            {t("app.password")}
          </Button>
          <Button
            onClick={() => {
              setOpen(false);
              commands.invoke("app.profile");
            }}
          >
            {t("profile.open")}
          </Button>
          <Button onClick={signOut}>{t("app.signOut")}</Button>
        </section>
      ) : null}
      {changing ? <PasswordDialog onClose={() => setChanging(false)} /> : null}
    </div>
  );
}
