// Where files come in: by dropping, and by two choosers for those who do not drag.
import { type DragEvent, useRef, useState } from "react";
import { useWords } from "../locale";
import { type Dropped, droppedOn, Keys } from "../shell";
import { Button } from "../ui";

export interface Choosers {
  readonly files: () => void;
  readonly folder: () => void;
}

interface Fields extends Choosers {
  readonly fields: React.ReactNode;
}

/** The browser's two dialogs; a folder's is asked for by an attribute that HTML does not name. */
export function useChoosers(onFiles: (files: readonly File[]) => void): Fields {
  const { t } = useWords();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (field: HTMLInputElement): void => {
    onFiles([...(field.files ?? [])]);
    field.value = ""; // the same choice again is a choice
  };
  const field = (ref: React.RefObject<HTMLInputElement | null>, label: string, isFolder: boolean) => (
    <input
      ref={(element) => {
        ref.current = element;
        if (isFolder) element?.setAttribute("webkitdirectory", "");
      }}
      type="file"
      multiple
      className="sr"
      tabIndex={-1}
      aria-label={label}
      onChange={(event) => take(event.currentTarget)}
    />
  );
  return {
    files: () => files.current?.click(),
    folder: () => folder.current?.click(),
    fields: (
      <>
        {field(files, t("upload.filesOf"), false)}
        {field(folder, t("upload.folderOf"), true)}
      </>
    ),
  };
}

interface DropZoneProps {
  readonly onDrop: (dropped: readonly Dropped[]) => void;
  readonly choosers: Fields;
  readonly small: boolean;
}

export function DropZone({ onDrop, choosers, small }: DropZoneProps) {
  const { t } = useWords();
  const [over, setOver] = useState<number | null>(null);
  const enter = (event: DragEvent): void => {
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    const count = event.dataTransfer.items.length;
    if (count !== over) setOver(count);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(null);
    onDrop(droppedOn(event.dataTransfer));
  };
  const leave = (event: DragEvent): void => {
    const to = event.relatedTarget;
    if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(null);
  };
  const look = `drop upload-drop${over === null ? "" : " is-over"}${small ? " is-small" : ""}`;
  return (
    <section className={look} aria-label={t("upload.drop")} onDragOver={enter} onDragLeave={leave} onDrop={drop}>
      <p className="upload-call">{over === null ? t("upload.drop") : t("upload.release", { n: over })}</p>
      {small ? null : <p className="dim">{t("upload.dropText")}</p>}
      <p className="row upload-choose">
        <Button icon="image" onClick={choosers.files}>
          {t("upload.files")} <Keys of="f" />
        </Button>
        <Button icon="upload" onClick={choosers.folder}>
          {t("upload.folder")} <Keys of="o" />
        </Button>
      </p>
      {choosers.fields}
    </section>
  );
}
