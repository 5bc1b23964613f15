// A structured report: what it is and who vouches for it, then its tree.
import { useMemo, useState } from "react";
import { type Dataset, type Reference, readReport } from "../../display";
import { useWords } from "../../locale";
import { useSurroundings } from "../../shell";
import { Button, copyText, Empty, Note, Tag } from "../../ui";
import { allFolded, foldedAtFirst, type TreeState } from "./report-rows";
import { ReportTree } from "./report-tree";
import { reportFacts, reportText } from "./report-words";

export interface ReportViewProps {
  readonly dataset: Dataset;
  /** Shows an object that the report names, in the series that the report says it lies in (`""`: not said). */
  readonly onReference: (reference: Reference, series: string) => void;
}

export function ReportView({ dataset, onReference }: ReportViewProps) {
  const words = useWords();
  const { t } = words;
  const report = useMemo(() => readReport(dataset), [dataset]);
  const [tree, setTree] = useState<TreeState>(() => ({ folded: foldedAtFirst(report.items), at: 0 }));
  const { toast } = useSurroundings();
  const copy = async (): Promise<void> => {
    const done = await copyText(reportText(report, words));
    toast({ text: t(done ? "act.copied" : "act.copyRefused"), tone: done ? "good" : "warn" });
  };
  return (
    <article className="report">
      <header className="report-head">
        <h2>{report.title?.meaning ?? t("report.untitled")}</h2>
        <p className="row report-facts">
          {reportFacts(report, words).map(({ text, tone }) => (
            <Tag key={text} tone={tone} {...(tone === "plain" ? {} : { icon: tone === "good" ? "check" : "warn" })}>
              {text}
            </Tag>
          ))}
        </p>
        <p className="row">
          <Button icon="doc" onClick={() => void copy()}>
            {t("objects.copyText")}
          </Button>
          <Button kind="bare" onClick={() => setTree({ folded: allFolded(report.items), at: 0 })}>
            {t("report.foldAll")}
          </Button>
          <Button kind="bare" onClick={() => setTree({ ...tree, folded: new Set() })}>
            {t("report.unfoldAll")}
          </Button>
        </p>
        {report.cut ? <Note tone="warn">{t("report.cut", { n: report.items.length })}</Note> : null}
      </header>
      {report.items.length > 1 ? (
        <ReportTree
          items={report.items}
          state={tree}
          onState={setTree}
          onReference={(reference) => onReference(reference, report.seriesOf.get(reference.sopInstanceUid) ?? "")}
        />
      ) : (
        <Empty title={t("report.empty")} />
      )}
    </article>
  );
}
