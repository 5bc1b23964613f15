// Small facts: tags, states, notes within the page.
import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon";

export type Tone = "plain" | "bad" | "warn" | "good" | "accent";

/** A short fact in a box; never clickable. The icon repeats without colour what the tone says. */
export interface TagProps {
  readonly tone?: Tone;
  readonly icon?: IconName;
  /** Its word, where the tag may have to do with its glyph alone. */
  readonly title?: string;
  readonly children: ReactNode;
}

export function Tag({ tone = "plain", icon, title, children }: TagProps) {
  return (
    <span className={tone === "plain" ? "tag" : `tag tag--${tone}`} title={title}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </span>
  );
}

/** A state: glyph and word, the colour only repeats it. */
export function State({ tone, icon, children }: { tone?: string; icon: IconName; children: ReactNode }) {
  return (
    <span className={tone === undefined ? "state" : `state ${tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  );
}

const NOTE_ICONS = { plain: "info", bad: "bad", warn: "warn", good: "ok", accent: "info" } as const;

/** A message in the flow of the page: what is so, what is safe, the one next step. */
export function Note({ tone = "plain", children, act }: { tone?: Tone; children: ReactNode; act?: ReactNode }) {
  return (
    <div className={tone === "plain" ? "note" : `note note--${tone}`} role={tone === "bad" ? "alert" : "note"}>
      <Icon name={NOTE_ICONS[tone]} />
      <div className="grow">
        {children} {act}
      </div>
    </div>
  );
}

/** Says what would be here, since when it is empty, and one way on. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <h3>{title}</h3>
      {children}
    </div>
  );
}
