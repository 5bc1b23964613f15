// The views at the left: key, name, count. The count of the view that is shown is that of the shown list.
import { useWords } from "../locale";
import { Keys, addressOf as placeAddress } from "../shell";
import { addressOf } from "./filter";
import { type Count, useViewCounts } from "./view-counts";
import type { View } from "./views";

export interface ViewsProps {
  readonly views: readonly View[];
  readonly current: View | null;
  /** Rows of the list as it stands; null while unknown. */
  readonly shown: Count | null;
  readonly onView: (view: View) => void;
}

export function Views({ views, current, shown, onView }: ViewsProps) {
  const { t } = useWords();
  const counts = useViewCounts(views.map((view) => view.filter));
  return (
    <nav className="side" aria-label={t("worklist.views")}>
      <h2 className="side-title">{t("worklist.views")}</h2>
      <ul className="side-list">
        {views.map((view, index) => (
          <li key={view.name}>
            <a
              href={placeAddress({ page: "worklist", filter: addressOf(view.filter) })}
              aria-current={current?.name === view.name ? "page" : undefined}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                onView(view);
              }}
            >
              <Keys of={String(index + 1)} />
              <span className="cut">{t(`worklist.view.${view.name}`)}</span>
              <ViewCount count={current?.name === view.name ? shown : (counts[index] ?? null)} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ViewCount({ count }: { readonly count: Count | null }) {
  const { formats } = useWords();
  if (count === null) return null;
  return (
    <span className="count num">{count === "more" ? `> ${formats.numeral(10_000)}` : formats.numeral(count)}</span>
  );
}
