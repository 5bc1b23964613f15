// The patient's other studies beside the chosen one: same identity only, newest first, each a way to its images.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { rowName, type StudyName, type StudyRow, seriesUid, studyName, type TimelineRow } from "../api";
import { useWords } from "../locale";
import { Failure, useClient } from "../shell";
import { LinkButton, Note } from "../ui";
import { distanceOf } from "./age-tag";

export interface TimelineProps {
  readonly row: StudyRow;
  /** False while the reader only passes by: nothing is asked then. */
  readonly wanted: boolean;
  readonly onOpen: (row: StudyRow) => void;
}

export function Timeline({ row, wanted, onOpen }: TimelineProps) {
  const { t, formats } = useWords();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useTimeline(studyName(row), wanted);
  if (error !== null) return <Failure error={error} retry={() => void refetch()} />;
  const total = data?.pages[0]?.total;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="timeline" aria-label={t("timeline.title")}>
      <h3 className="row">
        {t("timeline.title")}
        {total === undefined ? null : (
          <span className="dim">{total === "more" ? t("worklist.countMore") : t("worklist.count", { n: total })}</span>
        )}
      </h3>
      {row.identity === "resolved" ? null : <Note tone="warn">{t(`timeline.${row.identity}`)}</Note>}
      <ol>
        {items.map((item) => (
          <Entry key={rowName(item.study)} item={item} current={row} onOpen={onOpen} />
        ))}
      </ol>
      {hasNextPage ? (
        <LinkButton disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("timeline.more", { n: typeof total === "number" ? total - items.length : formats.numeral(10_000) })}
        </LinkButton>
      ) : null}
    </section>
  );
}

function useTimeline(study: StudyName, wanted: boolean) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: ["timeline", study.uid, study.key],
    queryFn: ({ pageParam, signal }) => client.studies.timeline(study, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: wanted,
    staleTime: 30_000,
  });
}

interface EntryProps {
  readonly item: TimelineRow;
  readonly current: StudyRow;
  readonly onOpen: (row: StudyRow) => void;
}

function Entry({ item: { study, picture }, current, onOpen }: EntryProps) {
  const { t, formats } = useWords();
  const isCurrent = rowName(study) === rowName(current);
  const title = [study.modalities.join(" "), study.description].filter((part) => part !== "").join(" · ");
  return (
    <li className={isCurrent ? "is-current" : ""}>
      <button type="button" onClick={() => onOpen(study)} title={t("timeline.open", { study: title })}>
        <span className="when num">{formats.date(study.study_date) || "–"}</span>
        <span className="rail" />
        <SmallPicture study={study} picture={picture} />
        <span className="what">
          <span className="cut">{title === "" ? t("worklist.noDescription") : title}</span>
          <span className="dim">{t("worklist.objects", { n: study.instance_count })}</span>
          <AgeTag study={study} current={current} isCurrent={isCurrent} />
        </span>
      </button>
    </li>
  );
}

function AgeTag({ study, current, isCurrent }: { study: StudyRow; current: StudyRow; isCurrent: boolean }) {
  const { t } = useWords();
  if (isCurrent) return <span className="tag tag--current">{t("timeline.current")}</span>;
  const distance = distanceOf(study.study_date, current.study_date);
  if (distance === null) return null;
  return <span className="tag tag--prior">{t(distance.word, { n: distance.n })}</span>;
}

function SmallPicture({ study, picture }: { readonly study: StudyRow; readonly picture: string | null }) {
  const client = useClient();
  const [missing, setMissing] = useState(picture === null);
  return (
    <span className="thumb">
      {missing || picture === null ? null : (
        <img
          src={client.images.thumbnailAddress(studyName(study), seriesUid(picture))}
          alt=""
          loading="lazy"
          onError={() => setMissing(true)}
        />
      )}
    </span>
  );
}
