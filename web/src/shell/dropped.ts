// Files and folders dropped on any page, on their way to the page that uploads them.

/** An entry of the file system where the browser gives one, so that folders can be walked; else a file. */
export type Dropped = FileSystemEntry | File;

let handed: readonly Dropped[] = [];

/** What a drag holds can only be read while its event is handled. */
export function droppedOn(transfer: DataTransfer | null): readonly Dropped[] {
  const items = [...(transfer?.items ?? [])].filter((item) => item.kind === "file");
  return items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile()).filter((one) => one !== null);
}

export const carriesFiles = (transfer: DataTransfer | null): boolean => transfer?.types.includes("Files") === true;

/** Keeps what was dropped elsewhere until the page for uploading takes it over. */
export function handOver(dropped: readonly Dropped[]): void {
  handed = dropped;
}

/** What one person dropped is nothing for the next to upload. */
export function forgetDropped(): void {
  handed = [];
}

export function takeOver(): readonly Dropped[] {
  const taken = handed;
  handed = [];
  return taken;
}
