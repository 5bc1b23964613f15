// A video: the browser plays what it can from the stored stream, by ranges; of what it cannot, it is said what it is.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sopUid } from "../../api";
import { videoMethod } from "../../display";
import { useWords, type WordKey } from "../../locale";
import { Failure, useClient } from "../../shell";
import { Empty, Loading, Tag } from "../../ui";
import type { SaveProps } from "./save";

const CONTAINERS: Readonly<Record<string, WordKey>> = {
  "video/mp4": "video.container.mp4",
  "video/mpeg": "video.container.mpeg",
  "video/mp2t": "video.container.mp2t",
};

export function VideoView({ study, series, instance }: SaveProps) {
  const client = useClient();
  const { t } = useWords();
  const [refused, setRefused] = useState(false);
  const wanted = { sop: sopUid(instance.sopInstanceUid), digest: instance.digest };
  const type = useQuery({
    queryKey: ["enclosed-type", study.uid, series, instance.digest],
    queryFn: ({ signal }) => client.images.enclosedType(study.uid, series, wanted, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (type.isPending) return <Loading label={t("state.loading")} />;
  if (type.error !== null)
    return (
      <div className="object-note">
        <Failure error={type.error} retry={() => void type.refetch()} />
      </div>
    );
  if (refused || document.createElement("video").canPlayType(type.data) === "") {
    const container = t(CONTAINERS[type.data] ?? "video.container.raw");
    return (
      <div className="object-note">
        <Empty title={t("video.unplayable", { method: videoMethod(instance.transferSyntax), container })}>
          <p>{t("video.unplayable.text")}</p>
        </Empty>
      </div>
    );
  }
  return (
    <div className="video">
      {/* biome-ignore lint/a11y/useMediaCaption: recordings of examinations have no words to caption */}
      <video
        src={client.images.enclosedAddress(study.uid, series, wanted)}
        controls
        preload="metadata"
        aria-label={t("video.label")}
        onError={() => setRefused(true)}
        onKeyDown={(event) => event.stopPropagation()}
      />
      <Tag>{t("video.notMeasured")}</Tag>
    </div>
  );
}
