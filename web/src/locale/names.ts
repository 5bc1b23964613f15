// Person names as DICOM sends them: alphabetic=ideographic=phonetic, each family^given^middle^prefix^suffix (PS3.5 6.2.1).

/** `Muster, Anna`; other groups follow the first that is filled. Missing components leave no caret. Empty stays empty. */
export function personName(pn: string): string {
  const groups = pn
    .split("=")
    .map(groupText)
    .filter((group) => group !== "");
  return [...new Set(groups)].slice(0, 2).join(" ");
}

function groupText(group: string): string {
  const [family = "", given = "", middle = "", prefix = "", suffix = ""] = group.split("^").map((part) => part.trim());
  const first = [prefix, given, middle].filter((part) => part !== "").join(" ");
  const last = [family, suffix].filter((part) => part !== "").join(" ");
  return [last, first].filter((part) => part !== "").join(", ");
}
