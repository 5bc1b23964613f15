// Makes elements of SVG; texts are always text, never markup.
const NAMESPACE = "http://www.w3.org/2000/svg";

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly SVGElement[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Dark enough for white letters on white air, and for a lens, a bone, a metal to be guessed through it. */
const PLATE = { "flood-color": "#000", "flood-opacity": 0.78 };
let plates = 0;

/** A ground under a text, as large as the text; `filter` is the text's attribute of that name. */
export function textPlate(): { readonly definition: SVGElement; readonly filter: string } {
  plates += 1;
  const id = `text-plate-${plates}`;
  const definition = svg(
    "filter",
    { id, x: "-4%", width: "108%", y: "-2%", height: "104%" },
    svg("feFlood", PLATE),
    svg("feComposite", { in: "SourceGraphic", operator: "over" }),
  );
  return { definition, filter: `url(#${id})` };
}

export function pathOf(lines: readonly (readonly (readonly [x: number, y: number])[])[]): string {
  const at = ([x, y]: readonly [number, number]): string => `${x.toFixed(2)} ${y.toFixed(2)}`;
  return lines.map((points) => `M${points.map(at).join("L")}`).join("");
}
