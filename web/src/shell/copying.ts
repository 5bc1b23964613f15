// A button that copies, and says afterwards whether it did.
import { useState } from "react";
import { useWords } from "../locale";
import { copyText } from "../ui";

interface Copying {
  /** What the button is called now. */
  readonly label: string;
  readonly copy: () => void;
}

export function useCopying(text: string): Copying {
  const { t } = useWords();
  const [done, setDone] = useState<boolean | null>(null);
  const label = done === null ? t("act.copy") : t(done ? "act.copied" : "act.copyRefused");
  return { label, copy: () => void copyText(text).then(setDone) };
}
