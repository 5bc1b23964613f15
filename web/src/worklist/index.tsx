// The worklist: views left, rows in the middle, the chosen study right. The filter lives in the address.
import { useMemo, useState } from "react";
import { rowName, type StudyRow, studyName } from "../api";
import { useWords } from "../locale";
import { Failure, Keys, useCommands, useSurroundings } from "../shell";
import { Icon, LinkButton, Loading } from "../ui";
import { ReadingRefused, useReading } from "./claiming";
import { worklistCommands } from "./commands";
import { EmptyList } from "./empty-list";
import { addressOf, type Filter, filterOf, NO_FILTER, queryOf } from "./filter";
import { FilterBar } from "./filter-bar";
import type { News } from "./news";
import { Preview } from "./preview";
import { savedViewOf, useSavedViews } from "./saved-views";
import type { StudyList } from "./study-pages";
import { StudyTable } from "./study-table";
import { useWorklist } from "./use-worklist";
import { viewOf, viewsOn } from "./views";
import { type Naming, Views } from "./views-pane";
import "./worklist.css";
import "./views.css";
import "./preview.css";

export { InvokePage } from "./invoke-page";

const ROW_HEIGHT = { compact: 22, normal: 26, comfortable: 34 } as const;

export default function WorklistPage({ filter: address }: { readonly filter: string }) {
  const { session, navigator } = useSurroundings();
  const { t } = useWords();
  const filter = useMemo(() => filterOf(address), [address]);
  const [preview, setPreview] = useState(true);
  const [composing, setComposing] = useState(false);
  const query = useMemo(() => queryOf(filter), [filter]);
  const { list, edition, selected, select, keepCase, news, takeOver, refusal, top, onWindow } = useWorklist(
    address,
    query,
  );
  const [today] = useState(() => new Date());
  const views = viewsOn(today);
  const saved = useSavedViews();
  const savedHere = savedViewOf(saved.views, filter);
  const viewHere = viewOf(filter, today);
  const [naming, setNaming] = useState<Naming>(null);
  const row = selected === null ? null : list.rowAt(selected);

  const go = (next: Filter): void => navigator.go({ page: "worklist", filter: addressOf(next) });
  const open = (row: StudyRow): void => {
    // By its study, so that coming back finds this one chosen, not whatever stands at its row by then.
    if (selected !== null) {
      select(selected);
      keepCase(selected, studyName(row));
    }
    navigator.go({ page: "reading", study: row.study_instance_uid, studyKey: row.study_key });
  };
  const reading = useReading(open, `${address} ${row === null ? "" : rowName(row)}`);
  const rowHeight = ROW_HEIGHT[session.preferences.density ?? "normal"];
  useCommands(
    worklistCommands({
      count: list.count,
      selected,
      pageRows: Math.max(1, Math.floor((window.innerHeight - 160) / rowHeight)),
      hasNews: news.uids.size > 0 || news.lineWasLost,
      hasFilter: filter.values.size > 0,
      views,
      select,
      read: () => row !== null && reading.begin(row),
      look: () => row !== null && open(row),
      togglePreview: () => setPreview(!preview),
      compose: () => setComposing(true),
      clear: () => go({ ...NO_FILTER, sort: filter.sort, order: filter.order }),
      takeOver,
      view: (view) => go(view.filter),
      saved,
      savedHere,
      openSaved: (view) => go(view.filter),
      name: setNaming,
    }),
  );
  return (
    <main className={preview ? "worklist" : "worklist is-wide"}>
      <Views
        views={views}
        saved={saved}
        current={viewHere?.name ?? savedHere?.id ?? null}
        shown={list.total}
        naming={naming}
        onNaming={setNaming}
        onSave={(name) => {
          saved.add(name, addressOf(filter));
          setNaming(null);
        }}
        onView={go}
      />
      <section className="list">
        <ListHead list={list} title={viewHere === null ? savedHere?.name : t(`worklist.view.${viewHere.name}`)}>
          <FilterBar filter={filter} onFilter={go} composing={composing} onCompose={setComposing} />
        </ListHead>
        {list.error === null ? null : <Failure error={list.error} retry={list.retry} />}
        {refusal === null ? null : <Failure error={refusal} retry={takeOver} />}
        <ReadingRefused reading={reading} />
        {list.pending ? <Loading label="" rows={12} /> : null}
        {list.total === 0 ? (
          <EmptyList list={list} filter={filter} onFilter={go} />
        ) : list.pending || list.total === null ? null : (
          <StudyTable
            key={`${rowHeight} ${address}`}
            list={list}
            filter={filter}
            edition={edition}
            rowHeight={rowHeight}
            selected={selected}
            top={top}
            onSelect={select}
            onOpen={reading.begin}
            onFilter={go}
            onWindow={onWindow}
          />
        )}
        <NewsLine news={news} list={list} selected={selected} onTakeOver={takeOver} />
      </section>
      {preview ? <Preview row={row} onRead={reading.begin} onLook={open} /> : null}
    </main>
  );
}

interface ListHeadProps {
  readonly list: StudyList;
  /** Of the view that is shown; none for an own selection. */
  readonly title: string | undefined;
  readonly children: React.ReactNode;
}

function ListHead({ list, title, children }: ListHeadProps) {
  const { t } = useWords();
  const total = list.total;
  const hidden = list.filteredOut;
  return (
    <header className="list-head">
      <h1>{title ?? t("worklist.view.own")}</h1>
      {total === null ? null : (
        <span className="sum">{total === "more" ? t("worklist.countMore") : t("worklist.count", { n: total })}</span>
      )}
      {children}
      {hidden === null || hidden === 0 ? null : (
        <span className="push dim cut">
          {hidden === "more" ? t("worklist.hiddenMore") : t("worklist.hidden", { n: hidden })}
        </span>
      )}
    </header>
  );
}

interface NewsLineProps {
  readonly news: News;
  readonly list: StudyList;
  readonly selected: number | null;
  readonly onTakeOver: () => void;
}

function NewsLine({ news, list, selected, onTakeOver }: NewsLineProps) {
  const { t, formats } = useWords();
  const time = formats.clock(news.since.toISOString());
  const n = news.uids.size;
  const row = selected === null ? null : selected + 1;
  return (
    <p className="arrived" role="status">
      {n > 0 ? (
        <>
          <Icon name="down" size="s" />
          <span className="cut">
            <b className="strong">{t("worklist.arrived", { n })}</b> {t("worklist.arrivedText", { n, time })}
          </span>
          <Keys of="n" />
        </>
      ) : (
        <span className="cut">{t(news.lineWasLost ? "worklist.lineWasLost" : "worklist.nothingNew", { time })}</span>
      )}
      {n > 0 || news.lineWasLost ? <LinkButton onClick={onTakeOver}>{t("worklist.takeOver")}</LinkButton> : null}
      {row === null ? null : (
        <span className="push dim">
          {typeof list.total === "number"
            ? t("worklist.row", { row, all: list.total })
            : t("worklist.rowMore", { row })}
        </span>
      )}
    </p>
  );
}
