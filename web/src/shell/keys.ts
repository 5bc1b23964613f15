// Keys by the character they produce, not by their place: Y and Z differ between layouts.

/** What a keyboard event tells; a part of the browser's KeyboardEvent. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing?: boolean;
}

/**
 * Name of a key as commands bind it: `n`, `?`, `Enter`, `Shift+ArrowDown`, `Ctrl+Enter`, `Shift+N`.
 * Null where the press belongs to the browser or the operating system (Alt, AltGr, composition).
 */
export function keyName(press: KeyPress): string | null {
  if (press.altKey || press.isComposing === true || press.key === "Dead" || press.key === "Unidentified") return null;
  const base = press.key === " " ? "Space" : press.key;
  const ctrl = press.ctrlKey || press.metaKey ? "Ctrl+" : "";
  if (base.length > 1) return `${ctrl}${press.shiftKey ? "Shift+" : ""}${base}`;
  const isLetter = base.toLowerCase() !== base.toUpperCase();
  // For other characters Shift is part of producing them: "?" is "?" whether or not Shift was needed.
  if (!isLetter) return `${ctrl}${base}`;
  return `${ctrl}${press.shiftKey ? "Shift+" : ""}${base.toLowerCase()}`;
}

/** Whether the event comes from a place where single keys are text. */
export function isTextPlace(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  const textless = ["button", "checkbox", "radio", "range", "submit", "reset"];
  return target instanceof HTMLInputElement && !textless.includes(target.type);
}
