// The places of the client and their addresses. A place is data; the address bar is its only store.
import type { StudyName } from "../api";

export const ADMIN_PARTS = ["accounts", "peers", "storage", "jobs", "audit", "system"] as const;
export type AdminPart = (typeof ADMIN_PARTS)[number];

export type Place =
  | { readonly page: "worklist"; readonly filter: string }
  | { readonly page: "reading"; readonly study: string; readonly studyKey: string }
  /** What another system asks to be shown, as it asked (IHE Invoke Image Display, RAD-106). */
  | { readonly page: "invoke"; readonly request: string }
  | { readonly page: "upload" }
  | { readonly page: "admin"; readonly part: AdminPart }
  | { readonly page: "nowhere" };

/** Whether this is the reading page of the study. */
export const isReading = (place: Place, { uid, key }: StudyName): boolean =>
  place.page === "reading" && place.study === uid && place.studyKey === key;

export function addressOf(place: Place): string {
  switch (place.page) {
    case "worklist":
      return place.filter === "" ? "/worklist" : `/worklist?${place.filter}`;
    case "reading":
      // The last part has no dot: the server takes an address with one for a file.
      return `/studies/${encodeURIComponent(place.study)}/images${keyPart(place.studyKey)}`;
    case "invoke":
      return `/iid?${place.request}`;
    case "upload":
      return "/upload";
    case "admin":
      return `/admin/${place.part}`;
    case "nowhere":
      return "/nowhere";
  }
}

const keyPart = (key: string): string => (key === "" ? "" : `?${new URLSearchParams({ study_key: key })}`);

/** The place of an address; what is unknown is `nowhere`, never silently the worklist. */
export function placeOf(path: string, search: string): Place {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.length === 0 || (parts[0] === "worklist" && parts.length === 1)) {
    return { page: "worklist", filter: search.replace(/^\?/, "") };
  }
  const [first, second, third] = parts;
  if (first === "studies" && second !== undefined && third === "images" && parts.length === 3) {
    const studyKey = new URLSearchParams(search).get("study_key") ?? "";
    return { page: "reading", study: decodeURIComponent(second), studyKey };
  }
  if (parts.length === 1 && (first === "iid" || first === "IHEInvokeImageDisplay")) {
    return { page: "invoke", request: search.replace(/^\?/, "") };
  }
  if (first === "upload" && parts.length === 1) return { page: "upload" };
  const part = ADMIN_PARTS.find((candidate) => candidate === (second ?? "accounts"));
  if (first === "admin" && part !== undefined && parts.length <= 2) return { page: "admin", part };
  return { page: "nowhere" };
}

/** Asked before a page is left; `leave` goes on to where the reader wanted. */
export type Guard = (leave: () => void) => void;

/** Moves between places by the browser's history, so that Back works and an address can be passed on. */
export class Navigator {
  private present: Place;
  /** The place from which the present one was opened by `go`; unknown after moves by the browser itself. */
  private openedFrom: Place | null = null;
  private returned = false;
  private guard: Guard | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly view: Window) {
    this.present = placeOf(view.location.pathname, view.location.search);
    view.addEventListener("popstate", () => {
      if (this.asksFirst(placeOf(view.location.pathname, view.location.search), "went")) return;
      this.openedFrom = null;
      this.returned = true;
      this.changed();
    });
  }

  place(): Place {
    return this.present;
  }

  /** Whether the present place was reached by the browser's Back or Forward: it should stand as it was left. */
  get hasReturned(): boolean {
    return this.returned;
  }

  /** Lets a page be asked before it is left, for as long as the returned function was not called. */
  askBeforeLeaving(guard: Guard): () => void {
    this.guard = guard;
    return () => {
      if (this.guard === guard) this.guard = null;
    };
  }

  go(place: Place, how: "push" | "replace" = "push"): void {
    if (this.asksFirst(place, "goes")) return;
    const address = addressOf(place);
    this.returned = false;
    if (how === "push") this.openedFrom = this.present;
    if (how === "push") this.view.history.pushState(null, "", address);
    else this.view.history.replaceState(null, "", address);
    this.changed();
  }

  back(): void {
    this.view.history.back();
  }

  /** Back to the page from which this place was opened, as it was left; anew where it was not opened from there. */
  leaveFor(place: Place): void {
    if (this.openedFrom?.page === place.page) this.back();
    else this.go(place);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether the page must be asked first. The browser has moved already when it was its Back: then it moves here again. */
  private asksFirst(place: Place, moved: "went" | "goes"): boolean {
    const { guard } = this;
    if (guard === null || place.page === this.present.page) return false;
    if (moved === "went") this.view.history.pushState(null, "", addressOf(this.present));
    guard(() => {
      this.guard = null;
      this.go(place);
    });
    return true;
  }

  private changed(): void {
    this.present = placeOf(this.view.location.pathname, this.view.location.search);
    for (const listener of this.listeners) listener();
  }
}
