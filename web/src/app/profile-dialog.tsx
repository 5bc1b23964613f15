// Mouse and keys of this reader: one profile of the account, the same at every workplace.
import { useState } from "react";
import type { Preferences } from "../api";
import { useWords, type WordKey } from "../locale";
import { type ChangedKeys, type Command, Keys, keyName, useCommandList, useSurroundings } from "../shell";
import { Button, Dialog, Icon, LinkButton, Segmented } from "../ui";
import { conflictsOf, keyOf, withKey } from "./profile-keys";

type Mouse = NonNullable<Preferences["mouse"]>;
const BUTTONS = ["left", "middle", "right"] as const;
/** What the buttons have where the profile says nothing. */
const DEFAULT_TOOLS = { left: "window", middle: "pan", right: "zoom" } as const;
const NO_MOUSE: Mouse = { left: null, middle: null, right: null, wheel: null };

export function ProfileDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { session, prefer, commands: registry, toast } = useSurroundings();
  useCommandList(); // the commands of the page behind the dialog may still come
  const commands = registry.defaults();
  const [keys, setKeys] = useState<ChangedKeys>(session.preferences.keys ?? {});
  const [mouse, setMouse] = useState<Mouse>(session.preferences.mouse ?? NO_MOUSE);
  const conflicts = conflictsOf(commands, keys);
  const save = (): void => {
    if (conflicts.size > 0) return;
    prefer({ keys, mouse });
    toast({ text: t("profile.saved") });
    onClose();
  };
  const foot = (
    <>
      <LinkButton
        onClick={() => {
          setKeys({});
          setMouse(NO_MOUSE);
        }}
      >
        {t("profile.defaults")}
      </LinkButton>
      <span className="push" />
      {conflicts.size === 0 ? null : (
        <span className="bad" role="alert">
          {t("profile.conflicts", { n: conflicts.size })}
        </span>
      )}
      <Button kind="bare" onClick={onClose}>
        {t("act.cancel")} <Keys of="Escape" />
      </Button>
      <Button kind="main" submit disabled={conflicts.size > 0}>
        {t("act.save")} <Keys of="Ctrl+Enter" />
      </Button>
    </>
  );
  const groups = Map.groupBy(commands, ({ group }) => group);
  return (
    <Dialog title={t("profile.title")} width={720} onClose={onClose} onAct={save} foot={foot}>
      <MousePart tools={commands.filter(({ tool }) => tool !== undefined)} mouse={mouse} onChange={setMouse} />
      {[...groups].map(([group, list]) => (
        <section key={group} aria-label={t(group)}>
          <h3>{t(group)}</h3>
          <ul className="profile-keys">
            {list.map((command) => (
              <KeyRow
                key={command.id}
                command={command}
                shown={keyOf(command, keys)}
                conflicts={conflicts.get(command.id) ?? []}
                onKey={(key) => setKeys(withKey(keys, command, key))}
              />
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  );
}

interface MousePartProps {
  readonly tools: readonly Command[];
  readonly mouse: Mouse;
  readonly onChange: (mouse: Mouse) => void;
}

function MousePart({ tools, mouse, onChange }: MousePartProps) {
  const { t } = useWords();
  if (tools.length === 0) return <p className="dim">{t("profile.elsewhere")}</p>;
  return (
    <section aria-label={t("profile.mouse")}>
      <h3>{t("profile.mouse")}</h3>
      <div className="profile-mouse">
        {BUTTONS.map((button) => (
          <label key={button}>
            <span className="field-label">{t(`profile.${button}`)}</span>
            <select
              className="field"
              value={mouse[button] ?? DEFAULT_TOOLS[button]}
              onChange={({ target }) => onChange({ ...mouse, [button]: target.value })}
            >
              {tools.map(({ tool, label }) => (
                <option key={tool} value={tool}>
                  {t(label)}
                </option>
              ))}
            </select>
          </label>
        ))}
        <div>
          <span className="field-label">{t("profile.wheel")}</span>
          <Segmented
            label={t("profile.wheel")}
            value={mouse.wheel ?? "images"}
            options={(["images", "zoom"] as const).map((value) => ({ value, label: t(`profile.wheel.${value}`) }))}
            onChoose={(wheel) => onChange({ ...mouse, wheel })}
          />
        </div>
      </div>
    </section>
  );
}

interface KeyRowProps {
  readonly command: Command;
  readonly shown: string;
  readonly conflicts: readonly Command[];
  readonly onKey: (key: string) => void;
}

/** Keys that belong to the dialog while one is asked for: leaving the question, and going on with Tab. */
const OWN_KEYS: ReadonlySet<string> = new Set(["Escape", "Tab", "Shift+Tab", "Shift+Shift", "Ctrl+Control"]);
const MODIFIERS: ReadonlySet<string> = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph"]);

function KeyRow({ command, shown, conflicts, onKey }: KeyRowProps) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const label = (key: WordKey): string => t(key);
  const press = (event: React.KeyboardEvent): void => {
    if (!asking || MODIFIERS.has(event.key)) return;
    const key = keyName(event);
    setAsking(false);
    if (key === null || OWN_KEYS.has(key)) {
      if (key === "Escape") event.preventDefault();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    onKey(key);
  };
  return (
    <li className={conflicts.length > 0 ? "is-bad" : ""} data-command={command.id}>
      <span className="cut">{label(command.label)}</span>
      {conflicts.length === 0 ? null : (
        <span className="bad cut">
          <Icon name="bad" size="s" />{" "}
          {t("profile.conflict", { command: conflicts.map((other) => label(other.label)).join(", ") })}
        </span>
      )}
      <span className="push" />
      {shown === "" ? null : (
        <LinkButton aria-label={`${label(command.label)}: ${t("profile.clear")}`} onClick={() => onKey("")}>
          {t("profile.clear")}
        </LinkButton>
      )}
      <button
        type="button"
        className="btn"
        aria-label={t("profile.key", { command: label(command.label) })}
        onClick={() => setAsking(true)}
        onBlur={() => setAsking(false)}
        onKeyDown={press}
      >
        {asking ? (
          t("profile.press")
        ) : shown === "" ? (
          <span className="dim">{t("profile.none")}</span>
        ) : (
          <Keys of={shown} />
        )}
      </button>
    </li>
  );
}
