// The command palette: type a part of a name, Enter gives the command. Shows keys, so it teaches them.
import { useEffect, useRef, useState } from "react";
import { useWords } from "../locale";
import { type Command, Keys, useCommandList } from "../shell";
import { Icon } from "../ui";
import { offered } from "./palette-offer";

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    input.current?.focus();
    return () => {
      // A command may have put the focus somewhere by now; without one it goes back to where it came from.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  const found = offered(useCommandList(), text, t);
  const chosen = found[Math.min(at, found.length - 1)];

  const give = (command: Command | undefined): void => {
    if (command === undefined || (command.unavailable?.() ?? null) !== null) return;
    onClose();
    command.run();
  };
  const press = (event: React.KeyboardEvent): void => {
    event.stopPropagation();
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((Math.min(at, found.length - 1) + step + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") give(chosen);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  return (
    <div className="palette-place">
      <div
        className="palette"
        role="dialog"
        aria-label={t("app.commands")}
        onBlur={(event) => leaves(event) && onClose()}
      >
        <div className="palette-input">
          <Icon name="right" />
          <input
            ref={input}
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-label={t("command.search")}
            aria-activedescendant={chosen === undefined ? undefined : `command-${chosen.id}`}
            placeholder={t("command.search")}
            value={text}
            onKeyDown={press}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
          />
        </div>
        <div id="palette-list" className="palette-list" role="listbox" aria-label={t("app.commands")}>
          {found.map((command) => (
            <PaletteRow key={command.id} command={command} on={command === chosen} onGive={() => give(command)} />
          ))}
          {found.length === 0 ? <p className="dim palette-row">{t("command.none")}</p> : null}
        </div>
      </div>
    </div>
  );
}

interface PaletteRowProps {
  readonly command: Command;
  readonly on: boolean;
  readonly onGive: () => void;
}

function PaletteRow({ command, on, onGive }: PaletteRowProps) {
  const { t } = useWords();
  const reason = command.unavailable?.() ?? null;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (on) row.current?.scrollIntoView({ block: "nearest" });
  }, [on]);
  return (
    // The field above keeps the focus and carries the keys; the row is only pointed at.
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox
    <div
      ref={row}
      id={`command-${command.id}`}
      role="option"
      aria-selected={on}
      aria-disabled={reason !== null}
      tabIndex={-1}
      className={on ? "palette-row is-on" : "palette-row"}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onGive}
    >
      {t(command.label)}
      <span className="where">{t(reason ?? command.group)}</span>
      {command.keys[0] === undefined ? null : <Keys of={command.keys[0]} />}
    </div>
  );
}

const leaves = (event: React.FocusEvent): boolean => !event.currentTarget.contains(event.relatedTarget);
