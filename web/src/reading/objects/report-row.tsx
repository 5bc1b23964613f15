// One item of a report: a heading, or a name with its value; references lead to what they name.
import type { ReportItem, ReportValue } from "../../display";
import { useWords, type WordKey } from "../../locale";
import { Icon, LinkButton } from "../../ui";
import { hasInside } from "./report-rows";
import { relationWords, valueWords } from "./report-words";

export interface ReportRowProps {
  readonly item: ReportItem;
  readonly items: readonly ReportItem[];
  readonly on: boolean;
  readonly open: boolean;
  readonly onChoose: () => void;
  readonly onTurn: () => void;
  readonly onFollow: () => void;
}

/** Deeper levels are not set in any further: the text must stay on the screen. Their depth is told. */
const INDENTED_LEVELS = 12;

export function ReportRow({ item, items, on, open, onChoose, onTurn, onFollow }: ReportRowProps) {
  const words = useWords();
  const folds = hasInside(item);
  const relation = relationWords(item.relationship, words);
  const heading = item.value.kind === "container";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the tree
    <div
      id={`item-${item.index}`}
      role="treeitem"
      tabIndex={-1}
      aria-level={item.depth + 1}
      aria-expanded={folds ? open : undefined}
      aria-selected={on}
      className={`report-row${on ? " is-on" : ""}${heading ? " is-heading" : ""}`}
      style={{ paddingLeft: 8 + Math.min(item.depth, INDENTED_LEVELS) * 18 }}
      onClick={onChoose}
    >
      <button
        type="button"
        tabIndex={-1}
        className="report-fold"
        aria-hidden="true"
        disabled={!folds}
        onClick={(event) => {
          event.stopPropagation();
          onChoose();
          onTurn();
        }}
      >
        {folds ? <Icon name={open ? "down" : "right"} size="s" /> : null}
      </button>
      {item.depth > INDENTED_LEVELS ? <span className="dim report-depth">{item.depth}</span> : null}
      {relation === "" ? null : <span className="report-relation">{relation}</span>}
      <Name item={item} heading={heading} />
      {heading ? null : <Value value={item.value} text={valueWords(item.value, items, words)} onFollow={onFollow} />}
    </div>
  );
}

function Name({ item, heading }: { readonly item: ReportItem; readonly heading: boolean }) {
  const { t } = useWords();
  if (item.name === null) return heading ? <span className="report-name dim">{t("report.noName")}</span> : null;
  const { meaning, value, scheme } = item.name;
  return (
    <span className="report-name" title={[value, scheme].filter((part) => part !== "").join(", ")}>
      {meaning}
    </span>
  );
}

const LEADS_TO: Readonly<Partial<Record<ReportValue["kind"], WordKey>>> = {
  image: "report.image",
  waveform: "report.waveform",
  object: "report.object",
};

interface ValueProps {
  readonly value: ReportValue;
  readonly text: string;
  readonly onFollow: () => void;
}

function Value({ value, text, onFollow }: ValueProps) {
  const { t, formats } = useWords();
  if (value.kind === "missing") return <span className="report-value dim">{text}</span>;
  if (value.kind === "link")
    return (
      <LinkButton tabIndex={-1} onClick={onFollow}>
        {text}
      </LinkButton>
    );
  const leads = LEADS_TO[value.kind];
  if (leads !== undefined && "reference" in value) {
    if (value.reference === null) return <span className="report-value dim">{text}</span>;
    return (
      <span className="report-value">
        <LinkButton tabIndex={-1} onClick={onFollow}>
          {t(leads)}
        </LinkButton>{" "}
        <span className="dim mono">{text}</span>
      </span>
    );
  }
  if (value.kind === "number")
    return (
      <span className="report-value">
        <b className="strong">{formats.decimal(value.text)}</b> {value.unit}
        {value.qualifier === null ? null : <span className="warn"> {value.qualifier.meaning}</span>}
      </span>
    );
  return <span className={value.kind === "uid" ? "report-value mono dim" : "report-value"}>{text}</span>;
}
