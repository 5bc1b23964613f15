// An encapsulated PDF: pages below each other, each drawn when it comes into view.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { sopUid } from "../../api";
import { useWords } from "../../locale";
import { Failure, useClient } from "../../shell";
import { Button, Empty, Loading } from "../../ui";
import { PdfLocked, PdfPages } from "./pdf-document";
import type { SaveProps } from "./save";

export function PdfView({ study, series, instance }: SaveProps) {
  const client = useClient();
  const { t } = useWords();
  const document = useQuery({
    queryKey: ["enclosed", study.uid, series, instance.digest],
    queryFn: ({ signal }) =>
      client.images.enclosed(
        study.uid,
        series,
        { sop: sopUid(instance.sopInstanceUid), digest: instance.digest },
        signal,
      ),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (document.isPending) return <Loading label={t("state.loading")} />;
  if (document.error !== null)
    return (
      <div className="object-note">
        <Failure error={document.error} retry={() => void document.refetch()} />
      </div>
    );
  if (document.data.mediaType !== "application/pdf") return <Unshown text={t("pdf.notPdf")} />;
  return <Pages bytes={document.data.bytes} />;
}

function Unshown({ text }: { readonly text: string }) {
  return (
    <div className="object-note">
      <Empty title={text} />
    </div>
  );
}

function Pages({ bytes }: { readonly bytes: ArrayBuffer }) {
  const { t } = useWords();
  const opened = useOpened(bytes);
  const [zoom, setZoom] = useState(1);
  if (opened.kind === "opening") return <Loading label={t("state.loading")} />;
  if (opened.kind === "failed") return <Unshown text={t(opened.locked ? "pdf.locked" : "pdf.unreadable")} />;
  const { pages } = opened;
  return (
    <div className="pdf">
      <p className="row pdf-bar">
        <span className="dim">{t("pdf.count", { n: pages.sizes.length })}</span>
        <Button kind="bare" onClick={() => setZoom((now) => Math.max(0.25, now / 1.25))}>
          {t("pdf.smaller")}
        </Button>
        <Button kind="bare" onClick={() => setZoom((now) => Math.min(5, now * 1.25))}>
          {t("pdf.larger")}
        </Button>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard */}
      <div className="pdf-pages" tabIndex={0} role="region" aria-label={t("pdf.label")}>
        {pages.sizes.map((size, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pages never change their place
          <Page key={index} pages={pages} number={index + 1} shape={size.height / size.width} zoom={zoom} />
        ))}
      </div>
    </div>
  );
}

type Opened =
  | { readonly kind: "opening" }
  | { readonly kind: "open"; readonly pages: PdfPages }
  | { readonly kind: "failed"; readonly locked: boolean };

function useOpened(bytes: ArrayBuffer): Opened {
  const [opened, setOpened] = useState<Opened>({ kind: "opening" });
  useEffect(() => {
    let gone = false;
    // pdf.js takes the bytes away; the answer keeps its own.
    const opening = PdfPages.open(bytes.slice(0));
    opening.then(
      (pages) => {
        if (!gone) setOpened({ kind: "open", pages });
      },
      (error: unknown) => {
        if (!gone) setOpened({ kind: "failed", locked: error instanceof PdfLocked });
      },
    );
    return () => {
      gone = true;
      opening.then((pages) => pages.close()).catch(() => undefined);
    };
  }, [bytes]);
  return opened;
}

interface PageProps {
  readonly pages: PdfPages;
  readonly number: number;
  readonly shape: number;
  readonly zoom: number;
}

/** Points of a page at zoom 1 on the screen: A4 upright is 800 CSS pixels wide. */
const WIDTH = 800;
/** Sides of a canvas beyond this draw nothing in some browsers. */
const SIDE_MAX = 8192;

function Page({ pages, number, shape: expected, zoom }: PageProps) {
  const { t } = useWords();
  const host = useRef<HTMLDivElement>(null);
  const [shape, setShape] = useState(expected);
  const [failed, setFailed] = useState(false);
  const near = useNear(host);
  useEffect(() => {
    const element = host.current;
    if (!near || element === null) return;
    const leaving = new AbortController();
    const canvas = document.createElement("canvas");
    const width = Math.min(WIDTH * zoom * window.devicePixelRatio, SIDE_MAX, SIDE_MAX / shape);
    pages.draw(number, canvas, Math.round(width), leaving.signal).then(
      (drawn) => {
        if (leaving.signal.aborted) return;
        setShape(drawn);
        element.replaceChildren(canvas);
      },
      () => {
        if (!leaving.signal.aborted) setFailed(true);
      },
    );
    return () => leaving.abort();
  }, [near, pages, number, zoom, shape]);
  useEffect(() => {
    if (!near) host.current?.replaceChildren(); // pages that are far give their pixels back
  }, [near]);
  return (
    <figure
      className="pdf-page"
      style={{ width: WIDTH * zoom }}
      aria-label={t("pdf.page", { at: number, n: pages.sizes.length })}
    >
      <div ref={host} style={{ aspectRatio: 1 / shape }} />
      {failed ? <figcaption>{t("pdf.pageFailed")}</figcaption> : null}
    </figure>
  );
}

/** Whether the element is on the screen or within a screen of it. */
function useNear(host: React.RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (host.current === null) return;
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting === true), {
      root: host.current.closest(".pdf-pages"),
      rootMargin: "100% 0%",
    });
    observer.observe(host.current);
    return () => observer.disconnect();
  }, [host]);
  return near;
}
