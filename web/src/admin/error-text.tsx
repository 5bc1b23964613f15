// What a program said when it failed: in whole, on its own ground, to be copied into a message to somebody who can help.
import { useState } from "react";
import { useWords } from "../locale";
import { useCopying } from "../shell";
import { LinkButton } from "../ui";

const SHORT = 160;

export function ErrorText({ text }: { readonly text: string }) {
  const { t } = useWords();
  const [whole, setWhole] = useState(false);
  const { label, copy } = useCopying(text);
  const isLong = text.length > SHORT;
  return (
    <span className="error-text">
      <bdi className="mono">{whole || !isLong ? text : `${text.slice(0, SHORT)} …`}</bdi>{" "}
      {isLong && !whole ? <LinkButton onClick={() => setWhole(true)}>{t("jobs.whole")}</LinkButton> : null}{" "}
      <LinkButton className="dim" title={t("jobs.copyError")} onClick={copy}>
        {label}
      </LinkButton>
    </span>
  );
}
