// A short message bottom left, one at a time: six seconds, longer while the pointer or the focus is on it; what went wrong
// stays until the reader has seen to it.
import { useEffect, useState } from "react";
import { useWords } from "../locale";
import type { Toast } from "../shell";
import { Icon, LinkButton } from "../ui";

const SHOWN_MS = 6000;
const ICONS = { good: "ok", warn: "warn", bad: "bad" } as const;

export function ToastView({ toast, onGone }: { readonly toast: Toast; readonly onGone: () => void }) {
  const { t } = useWords();
  const [held, setHeld] = useState(false);
  const tone = toast.tone ?? "good";
  const stays = held || tone === "bad";
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(onGone, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [stays, onGone]);
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false) };
  return (
    <div className="toast-place" role="status" onFocus={() => setHeld(true)} onBlur={() => setHeld(false)} {...hold}>
      <div className="toast" role={tone === "bad" ? "alert" : undefined}>
        <span className={tone}>
          <Icon name={ICONS[tone]} />
        </span>
        {toast.text}
        {toast.act === undefined ? null : (
          <LinkButton
            onClick={() => {
              onGone();
              toast.act?.run();
            }}
          >
            {toast.act.label}
          </LinkButton>
        )}
        {tone === "bad" ? <LinkButton onClick={onGone}>{t("act.close")}</LinkButton> : null}
      </div>
    </div>
  );
}
