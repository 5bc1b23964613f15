// The three places of badges (clinical rules 4.2): safety at the top middle, the image's nature under the text at the top right,
// the state of the view at the bottom middle.
import type { Words } from "../locale";
import { type Badge, type BadgePlace, folded } from "./badges";

export interface BadgeStrips {
  show(badges: readonly Badge[]): void;
}

const PLACES: readonly BadgePlace[] = ["top", "nature", "view"];

/** `corner`: the texts at the top right, under which the image's nature is said. */
export function mountBadgeStrips(layer: HTMLElement, corner: HTMLElement | undefined, words: Words): BadgeStrips {
  const strips = PLACES.map((place) => {
    const strip = document.createElement("div");
    strip.className = `ov-badges ov-badges--${place}`;
    layer.append(strip);
    return { place, strip };
  });
  return {
    show(badges) {
      for (const { place, strip } of strips) {
        const own = badges.filter((badge) => badge.place === place);
        write(strip, place === "nature" ? folded(own, words) : own);
        if (place === "nature") corner?.append(strip); // behind the lines, which come and go
      }
    },
  };
}

/** Touches the page only where something differs. */
function write(strip: HTMLElement, badges: readonly Badge[]): void {
  const wanted = badges.map(({ text, tone }) => `${tone}:${text}`).join("|");
  if (strip.dataset["badges"] === wanted) return;
  strip.dataset["badges"] = wanted;
  strip.replaceChildren(
    ...badges.map(({ text, tone }) => {
      const tag = document.createElement("span");
      tag.className = tone === "plain" ? "tag" : `tag tag--${tone}`;
      tag.textContent = text;
      return tag;
    }),
  );
}
