// The objects of a series that are no stack of pixels, each by what it is; one is chosen as a display set is.
import type { Instance } from "../../display";
import { useWords } from "../../locale";
import { kindName, objectLine } from "./object-names";

export interface AttachmentListProps {
  readonly attachments: readonly Instance[];
  readonly shown: Instance | null;
  readonly onShow: (instance: Instance) => void;
}

/** A series of a thousand raw data objects must not push the other series off the strip. */
const LISTED = 60;

export function AttachmentList({ attachments, shown, onShow }: AttachmentListProps) {
  const words = useWords();
  const { t } = words;
  const listed = attachments.slice(0, LISTED);
  const more = attachments.length - listed.length;
  return (
    <ul className="strip-sets" aria-label={t("objects.list")}>
      {listed.map((instance) => (
        <li key={instance.digest}>
          <button
            type="button"
            aria-current={instance === shown || undefined}
            title={[kindName(instance, words), objectLine(instance, words)].filter((part) => part !== "").join(": ")}
            data-object={instance.sopInstanceUid}
            onClick={() => onShow(instance)}
          >
            <span className="cut">{kindName(instance, words)}</span>
          </button>
        </li>
      ))}
      {more > 0 ? <li className="strip-more dim">{t("reading.attachments", { n: more })}</li> : null}
    </ul>
  );
}
