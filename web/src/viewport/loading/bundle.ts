// The series bundle as the server sends it, narrowed to what the display reads.
import { asDataset, type Dataset, type Instance, lossyRatioOf, numberOf, readPixelLayout, Tags } from "../../display";

/** Members of the bundle's instances that are used here; the rest of the answer may grow. */
export interface BundleInstance {
  readonly sop_instance_uid: string;
  readonly sop_class_uid: string;
  readonly transfer_syntax: string;
  readonly digest: string;
  readonly dataset: unknown;
  readonly frames: { readonly count: number; readonly lossy: boolean };
}

export function instancesOf(bundle: { readonly instances: readonly BundleInstance[] }): readonly Instance[] {
  return bundle.instances.map((instance) => {
    const dataset = asDataset(instance.dataset);
    return {
      sopInstanceUid: instance.sop_instance_uid,
      digest: instance.digest,
      sopClassUid: instance.sop_class_uid,
      transferSyntax: instance.transfer_syntax,
      dataset,
      frameCount: instance.frames.count || declaredFrames(dataset),
      lossyRatio: lossyRatioOf(dataset, instance.frames.lossy),
    };
  });
}

/** Frames that the server could not tell apart are still pictures of the series: each becomes a tile that says why. */
function declaredFrames(dataset: Dataset): number {
  return readPixelLayout(dataset) === null ? 0 : (numberOf(dataset, Tags.NumberOfFrames) ?? 1);
}
