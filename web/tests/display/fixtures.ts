// Small headers for tests of the display: asymmetric on purpose, so that swapped axes and swapped ends fail.
import { type Dataset, type Frame, framesOf, type Instance, type JsonElement, Tags } from "../../src/display";

export function element(vr: string, ...values: readonly unknown[]): JsonElement {
  return { vr, Value: values };
}

/** 8 rows, 10 columns, 1 mm between rows and 0.5 mm between columns, CT in HU. */
export const HEADER: Dataset = {
  [Tags.Modality]: element("CS", "CT"),
  [Tags.ImageType]: element("CS", "ORIGINAL", "PRIMARY", "AXIAL"),
  [Tags.Rows]: element("US", 8),
  [Tags.Columns]: element("US", 10),
  [Tags.BitsAllocated]: element("US", 16),
  [Tags.BitsStored]: element("US", 12),
  [Tags.HighBit]: element("US", 11),
  [Tags.PixelRepresentation]: element("US", 0),
  [Tags.SamplesPerPixel]: element("US", 1),
  [Tags.PhotometricInterpretation]: element("CS", "MONOCHROME2"),
  [Tags.RescaleSlope]: element("DS", 1),
  [Tags.RescaleIntercept]: element("DS", -1024),
  [Tags.PixelSpacing]: element("DS", 1, 0.5),
  [Tags.ImageOrientationPatient]: element("DS", 1, 0, 0, 0, 1, 0),
  [Tags.ImagePositionPatient]: element("DS", 100, 200, 300),
  [Tags.FrameOfReferenceUID]: element("UI", "1.2.3"),
};

let count = 0;

export function instance(changes: Dataset = {}, frameCount = 1, sopClassUid = "1.2.840.10008.5.1.4.1.1.2"): Instance {
  count += 1;
  return {
    sopInstanceUid: `1.2.${count}`,
    digest: `digest of 1.2.${count}`,
    sopClassUid,
    transferSyntax: "1.2.840.10008.1.2.1",
    dataset: { ...HEADER, ...changes },
    frameCount,
    lossyRatio: null,
  };
}

export function frame(changes: Dataset = {}): Frame {
  const first = framesOf(instance(changes))[0];
  if (first === undefined) throw new Error("the fixture holds no picture");
  return first;
}

/** A slice of the stack at this height, in millimetres. */
export function slice(z: number, number: number, changes: Dataset = {}): Instance {
  return instance({
    [Tags.ImagePositionPatient]: element("DS", 100, 200, z),
    [Tags.InstanceNumber]: element("IS", number),
    ...changes,
  });
}

export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
