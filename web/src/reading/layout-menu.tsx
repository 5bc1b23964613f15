// The layout in the toolbar: its key goes to the next one, a click shows all four.
import { type KeyboardEvent as KeyPress, useEffect, useRef, useState } from "react";
import { useWords } from "../locale";
import { Keys, useKeyOf } from "../shell";
import { Icon, type IconName } from "../ui";
import type { Desk, DeskView } from "./desk";
import { LAYOUTS, type Layout } from "./layouts";

const iconOf = (layout: Layout): IconName => (layout === "2x2" ? "layout" : `layout-${layout}`);

const focusChosen = (menu: HTMLElement | null): void =>
  menu?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();

export function LayoutMenu({ desk, view }: { readonly desk: Desk; readonly view: DeskView }) {
  const { t } = useWords();
  const keyOf = useKeyOf();
  const [left, setLeft] = useState<number | null>(null);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (left === null) return;
    const close = (event: Event): void => {
      const inside = event.target instanceof Node && place.current?.contains(event.target) === true;
      if (event instanceof KeyboardEvent && event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        setLeft(null);
        place.current?.querySelector("button")?.focus();
      } else if (!(event instanceof KeyboardEvent) && !inside) setLeft(null);
    };
    document.addEventListener("pointerdown", close, true);
    document.addEventListener("keydown", close, true);
    return () => {
      document.removeEventListener("pointerdown", close, true);
      document.removeEventListener("keydown", close, true);
    };
  }, [left]);
  const choose = (layout: Layout, byKey: boolean): void => {
    setLeft(null);
    // With the mouse the next key is meant for the images.
    if (byKey) place.current?.querySelector("button")?.focus();
    desk.layOut(layout, "chosen");
  };
  const step = (event: KeyPress<HTMLElement>): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const items = [...event.currentTarget.querySelectorAll("button")];
    const at = items.findIndex((item) => item.matches(":focus"));
    items[(at + by + items.length) % items.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  const key = keyOf("reading.layout");
  return (
    <span ref={place} className="layout-place">
      <button
        type="button"
        className="tool"
        aria-haspopup="menu"
        aria-expanded={left !== null}
        aria-label={`${t("reading.layout")} ${t(`reading.layout.${view.layout}`)}`}
        title={t("reading.layout")}
        // The bar cuts what hangs out of it: the menu stands on the page, below its button.
        onClick={(event) => setLeft(left === null ? event.currentTarget.getBoundingClientRect().left : null)}
      >
        <Icon name={iconOf(view.layout)} />
        <span className="tool-name">{t(`reading.layout.${view.layout}`)}</span>
        {key === null ? null : <Keys of={key} />}
      </button>
      {left === null ? null : (
        <span
          ref={focusChosen}
          className="menu layout-menu"
          role="menu"
          tabIndex={-1}
          aria-label={t("reading.layout")}
          style={{ left }}
          onKeyDown={step}
        >
          {LAYOUTS.map((layout) => (
            <button
              key={layout}
              type="button"
              role="menuitemradio"
              aria-checked={layout === view.layout}
              className={layout === view.layout ? "tool is-on" : "tool"}
              onClick={({ detail }) => choose(layout, detail === 0)}
            >
              <Icon name={iconOf(layout)} />
              {t(`reading.layout.${layout}`)}
            </button>
          ))}
        </span>
      )}
    </span>
  );
}
