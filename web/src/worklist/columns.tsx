// The columns of the worklist: what stands in them and by which the server can sort.
import type { ReactNode } from "react";
import type { StudyRow } from "../api";
import { personName, useWords, type WordKey, type Words } from "../locale";
import { Icon, State, Tag } from "../ui";
import type { Sort } from "./filter";
import type { TellingApart } from "./names-alike";
import { ageCell, numberCell } from "./telling-cells";

export interface Column {
  readonly name: string;
  readonly label: WordKey;
  readonly sort?: Sort;
  /** What the head says of its order, where that is not simply the column's. */
  readonly sortWord?: WordKey;
  /** Why the column cannot be sorted by. */
  readonly unsorted?: WordKey;
  readonly numeric?: boolean;
  /** `alike`: another person of the list has a similar name, and this tells them apart. */
  readonly cell: (row: StudyRow, words: Words, alike: TellingApart | null) => ReactNode;
}

export const COLUMNS: readonly Column[] = [
  {
    name: "state",
    label: "worklist.column.state",
    unsorted: "worklist.unsorted.state",
    cell: (row, words) => <StateCell row={row} words={words} />,
  },
  { name: "patient", label: "worklist.column.patient", sort: "patient_name", cell: nameCell },
  { name: "age", label: "worklist.column.age", sort: "birth_date", sortWord: "worklist.sortByAge", cell: ageCell },
  { name: "number", label: "worklist.column.number", sort: "patient_id", cell: numberCell },
  {
    name: "modality",
    label: "worklist.column.modality",
    unsorted: "worklist.unsorted.modality",
    cell: (row) => row.modalities.join(" "),
  },
  {
    name: "description",
    label: "worklist.column.description",
    sort: "description",
    cell: (row, words, alike) => <DescriptionCell row={row} words={words} alike={alike} />,
  },
  {
    name: "objects",
    label: "worklist.column.objects",
    unsorted: "worklist.unsorted.counts",
    numeric: true,
    cell: objectsCell,
  },
  {
    name: "series",
    label: "worklist.column.series",
    unsorted: "worklist.unsorted.counts",
    numeric: true,
    cell: (row, { formats }) => formats.numeral(row.series_count),
  },
  { name: "studied", label: "worklist.column.studied", sort: "study_date", numeric: true, cell: studiedCell },
  { name: "received", label: "worklist.column.received", sort: "received", numeric: true, cell: receivedCell },
  {
    name: "accession",
    label: "worklist.column.accession",
    sort: "accession",
    cell: (row) => row.accession_number,
  },
  {
    name: "referring",
    label: "worklist.column.referring",
    sort: "referring",
    cell: (row) => personName(row.referring),
  },
  {
    name: "reader",
    label: "worklist.column.reader",
    unsorted: "worklist.unsorted.reader",
    cell: readerCell,
  },
];

interface CellProps {
  readonly row: StudyRow;
  readonly words: Words;
}

/** One state a row: who reads it comes before how far it has arrived. Yours in the accent, another's grey (look 5). */
function StateCell({ row, words: { t, formats } }: CellProps) {
  if (row.claim !== null) {
    const { own, name, since } = row.claim;
    const time = formats.clock(since);
    return (
      <span title={own ? t("claims.own", { time }) : t("claims.other", { name, time })}>
        <State tone={own ? "accent" : "soft"} icon="st-reading">
          {own ? (
            t("tag.reading")
          ) : (
            <>
              <span className="state-word">{t("tag.reading")}</span>
              <span className="state-holder">{name}</span>
            </>
          )}
        </State>
      </span>
    );
  }
  if (row.missing.length > 0)
    return (
      <State tone="warn" icon="st-problem">
        {t("tag.incomplete")}
      </State>
    );
  return row.state === "arriving" ? (
    <State tone="soft" icon="st-arriving">
      {t("tag.arriving")}
    </State>
  ) : (
    <State icon="st-ready">{t("tag.ready")}</State>
  );
}

function nameCell(row: StudyRow, { t }: Words): ReactNode {
  const name = personName(row.patient.name);
  return name === "" ? <span className="dim">{t("worklist.noName")}</span> : name;
}

/** The rest is counted, named when pointed at, and stands in the preview (look 5). */
const TAGS_IN_ROW = 2;

/** Description and tags; where both do not fit, a tag gives its word away before the description its beginning. */
function DescriptionCell({ row, words: { t }, alike }: CellProps & { readonly alike: TellingApart | null }) {
  return (
    <span className="desc">
      {row.description === "" ? (
        <span className="dim">{t("worklist.noDescription")}</span>
      ) : (
        <span title={row.description}>{row.description}</span>
      )}
      <StudyTags row={row} alike={alike !== null} most={TAGS_IN_ROW} />
    </span>
  );
}

interface StudyTag {
  readonly text: string;
  readonly tone?: "bad" | "warn";
}

/** Identity risk first, then completeness, then variants (look 5). */
function studyTags(row: StudyRow, alike: boolean, t: Words["t"]): readonly StudyTag[] {
  const tags: StudyTag[] = [];
  if (row.identity === "unresolved") tags.push({ tone: "bad", text: t("tag.identity.unresolved") });
  if (row.identity === "provisional") tags.push({ tone: "warn", text: t("tag.identity.provisional") });
  if (alike) tags.push({ tone: "warn", text: t("tag.alike") });
  for (const { reason, objects } of row.missing)
    tags.push({ tone: "warn", text: t(`tag.missing.${reason}`, { n: objects }) });
  if (row.open_variants > 0) tags.push({ text: t("tag.variants") });
  return tags;
}

interface StudyTagsProps {
  readonly row: StudyRow;
  readonly alike?: boolean;
  readonly most?: number;
}

export function StudyTags({ row, alike = false, most = Infinity }: StudyTagsProps) {
  const { t } = useWords();
  const tags = studyTags(row, alike, t);
  const rest = tags.slice(most);
  return (
    <>
      {tags.slice(0, most).map(({ text, tone }) => (
        <Tag key={text} tone={tone ?? "plain"} icon={tone === undefined ? "info" : "warn"} title={text}>
          <span className="tag-word">{text}</span>
        </Tag>
      ))}
      {rest.length === 0 ? null : (
        <Tag
          tone={rest.some(({ tone }) => tone !== undefined) ? "warn" : "plain"}
          title={rest.map(({ text }) => text).join(", ")}
        >
          +{rest.length}
        </Tag>
      )}
    </>
  );
}

function readerCell({ claim }: StudyRow, { t }: Words): ReactNode {
  if (claim === null) return "";
  return claim.own ? <span className="accent">{t("claims.you")}</span> : <span title={claim.name}>{claim.name}</span>;
}

function objectsCell(row: StudyRow, { formats }: Words): ReactNode {
  const count = formats.numeral(row.instance_count);
  return row.state === "arriving" ? <span className="accent">{count}</span> : count;
}

function studiedCell(row: StudyRow, { formats }: Words): ReactNode {
  return (
    <>
      {formats.date(row.study_date)} <span className="dim only-wide">{formats.time(row.study_time)}</span>
    </>
  );
}

function receivedCell(row: StudyRow, { formats }: Words): ReactNode {
  return formats.moment(row.first_received_at, new Date());
}

/** `null`: the list can be put in this order, and is not. */
export function SortMark({ order }: { readonly order: "asc" | "desc" | null }) {
  const shape = { asc: "", desc: " is-down", none: " is-idle" }[order ?? "none"];
  return (
    <span className={`sort-mark${shape}`}>
      <Icon name="sort" size="s" />
    </span>
  );
}
