// What an object is called: its kind in the reader's language, and what it says of itself.
import { codedOf, type Instance, type ObjectKind, ObjectTags, objectKind, Tags, textOf } from "../../display";
import type { Words } from "../../locale";

export const kindOf = ({ sopClassUid, transferSyntax }: Instance): ObjectKind =>
  objectKind(sopClassUid, transferSyntax);

export function kindName(instance: Instance, { t }: Words): string {
  return t(`objects.kind.${kindOf(instance)}`);
}

/** The object's own title or label; `""` where it has none, or none that tells more than its kind. */
export function ownTitle({ dataset }: Instance): string {
  const title =
    codedOf(dataset, ObjectTags.ConceptNameCodeSequence)?.meaning ??
    textOf(dataset, ObjectTags.DocumentTitle) ??
    textOf(dataset, ObjectTags.ContentDescription) ??
    textOf(dataset, ObjectTags.ContentLabel);
  return title ?? "";
}

/** Number and date tell several objects of one kind apart. */
export function objectLine(instance: Instance, words: Words): string {
  const { dataset } = instance;
  const number = textOf(dataset, Tags.InstanceNumber);
  return [
    ownTitle(instance),
    words.formats.date(textOf(dataset, Tags.ContentDate) ?? ""),
    number === null ? "" : `#${number}`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** A name for a saved file; nothing of the object may lead into another folder. */
export function fileName(instance: Instance, ending: string): string {
  const plain = ownTitle(instance)
    .normalize("NFC")
    .replace(/[^\p{L}\p{N} ._-]/gu, "_")
    .replace(/^[ .]+/, "")
    .slice(0, 80)
    .trim();
  return `${plain === "" ? instance.sopInstanceUid : plain}.${ending}`;
}
