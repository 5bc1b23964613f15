// How fast a run is played, said beside the picture: the measured rate, and the wanted one where it is not reached.
import type { Words } from "../locale";
import type { CineNote } from "./cine";
import type { MountLayer } from "./pane-layer";

/** A display of 60 Hz shows 30 images a second as 29 to 31. */
const TOLERATED = 0.93;

export const mountCineNote: MountLayer = (host, { desk, place, words }) => {
  const note = host.appendChild(Object.assign(document.createElement("div"), { className: "ov ov--cine" }));
  note.hidden = true;
  return {
    show() {
      const cine = desk.cineAt(place);
      note.hidden = cine === null;
      if (cine === null) {
        delete host.dataset["cine"];
        return;
      }
      const text = cineText(cine, words);
      host.dataset["cine"] = text;
      note.classList.toggle("is-slower", isSlower(cine));
      if (note.textContent !== text) note.textContent = text;
    },
    dispose: () => note.remove(),
  };
};

function isSlower({ wanted, shown }: CineNote): boolean {
  return shown !== null && shown < wanted * TOLERATED;
}

export function cineText(cine: CineNote, { t, formats }: Words): string {
  const rate = formats.numeral(cine.wanted, cine.wanted % 1 === 0 ? 0 : 1);
  if (isSlower(cine)) return t("reading.cine.slower", { shown: formats.numeral(cine.shown ?? 0, 0), rate });
  return t(cine.unknown ? "reading.cine.unknown" : "reading.cine.rate", { rate });
}
