// A series taken from the strip with the mouse and let go over a pane.

const TYPE = "application/x-kontor-series";

export interface DraggedSeries {
  readonly series: string;
  /** Position of the set; absent: the one that a series opens with. */
  readonly set?: number;
}

export function putSeries(transfer: DataTransfer, dragged: DraggedSeries): void {
  transfer.effectAllowed = "copy";
  transfer.setData(TYPE, `${dragged.series} ${dragged.set ?? ""}`);
}

export const isSeriesDrag = (transfer: DataTransfer): boolean => transfer.types.includes(TYPE);

/** `null` for anything else that is dropped, files for instance. */
export function draggedSeries(transfer: DataTransfer): DraggedSeries | null {
  const [series = "", set = ""] = transfer.getData(TYPE).split(" ");
  if (!/^[\d.]+$/.test(series)) return null;
  return set === "" ? { series } : { series, set: Number(set) };
}
