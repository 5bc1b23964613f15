// Waveforms on paper: one sheet for each group of channels, scrolled in time; annotations beside it.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { sopUid } from "../../api";
import {
  bytesOf,
  channelValues,
  isBigEndian,
  type MultiplexGroup,
  ObjectTags,
  readAnnotations,
  readWaveforms,
  STANDARD_PAPER,
} from "../../display";
import { useWords, type Words } from "../../locale";
import { Failure, useClient } from "../../shell";
import { Empty, Loading, Note, Segmented } from "../../ui";
import type { SaveProps } from "./save";
import { drawSheet, layOut, PIXELS_PER_MILLIMETRE, type Sheet } from "./waveform-paper";

const SPEEDS = [12.5, 25, 50, 100] as const;
const GAINS = [5, 10, 20, 40] as const;

export function WaveformView(props: SaveProps) {
  const { instance } = props;
  const words = useWords();
  const { t } = words;
  const groups = useMemo(() => readWaveforms(instance.dataset), [instance]);
  const annotations = useMemo(() => readAnnotations(instance.dataset, groups), [instance, groups]);
  const [at, setAt] = useState(0);
  const group = groups[at];
  if (group === undefined)
    return (
      <div className="object-note">
        <Empty title={t("waveform.none")} />
      </div>
    );
  return (
    <div className="waveform">
      <div className="waveform-main">
        {groups.length < 2 ? null : (
          <p className="row waveform-bar">
            <Segmented
              label={t("waveform.groups")}
              value={String(at)}
              options={groups.map((one, index) => ({ value: String(index), label: groupName(one, words) }))}
              onChoose={(value) => setAt(Number(value))}
            />
          </p>
        )}
        <Group key={at} {...props} group={group} />
      </div>
      {annotations.length === 0 ? null : (
        <aside className="waveform-notes" aria-label={t("waveform.annotations")}>
          <h3>{t("waveform.annotations")}</h3>
          <ul>
            {annotations.map((annotation, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
              <li key={index}>
                <bdi>{annotation.text}</bdi>
                {annotation.seconds.length === 0 ? null : (
                  <span className="dim">
                    {" "}
                    {annotation.seconds.map((second) => `${words.formats.numeral(second, 2)} s`).join(" – ")}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </aside>
      )}
    </div>
  );
}

function groupName({ label, number }: MultiplexGroup, { t }: Words): string {
  return label === "" ? t("waveform.group", { n: number }) : label;
}

function Group({ group, ...props }: SaveProps & { readonly group: MultiplexGroup }) {
  const words = useWords();
  const { t, formats } = words;
  const samples = useSamples(props, group);
  const [speed, setSpeed] = useState<number>(STANDARD_PAPER.millimetresPerSecond);
  const [gain, setGain] = useState<number>(STANDARD_PAPER.millimetresPerMillivolt);
  const values = useMemo(() => {
    const little = !(samples.data?.stored === true && isBigEndian(props.instance.transferSyntax));
    const bytes = samples.data?.bytes;
    return bytes === undefined ? null : group.channels.map((channel) => channelValues(group, bytes, channel, little));
  }, [group, samples.data, props.instance]);
  const sheet = useMemo(
    () =>
      values === null ? null : layOut(group, values, { millimetresPerSecond: speed, millimetresPerMillivolt: gain }),
    [group, values, speed, gain],
  );
  if (group.refused !== null)
    return (
      <div className="object-note">
        <Empty title={t(`waveform.refused.${group.refused}`)} />
      </div>
    );
  if (samples.error !== null)
    return (
      <div className="object-note">
        <Failure error={samples.error} retry={() => void samples.refetch()} />
      </div>
    );
  if (sheet === null) return <Loading label={t("state.loading")} />;
  const short = values?.some(({ length }) => length < group.samples) === true;
  return (
    <>
      <p className="row waveform-bar">
        <Segmented
          label={t("waveform.speed")}
          value={String(speed)}
          options={SPEEDS.map((one) => ({ value: String(one), label: formats.numeral(one, one % 1 === 0 ? 0 : 1) }))}
          onChoose={(value) => setSpeed(Number(value))}
        />
        <span className="dim">mm/s</span>
        <Segmented
          label={t("waveform.gain")}
          value={String(gain)}
          options={GAINS.map((one) => ({ value: String(one), label: formats.numeral(one) }))}
          onChoose={(value) => setGain(Number(value))}
        />
        <span className="dim">mm/mV</span>
        <span className="push dim">
          {t("waveform.facts", {
            hertz: formats.numeral(group.hertz, group.hertz % 1 === 0 ? 0 : 1),
            seconds: formats.numeral(group.samples / group.hertz, 1),
          })}
        </span>
      </p>
      {short ? <Note tone="warn">{t("waveform.short")}</Note> : null}
      <ScaleNotes sheet={sheet} />
      <SheetView sheet={sheet} />
    </>
  );
}

/** Channels whose height means something else than 10 mm/mV, and the filters of all. */
function ScaleNotes({ sheet }: { readonly sheet: Sheet }) {
  const words = useWords();
  const { t, formats } = words;
  const other = sheet.lines.filter(({ gain }) => !gain.standard);
  const filters = [...new Set(sheet.lines.map(({ channel }) => filterText(channel, words)))].filter(
    (text) => text !== "",
  );
  if (other.length + filters.length === 0) return null;
  return (
    <p className="dim waveform-scales">
      {other.map(({ channel, gain }) => (
        <span key={channel.number}>
          {t("waveform.scale", {
            name: channel.name || String(channel.number),
            value: formats.numeral(10 / gain.millimetresPerUnit, 3).replace(/[.,]?0+$/, ""),
            unit: channel.unit || t("waveform.noUnit"),
          })}
        </span>
      ))}
      {filters.map((text) => (
        <span key={text}>{t("waveform.filter", { text })}</span>
      ))}
    </p>
  );
}

function filterText(
  { lowHertz, highHertz, notchHertz }: Sheet["lines"][number]["channel"],
  { formats }: Words,
): string {
  const hertz = (value: number | null): string => (value === null ? "–" : formats.decimal(String(value)));
  const band = lowHertz === null && highHertz === null ? "" : `${hertz(lowHertz)} … ${hertz(highHertz)} Hz`;
  // A notch at 0 Hz is how recorders write that there is none.
  return [band, notchHertz === null || notchHertz === 0 ? "" : `Notch ${hertz(notchHertz)} Hz`]
    .filter((part) => part !== "")
    .join(", ");
}

/** Scrolls a paper that may be a day long: the canvas stays where it is and shows what lies under it. */
function SheetView({ sheet }: { readonly sheet: Sheet }) {
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const [host, target] = [scroller.current, canvas.current];
    if (host === null || target === null) return;
    const style = getComputedStyle(host);
    const ink = (name: string): string => style.getPropertyValue(name).trim();
    const inks = {
      fine: ink("--wave-fine"),
      coarse: ink("--wave-coarse"),
      curve: ink("--wave"),
      text: ink("--text-strong"),
    };
    let asked = 0;
    const draw = (): void => {
      asked = 0;
      const size = { width: host.clientWidth, ratio: window.devicePixelRatio };
      target.style.width = `${size.width}px`;
      target.style.height = `${sheet.height * PIXELS_PER_MILLIMETRE}px`;
      drawSheet(target, sheet, host.scrollLeft / PIXELS_PER_MILLIMETRE, size, inks);
    };
    const ask = (): void => {
      if (asked === 0) asked = requestAnimationFrame(draw);
    };
    draw();
    host.addEventListener("scroll", ask, { passive: true });
    const resized = new ResizeObserver(ask);
    resized.observe(host);
    return () => {
      cancelAnimationFrame(asked);
      host.removeEventListener("scroll", ask);
      resized.disconnect();
    };
  }, [sheet]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by the keyboard
    <div ref={scroller} className="waveform-sheet" tabIndex={0} role="region" aria-label={t("waveform.sheet")}>
      <div style={{ width: sheet.width * PIXELS_PER_MILLIMETRE, height: sheet.height * PIXELS_PER_MILLIMETRE }}>
        <canvas ref={canvas} role="img" aria-label={sheet.lines.map(({ channel }) => channel.name).join(", ")} />
      </div>
    </div>
  );
}

/** The group's samples: in the header where they are few, else asked for. `stored`: bytes in the object's own order. */
function useSamples({ study, series, instance }: SaveProps, group: MultiplexGroup) {
  const client = useClient();
  return useQuery({
    queryKey: ["waveform", study.uid, series, instance.digest, group.number],
    queryFn: async ({ signal }) => {
      const inline = bytesOf(group.item, ObjectTags.WaveformData);
      if (inline !== null) return { bytes: inline, stored: false };
      const path = `${ObjectTags.WaveformSequence}/${group.number}/${ObjectTags.WaveformData}`;
      const value = await client.images.value(study.uid, series, sopUid(instance.sopInstanceUid), path, signal);
      return { bytes: new Uint8Array(value), stored: true };
    },
    enabled: group.refused === null,
    gcTime: 60_000,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
