// The views at the left: key, name, count; below them the reader's own, which can be named, put in order and removed.
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useWords } from "../locale";
import { Failure, Keys, addressOf as placeAddress } from "../shell";
import { Icon } from "../ui";
import { addressOf, type Filter } from "./filter";
import type { SavedView, SavedViews } from "./saved-views";
import { type Count, useViewCounts } from "./view-counts";
import type { View } from "./views";

/** What is being named: a new view, or the one with this id. */
export type Naming = { readonly id: string | null } | null;

export interface ViewsProps {
  readonly views: readonly View[];
  readonly saved: SavedViews;
  /** Of the view that is shown: its fixed name or its id. */
  readonly current: string | null;
  /** Rows of the list as it stands; null while unknown. */
  readonly shown: Count | null;
  readonly naming: Naming;
  readonly onNaming: (naming: Naming) => void;
  /** Keeps the present filter under a name. */
  readonly onSave: (name: string) => void;
  readonly onView: (filter: Filter) => void;
}

export function Views(props: ViewsProps) {
  const { t } = useWords();
  const { views, saved, current, shown } = props;
  const counts = useViewCounts([...views, ...saved.views].map((view) => view.filter));
  const countOf = (at: number, name: string): Count | null => counts[at] ?? (current === name ? shown : null);
  return (
    <nav className="side" aria-label={t("worklist.views")}>
      <h2 className="side-title">{t("worklist.views")}</h2>
      <ul className="side-list">
        {views.map((view, at) => (
          <li key={view.name}>
            <ViewLink {...props} name={view.name} filter={view.filter} place={at} count={countOf(at, view.name)}>
              {t(`worklist.view.${view.name}`)}
            </ViewLink>
          </li>
        ))}
      </ul>
      {saved.views.length > 0 || props.naming !== null ? <h2 className="side-title">{t("views.saved")}</h2> : null}
      <ul className="side-list">
        {saved.views.map((view, at) => (
          <SavedEntry
            key={view.id}
            {...props}
            view={view}
            at={at}
            count={countOf(views.length + at, view.id)}
            place={views.length + at}
          />
        ))}
        {props.naming?.id === null ? (
          <li>
            <NameField start="" onName={props.onSave} onLeave={() => props.onNaming(null)} />
          </li>
        ) : null}
      </ul>
      {saved.failure === null ? null : <Failure error={saved.failure.error} retry={saved.failure.again} />}
    </nav>
  );
}

interface ViewLinkProps extends ViewsProps {
  readonly name: string;
  readonly filter: Filter;
  /** Among all views; the first eight have a key. */
  readonly place: number;
  readonly count: Count | null;
  readonly children: ReactNode;
}

function ViewLink({ name, filter, place, count, current, onView, children }: ViewLinkProps) {
  return (
    <a
      href={placeAddress({ page: "worklist", filter: addressOf(filter) })}
      aria-current={current === name ? "page" : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onView(filter);
      }}
    >
      {place < 8 ? <Keys of={String(place + 1)} /> : <span className="no-key" />}
      <span className="cut">{children}</span>
      <ViewCount count={count} />
    </a>
  );
}

interface SavedEntryProps extends ViewsProps {
  readonly view: SavedView;
  readonly at: number;
  readonly place: number;
  readonly count: Count | null;
}

const DRAGGED = "application/x-kontor-view";

function SavedEntry({ view, at, ...props }: SavedEntryProps) {
  const { t } = useWords();
  const { saved, naming, onNaming } = props;
  if (naming?.id === view.id)
    return (
      <li>
        <NameField
          start={view.name}
          onName={(name) => {
            saved.rename(view.id, name);
            onNaming(null);
          }}
          onLeave={() => onNaming(null)}
        />
      </li>
    );
  return (
    <li
      className="saved-view"
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, view.id)}
      onDragOver={(event) => event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        saved.move(event.dataTransfer.getData(DRAGGED), at);
      }}
    >
      <ViewLink {...props} name={view.id} filter={view.filter}>
        {view.name}
      </ViewLink>
      <span className="saved-acts">
        <button
          type="button"
          title={t("views.rename")}
          aria-label={t("views.renameOf", { name: view.name })}
          onClick={() => onNaming({ id: view.id })}
        >
          <Icon name="pen" size="s" />
        </button>
        <button
          type="button"
          title={t("views.remove")}
          aria-label={t("views.removeOf", { name: view.name })}
          onClick={() => saved.remove(view.id)}
        >
          <Icon name="trash" size="s" />
        </button>
      </span>
    </li>
  );
}

interface NameFieldProps {
  readonly start: string;
  readonly onName: (name: string) => void;
  readonly onLeave: () => void;
}

function NameField({ start, onName, onLeave }: NameFieldProps) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  return (
    <form
      className="name-view"
      onSubmit={(event) => {
        event.preventDefault();
        const name = input.current?.value.trim() ?? "";
        if (name !== "") onName(name);
      }}
    >
      <label className="field-label" htmlFor={id}>
        {t("views.name")}
      </label>
      <span className="field">
        <input
          ref={input}
          id={id}
          defaultValue={start}
          maxLength={80}
          autoComplete="off"
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === "Escape") onLeave();
          }}
          onBlur={onLeave}
        />
        <Keys of="Enter" />
      </span>
    </form>
  );
}

function ViewCount({ count }: { readonly count: Count | null }) {
  const { formats } = useWords();
  if (count === null) return null;
  return (
    <span className="count num">{count === "more" ? `> ${formats.numeral(10_000)}` : formats.numeral(count)}</span>
  );
}
