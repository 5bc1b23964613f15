// The tag browser: every element of the object that is shown, with a search over tag, name and value.
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { type SeriesUid, type StudyName, sopUid } from "../../api";
import { asDataset, type Dataset, elementRows, type Instance, ROWS_MAX } from "../../display";
import { useWords } from "../../locale";
import { useClient } from "../../shell";
import { Button, copyText, Dialog, Icon } from "../../ui";
import { type Dictionary, loadDictionary } from "./dictionary";
import { TagRows } from "./tag-rows";
import "./objects.css";

export interface TagBrowserProps {
  readonly study: StudyName;
  readonly series: SeriesUid;
  readonly instance: Instance;
  readonly onClose: () => void;
}

export function TagBrowser({ study, series, instance, onClose }: TagBrowserProps) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const dictionary = useQuery({
    queryKey: ["dictionary"],
    queryFn: loadDictionary,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const dataset = useWholeHeader(study, series, instance);
  const wanted = useDeferredValue(text.trim());
  const names = dictionary.data;
  const rows = useMemo(
    () => elementRows(dataset, unfolded, wanted === "" ? null : { text: wanted, nameOf: searchNames(names) }),
    [dataset, unfolded, wanted, names],
  );
  const turn = (path: string): void =>
    setUnfolded((before) => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });
  const count = rows.length >= ROWS_MAX ? t("tags.cut", { n: ROWS_MAX }) : t("tags.rows", { n: rows.length });
  const copy = (value: string): void => {
    void copyText(value).then((done) => setSaid(t(done ? "act.copied" : "act.copyRefused")));
  };
  const foot = (
    <>
      <span className="dim">{count}</span>
      <span role="status">{said}</span>
      <span className="push dim mono cut">{instance.sopInstanceUid}</span>
      <Button kind="main" onClick={onClose}>
        {t("tags.close")}
      </Button>
    </>
  );
  return (
    <Dialog title={t("tags.title")} width={1080} onClose={onClose} onAct={onClose} foot={foot}>
      <label className="field tag-search">
        <Icon name="search" size="s" />
        <input
          autoFocus
          value={text}
          aria-label={t("tags.search")}
          placeholder={t("tags.search")}
          spellCheck={false}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.ctrlKey) event.preventDefault();
          }}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <TagRows rows={rows} dataset={dataset} dictionary={names ?? null} onTurn={turn} onCopy={copy} />
    </Dialog>
  );
}

/** Keywords are looked through as well: programs and manuals write them. */
function searchNames(dictionary: Dictionary | undefined): (tag: string, creator: string) => string {
  if (dictionary === undefined) return () => "";
  return (tag, creator) => `${dictionary.element(tag, creator)} ${dictionary.keyword(tag)}`;
}

/** What the series told, at once; pixel data and what else was left out of it when the object's own header comes. */
function useWholeHeader(study: StudyName, series: SeriesUid, instance: Instance): Dataset {
  const client = useClient();
  const whole = useQuery({
    queryKey: ["header", study.uid, series, instance.sopInstanceUid, instance.digest],
    queryFn: ({ signal }) => client.images.header(study.uid, series, sopUid(instance.sopInstanceUid), signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return useMemo(() => ({ ...asDataset(whole.data), ...instance.dataset }), [whole.data, instance]);
}
