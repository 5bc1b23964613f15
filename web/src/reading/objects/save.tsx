// Saving an object as the file that it is: its bytes as they came.
import { useState } from "react";
import { type SeriesUid, type StudyName, sopUid } from "../../api";
import type { Instance } from "../../display";
import { useWords } from "../../locale";
import { describe, useClient, useSurroundings } from "../../shell";
import { Button } from "../../ui";
import { fileName } from "./object-names";

export interface SaveDicomProps {
  readonly study: StudyName;
  readonly series: SeriesUid;
  readonly instance: Instance;
}

export function SaveDicom({ study, series, instance }: SaveDicomProps) {
  const client = useClient();
  const words = useWords();
  const { toast } = useSurroundings();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const signal = new AbortController().signal;
      const file = await client.images.file(study.uid, series, sopUid(instance.sopInstanceUid), signal);
      saveBlob(file, fileName(instance, "dcm"));
    } catch (error) {
      const { title, text } = describe(error, words);
      toast({ text: `${title} ${text}`, tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button kind="bare" icon="download" disabled={busy} onClick={() => void save()}>
      {words.t("objects.saveDicom")}
    </Button>
  );
}

/** Hands bytes to the browser as a file. The type says nothing, so that nothing of it is ever opened as a page. */
export function saveBlob(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
