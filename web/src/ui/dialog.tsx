// A dialog: only for what cannot be taken back or needs several facts. Esc leaves, Ctrl Enter acts.
import { type ReactNode, type SyntheticEvent, useEffect, useRef } from "react";

export interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly foot: ReactNode;
  /** Left out where leaving would lose what is shown: then only the dialog's own buttons close it. */
  readonly onClose?: () => void;
  /** Called by the form's button, by Enter in a field and by Ctrl Enter. */
  readonly onAct?: () => void;
  readonly width?: number;
}

export function Dialog({ title, children, foot, onClose, onAct, width = 480 }: DialogProps) {
  const host = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = host.current;
    if (dialog === null || dialog.open) return;
    const before = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const act = (event: SyntheticEvent): void => {
    event.preventDefault();
    onAct?.();
  };
  return (
    <dialog
      ref={host}
      className="dialog"
      aria-label={title}
      style={{ width }}
      // A browser closes a dialog at the second Esc although the first was prevented, unless it may not close it at all.
      closedby={onClose === undefined ? "none" : "closerequest"}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape" && onClose === undefined) event.preventDefault();
        if (event.key === "Enter" && event.ctrlKey) act(event);
      }}
    >
      <form onSubmit={act}>
        <header className="dialog-head">
          <h2>{title}</h2>
        </header>
        <div className="dialog-body">{children}</div>
        <footer className="dialog-foot">{foot}</footer>
      </form>
    </dialog>
  );
}
