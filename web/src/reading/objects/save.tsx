// Saving an object as the file that it is: its bytes as they came.
import { useState } from "react";
import { type SeriesUid, type StudyName, sopUid } from "../../api";
import { type Instance, isMpeg2, type ObjectKind } from "../../display";
import { useWords } from "../../locale";
import { describe, useClient, useSurroundings } from "../../shell";
import { Button, Icon } from "../../ui";
import { fileName, kindOf } from "./object-names";

export interface SaveProps {
  readonly study: StudyName;
  readonly series: SeriesUid;
  readonly instance: Instance;
}

export function SaveDicom({ study, series, instance }: SaveProps) {
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

/** Endings of what lies within an object, by its kind; the bytes themselves stay what they are. */
const ENDINGS: Readonly<Partial<Record<ObjectKind, string>>> = { pdf: "pdf", cda: "xml", video: "mp4" };
const MODEL_ENDINGS: Readonly<Record<string, string>> = { "104.3": "stl", "104.4": "obj", "104.5": "mtl" };

function endingOf(instance: Instance): string | null {
  const kind = kindOf(instance);
  if (kind === "model") return MODEL_ENDINGS[instance.sopClassUid.split(".").slice(-2).join(".")] ?? "bin";
  if (kind === "video" && isMpeg2(instance.transferSyntax)) return "mpg";
  return ENDINGS[kind] ?? null;
}

/** The document or video within the object; nothing where it carries none. */
export function SaveEnclosed({ study, series, instance }: SaveProps) {
  const client = useClient();
  const { t } = useWords();
  const ending = endingOf(instance);
  if (ending === null) return null;
  const wanted = { sop: sopUid(instance.sopInstanceUid), digest: instance.digest };
  const address = client.images.enclosedAddress(study.uid, series, wanted);
  return (
    <a className="btn btn--bare" href={address} download={fileName(instance, ending)}>
      <Icon name="download" size="s" />
      {t("objects.save")}
    </a>
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
