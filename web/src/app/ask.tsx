// The one field for finding a patient: a name, or a number where the text holds a digit.
import { useState } from "react";
import { useWords } from "../locale";
import { Keys, useGo } from "../shell";
import { Icon } from "../ui";
import { ASK_ID } from "./everywhere";

/** The worklist's filter for what was typed: numbers hold a digit, names do not. */
export function filterFor(text: string): string {
  const asked = text.trim();
  if (asked === "") return "";
  return new URLSearchParams(/\d/.test(asked) ? { patient_id: asked } : { patient_name: asked }).toString();
}

export function Ask() {
  const { t } = useWords();
  const go = useGo();
  const [text, setText] = useState("");
  return (
    <search className="ask-place">
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          go({ page: "worklist", filter: filterFor(text) });
          setText("");
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        }}
      >
        <Icon name="search" />
        <input
          id={ASK_ID}
          className="grow"
          aria-label={t("app.askLabel")}
          placeholder={t("app.ask")}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Keys of="," />
      </form>
    </search>
  );
}
