// One object that is no stack of pixels, in the place of a pane: a report as a tree, a document, a curve, or what it is.
import { lazy, Suspense } from "react";
import type { SeriesUid, StudyName } from "../../api";
import { type Instance, type Reference, shapeOf } from "../../display";
import { useWords } from "../../locale";
import { Loading } from "../../ui";
import { kindName, kindOf, objectLine } from "./object-names";
import { SaveDicom, SaveEnclosed } from "./save";
import { StateView } from "./state-view";
import { UnshownView } from "./unshown-view";
import "./objects.css";

export interface ObjectViewProps {
  readonly study: StudyName;
  readonly series: SeriesUid;
  readonly instance: Instance;
  /** Shows an image or object that this one names; `series` is `""` where it does not say. */
  readonly onReference: (reference: Reference, series: string) => void;
  /** Applies a presentation state, or takes it off where `presented` says that it lies on what is shown. */
  readonly onPresent: (instance: Instance) => void;
  readonly presented: boolean;
  /** All of the study. */
  readonly seriesHere: readonly string[];
}

const PdfView = lazy(async () => ({ default: (await import("./pdf-view")).PdfView }));
const VideoView = lazy(async () => ({ default: (await import("./video-view")).VideoView }));
const WaveformView = lazy(async () => ({ default: (await import("./waveform-view")).WaveformView }));
const ReportView = lazy(async () => ({ default: (await import("./report-view")).ReportView }));

export function ObjectView(props: ObjectViewProps) {
  const { instance } = props;
  const words = useWords();
  const line = objectLine(instance, words);
  return (
    <section className="object" aria-label={kindName(instance, words)} data-shape={shapeOf(kindOf(instance))}>
      <header className="object-head">
        <b className="strong">{kindName(instance, words)}</b>
        <span className="soft cut">{line}</span>
        <span className="push" />
        <SaveEnclosed {...props} />
        <SaveDicom {...props} />
      </header>
      <Suspense fallback={<Loading label={words.t("state.loading")} />}>
        <Content key={instance.digest} {...props} />
      </Suspense>
    </section>
  );
}

function Content(props: ObjectViewProps) {
  switch (shapeOf(kindOf(props.instance))) {
    case "report":
      return <ReportView dataset={props.instance.dataset} onReference={props.onReference} />;
    case "pdf":
      return <PdfView {...props} />;
    case "state":
      return <StateView {...props} />;
    case "waveform":
      return <WaveformView {...props} />;
    case "video":
      return <VideoView {...props} />;
    default:
      return <UnshownView instance={props.instance} />;
  }
}
