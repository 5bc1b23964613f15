// Waveforms (PS3.3 C.10.9): groups of channels that were sampled together, and what turns a sample into a value.
import { type Coded, codedOf, unitText } from "./coded";
import { type Dataset, itemsOf, numberOf, numbersOf, textOf } from "./dataset";
import { ObjectTags } from "./object-tags";

export interface Channel {
  /** From 1, as annotations count. */
  readonly number: number;
  /** Lead or signal; `""` where the object names none. */
  readonly name: string;
  readonly source: Coded | null;
  /** `""`: the object gives no unit; then values are bare samples and the scale is not one of millivolts. */
  readonly unit: string;
  /** value = sample × `factor` + `baseline`, in `unit` (PS3.3 C.10.9.1.4). */
  readonly factor: number;
  readonly baseline: number;
  /** Seconds by which the channel's samples lie behind those of its group. */
  readonly delay: number;
  /** Band and notch of the filters, in hertz; `null`: not said. */
  readonly lowHertz: number | null;
  readonly highHertz: number | null;
  readonly notchHertz: number | null;
}

export interface SampleForm {
  readonly bits: 8 | 16 | 32;
  readonly signed: boolean;
  readonly padding: number | null;
}

export interface MultiplexGroup {
  /** From 1, as annotations count. */
  readonly number: number;
  readonly label: string;
  /** `null`: the header does not allow to tell samples apart; `refused` says why. */
  readonly form: SampleForm | null;
  readonly refused: "interpretation" | "frequency" | "channels" | null;
  readonly samples: number;
  /** Samples a second of each channel. */
  readonly hertz: number;
  readonly channels: readonly Channel[];
  /** The group's item, which holds or names the samples. */
  readonly item: Dataset;
}

export interface Annotation {
  /** Group and channel, from 1; channel 0: all of the group. */
  readonly channels: readonly (readonly [number, number])[];
  readonly text: string;
  /** Seconds from the group's beginning; empty: of the whole. */
  readonly seconds: readonly number[];
}

/** Sample interpretations that are numbers in a line: µ-law and A-law are sound (PS3.3 C.10.9.1.5). */
const FORMS: Readonly<Record<string, Omit<SampleForm, "padding">>> = {
  SB: { bits: 8, signed: true },
  UB: { bits: 8, signed: false },
  SS: { bits: 16, signed: true },
  US: { bits: 16, signed: false },
  SL: { bits: 32, signed: true },
  UL: { bits: 32, signed: false },
};

export function readWaveforms(dataset: Dataset): readonly MultiplexGroup[] {
  return itemsOf(dataset, ObjectTags.WaveformSequence).map(readGroup);
}

function readGroup(item: Dataset, index: number): MultiplexGroup {
  const definitions = itemsOf(item, ObjectTags.ChannelDefinitionSequence);
  const hertz = numberOf(item, ObjectTags.SamplingFrequency) ?? 0;
  const channels = definitions.map((channel, at) => readChannel(channel, at, hertz));
  const form = readForm(item);
  const count = numberOf(item, ObjectTags.NumberOfWaveformChannels) ?? channels.length;
  const refused =
    form === null
      ? "interpretation"
      : hertz > 0
        ? count === channels.length && count > 0
          ? null
          : "channels"
        : "frequency";
  return {
    number: index + 1,
    label: textOf(item, ObjectTags.MultiplexGroupLabel) ?? "",
    form: refused === null ? form : null,
    refused,
    samples: numberOf(item, ObjectTags.NumberOfWaveformSamples) ?? 0,
    hertz,
    channels,
    item,
  };
}

function readForm(item: Dataset): SampleForm | null {
  const form = FORMS[textOf(item, ObjectTags.WaveformSampleInterpretation) ?? ""];
  const bits = numberOf(item, ObjectTags.WaveformBitsAllocated);
  if (form === undefined || (bits !== null && bits !== form.bits)) return null;
  return { ...form, padding: readPadding(item, form) };
}

/** In a binary value whose form is that of the samples; in JSON it comes as bytes or as a number. */
function readPadding(item: Dataset, form: Omit<SampleForm, "padding">): number | null {
  const element = item[ObjectTags.WaveformPaddingValue];
  if (element?.InlineBinary === undefined) return numberOf(item, ObjectTags.WaveformPaddingValue);
  const bytes = Uint8Array.from(atob(element.InlineBinary), (character) => character.charCodeAt(0));
  if (bytes.length < form.bits / 8) return null;
  return sampleReader(new DataView(bytes.buffer), { ...form, padding: null }, true)(0);
}

function readChannel(item: Dataset, index: number, hertz: number): Channel {
  const source = codedOf(item, ObjectTags.ChannelSourceSequence);
  const sensitivity = numberOf(item, ObjectTags.ChannelSensitivity);
  const unit = unitText(codedOf(item, ObjectTags.ChannelSensitivityUnitsSequence));
  const skew = numberOf(item, ObjectTags.ChannelTimeSkew);
  const sampleSkew = numberOf(item, ObjectTags.ChannelSampleSkew) ?? 0;
  return {
    number: index + 1,
    name: textOf(item, ObjectTags.ChannelLabel) ?? source?.meaning ?? "",
    source,
    unit: sensitivity === null ? "" : unit,
    factor: (sensitivity ?? 1) * (numberOf(item, ObjectTags.ChannelSensitivityCorrectionFactor) ?? 1),
    baseline: numberOf(item, ObjectTags.ChannelBaseline) ?? 0,
    delay: (numberOf(item, ObjectTags.ChannelOffset) ?? 0) + (skew ?? (hertz > 0 ? sampleSkew / hertz : 0)),
    lowHertz: numberOf(item, ObjectTags.FilterLowFrequency),
    highHertz: numberOf(item, ObjectTags.FilterHighFrequency),
    notchHertz: numberOf(item, ObjectTags.NotchFilterFrequency),
  };
}

/** Reads the number at a position counted in samples. */
function sampleReader(view: DataView, { bits, signed }: SampleForm, littleEndian: boolean): (at: number) => number {
  if (bits === 8) return signed ? (at) => view.getInt8(at) : (at) => view.getUint8(at);
  if (bits === 16)
    return signed ? (at) => view.getInt16(at * 2, littleEndian) : (at) => view.getUint16(at * 2, littleEndian);
  return signed ? (at) => view.getInt32(at * 4, littleEndian) : (at) => view.getUint32(at * 4, littleEndian);
}

/**
 * Values of one channel in its unit; NaN where the recorder had none. Samples lie interleaved: all channels of one moment,
 * then of the next (PS3.3 C.10.9.1.7). Bytes that end early give as many values as there are whole moments.
 */
export function channelValues(
  { form, channels, samples }: MultiplexGroup,
  bytes: Uint8Array,
  channel: Channel,
  littleEndian = true,
): Float32Array {
  if (form === null) return new Float32Array();
  const width = form.bits / 8;
  const moments = Math.min(samples, Math.floor(bytes.byteLength / (width * channels.length)));
  const read = sampleReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), form, littleEndian);
  const values = new Float32Array(moments);
  for (let moment = 0; moment < moments; moment += 1) {
    const sample = read(moment * channels.length + channel.number - 1);
    values[moment] = sample === form.padding ? Number.NaN : sample * channel.factor + channel.baseline;
  }
  return values;
}

export function readAnnotations(dataset: Dataset, groups: readonly MultiplexGroup[]): readonly Annotation[] {
  return itemsOf(dataset, ObjectTags.WaveformAnnotationSequence).map((item) => readAnnotation(item, groups));
}

function readAnnotation(item: Dataset, groups: readonly MultiplexGroup[]): Annotation {
  const pairs = numbersOf(item, ObjectTags.ReferencedWaveformChannels);
  const channels = Array.from(
    { length: Math.floor(pairs.length / 2) },
    (_, at) => [pairs[2 * at] ?? 0, pairs[2 * at + 1] ?? 0] as const,
  );
  const hertz = groups.find(({ number }) => number === channels[0]?.[0])?.hertz ?? 0;
  const positions = numbersOf(item, ObjectTags.ReferencedSamplePositions);
  const offsets = numbersOf(item, ObjectTags.ReferencedTimeOffsets);
  return {
    channels,
    text: annotationText(item),
    // Sample positions count from 1 (PS3.3 C.10.10.1.3); offsets are seconds (PS3.3 C.18.7).
    seconds: positions.length > 0 && hertz > 0 ? positions.map((at) => (at - 1) / hertz) : offsets,
  };
}

/** Free text; or a concept with its number and unit, or with the code that is its value. */
function annotationText(item: Dataset): string {
  const free = textOf(item, ObjectTags.UnformattedTextValue);
  if (free !== null) return free;
  const concept = codedOf(item, ObjectTags.ConceptNameCodeSequence)?.meaning ?? "";
  const value = textOf(item, ObjectTags.NumericValue);
  const unit = unitText(codedOf(item, ObjectTags.MeasurementUnitsCodeSequence));
  const code = codedOf(item, ObjectTags.ConceptCodeSequence)?.meaning ?? "";
  const said = value === null ? code : [value, unit].filter((part) => part !== "").join(" ");
  return [concept, said].filter((part) => part !== "").join(": ");
}

/** Explicit VR Big Endian (PS3.5 A.3): long values leave as they are stored. */
export function isBigEndian(transferSyntax: string): boolean {
  return transferSyntax === "1.2.840.10008.1.2.2";
}
