// A short message bottom left: six seconds, longer while the pointer or the focus is on it, one at a time.
import { useEffect, useState } from "react";
import type { Toast } from "../shell";
import { Icon, LinkButton } from "../ui";

const SHOWN_MS = 6000;

export function ToastView({ toast, onGone }: { readonly toast: Toast; readonly onGone: () => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onGone, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, onGone]);
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false) };
  return (
    <div className="toast-place" role="status" onFocus={() => setHeld(true)} onBlur={() => setHeld(false)} {...hold}>
      <div className="toast">
        <span className="good">
          <Icon name="ok" />
        </span>
        {toast.text}
        {toast.act === undefined ? null : (
          <LinkButton
            onClick={() => {
              toast.act?.run();
              onGone();
            }}
          >
            {toast.act.label}
          </LinkButton>
        )}
      </div>
    </div>
  );
}
