// Scrolling together: the pane that moves leads, the others go to the image at the same place of the patient, or at a distance set by hand.
import { alignedIndex, couplingOf, type Focus, focusOf, offsetFrom, planeArea, type Refusal } from "../viewport";
import type { Place } from "./place";

/** How a place goes along, or why not; `by-hand`: it would, once coupled by hand. */
export type LinkState = "leads" | "absolute" | "manual" | "by-hand" | Refusal;

export class Linking {
  private on = false;
  private leader: number | null = null;
  private focus: Focus | null = null;
  /** Millimetres by which each place is shifted against the one that led when they were coupled by hand. */
  private readonly shifts = new Map<number, number>();
  private following = false;

  /** `shown`: the places that are on the screen; `onChange`: a place goes along in another way than before. */
  constructor(
    private readonly shown: () => readonly Place[],
    private readonly onChange: (states: ReadonlyMap<number, LinkState>) => void,
  ) {}

  get isOn(): boolean {
    return this.on;
  }

  /** Begins or ends; what was coupled by hand is forgotten with the end. */
  turn(on: boolean, by: Place): void {
    this.on = on;
    if (!on) this.shifts.clear();
    this.take(by);
    this.align();
  }

  /** Keeps the distances as they are now where only the reader can know that both belong together (clinical rule 6.2.14). */
  coupleHere(by: Place): void {
    this.on = true;
    this.take(by);
    const { focus } = this;
    for (const place of this.shown()) {
      const { set } = place.view;
      const frame = set?.frames[place.pane?.index ?? -1];
      const area = frame === undefined ? null : planeArea(frame);
      if (focus === null || set === null || area === null) continue;
      const way = place === by ? "absolute" : couplingOf(focus, set).kind;
      if (way === "absolute") this.shifts.set(place.index, 0);
      else if (way === "by-hand") this.shifts.set(place.index, offsetFrom(focus, area, "manual"));
    }
    this.align();
  }

  /** A pane went to another image; those that only go along lead nobody. */
  moved(place: Place): void {
    if (this.following) return;
    this.take(place);
    this.align();
  }

  /** Another set hangs at the place: what was coupled by hand there is void, and it goes to the leading place. */
  hung(place: Place): void {
    this.shifts.delete(place.index);
    if (this.leader === null || this.leader === place.index) this.take(place);
    this.align();
  }

  /** Another window leads. */
  follow(focus: Focus): void {
    this.leader = null;
    this.focus = focus;
    this.align();
  }

  private take(place: Place): void {
    const { set } = place.view;
    this.leader = place.index;
    this.focus = set === null ? null : focusOf(set, place.pane?.index ?? 0);
  }

  private align(): void {
    this.following = true;
    const states = new Map(this.shown().map((place) => [place.index, this.alignPlace(place)] as const));
    this.following = false;
    const alone = ![...states.values()].some((state) => state === "absolute" || state === "manual");
    for (const place of this.shown())
      if (states.get(place.index) === "leads")
        place.pane?.setLink(this.on && !alone ? { kind: "absolute", offset: 0 } : null);
    this.onChange(this.on ? states : new Map());
  }

  private alignPlace(place: Place): LinkState {
    const { set } = place.view;
    const { focus } = this;
    if (place.index === this.leader) return "leads";
    const way = focus === null || set === null ? null : couplingOf(focus, set);
    const kind = way?.kind === "by-hand" ? this.byHand(place) : way?.kind === "absolute" ? way.kind : null;
    if (!this.on || focus === null || set === null || kind === null) {
      place.pane?.setLink(null);
      return way?.kind === "refused" ? way.why : way?.kind === "by-hand" ? "by-hand" : "no-position";
    }
    const offset = kind === "manual" ? this.shiftOf(place.index) - this.shiftOf(this.leader) : 0;
    place.pane?.moveTo(alignedIndex(focus, set, kind, offset));
    const frame = set.frames[place.pane?.index ?? 0];
    const area = frame === undefined ? null : planeArea(frame);
    // By hand the distance that was set is said; else how far the nearest image lies beside the leading one's place.
    const said = kind === "manual" ? offset : area === null ? 0 : offsetFrom(focus, area, kind);
    place.pane?.setLink({ kind, offset: said });
    return kind;
  }

  private byHand(place: Place): "manual" | null {
    const leads = this.leader === null ? undefined : this.shifts.get(this.leader);
    return this.shifts.has(place.index) && leads !== undefined ? "manual" : null;
  }

  private shiftOf(index: number | null): number {
    return index === null ? 0 : (this.shifts.get(index) ?? 0);
  }
}
