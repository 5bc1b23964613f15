// One listener for all keys: finds the command by the character that was produced.
import { useEffect } from "react";
import type { WordKey } from "../locale";
import { type Command, type CommandRegistry, isTextPlace, keyName } from "../shell";

interface KeyListenerProps {
  readonly commands: CommandRegistry;
  /** A key was pressed whose command cannot be given now. */
  readonly onRefused: (command: Command, why: WordKey) => void;
}

export function KeyListener({ commands, onRefused }: KeyListenerProps): null {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const key = keyName(event);
      if (key === null || belongsToControl(event.target, key)) return;
      if (key === "Escape" && isTextPlace(event.target) && event.target instanceof HTMLElement) {
        event.target.blur();
        return;
      }
      if (commands.press(key, isTextPlace(event.target), onRefused)) event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [commands, onRefused]);
  return null;
}

/** A focused button keeps Enter and Space for itself, a focused link Enter. */
function belongsToControl(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  const control = target.closest("button, a[href], summary, input[type=checkbox], input[type=radio]");
  return control !== null && (key === "Enter" || (key === "Space" && control.tagName !== "A"));
}
