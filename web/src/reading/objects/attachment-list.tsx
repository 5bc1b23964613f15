// The objects of a series that are no stack of pixels, each by what it is; one is chosen as a display set is.
import { type Instance, shapeOf } from "../../display";
import { useWords, type Words } from "../../locale";
import { Icon } from "../../ui";
import { kindName, kindOf, objectLine, ownTitle } from "./object-names";

export interface AttachmentListProps {
  readonly attachments: readonly Instance[];
  readonly shown: Instance | null;
  /** Digests of the presentation states that lie on what is shown. */
  readonly presented: ReadonlySet<string>;
  readonly onShow: (instance: Instance) => void;
  readonly onPresent: (instance: Instance) => void;
}

/** A series of a thousand raw data objects must not push the other series off the strip. */
const LISTED = 60;

export function AttachmentList({ attachments, ...rest }: AttachmentListProps) {
  const { t } = useWords();
  const more = attachments.length - LISTED;
  return (
    <ul className="strip-sets" aria-label={t("objects.list")}>
      {attachments.slice(0, LISTED).map((instance) => (
        <li key={instance.digest}>
          {shapeOf(kindOf(instance)) === "state" ? (
            <State instance={instance} {...rest} />
          ) : (
            <Attachment instance={instance} {...rest} />
          )}
        </li>
      ))}
      {more > 0 ? <li className="strip-more dim">{t("reading.attachments", { n: more })}</li> : null}
    </ul>
  );
}

type ItemProps = Omit<AttachmentListProps, "attachments"> & { readonly instance: Instance };

function Attachment({ instance, shown, onShow }: ItemProps) {
  const words = useWords();
  return (
    <button
      type="button"
      aria-current={instance === shown || undefined}
      title={lineOf(instance, words)}
      data-object={instance.sopInstanceUid}
      onClick={() => onShow(instance)}
    >
      <span className="cut">{kindName(instance, words)}</span>
    </button>
  );
}

/** A presentation state is applied where it is chosen; what it says of itself is asked for beside it. */
function State({ instance, shown, presented, onShow, onPresent }: ItemProps) {
  const words = useWords();
  const on = presented.has(instance.digest);
  return (
    <span className="strip-state">
      <button
        type="button"
        aria-pressed={on}
        title={`${lineOf(instance, words)}: ${words.t(on ? "presentation.takeOff" : "presentation.apply")}`}
        data-object={instance.sopInstanceUid}
        onClick={() => onPresent(instance)}
      >
        <span className="cut">{ownTitle(instance) || kindName(instance, words)}</span>
      </button>
      <button
        type="button"
        className="strip-about"
        aria-current={instance === shown || undefined}
        aria-label={words.t("presentation.about")}
        title={words.t("presentation.about")}
        onClick={() => onShow(instance)}
      >
        <Icon name="info" size="s" />
      </button>
    </span>
  );
}

function lineOf(instance: Instance, words: Words): string {
  return [kindName(instance, words), objectLine(instance, words)].filter((part) => part !== "").join(": ");
}
