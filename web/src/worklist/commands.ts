// What can be done on the worklist, for keys, palette and help.
import type { Command } from "../shell";
import type { SavedView, SavedViews } from "./saved-views";
import type { View } from "./views";

export interface WorklistActs {
  readonly count: number;
  readonly selected: number | null;
  readonly pageRows: number;
  readonly hasNews: boolean;
  readonly hasFilter: boolean;
  readonly views: readonly View[];
  readonly select: (index: number) => void;
  readonly read: () => void;
  readonly look: () => void;
  readonly togglePreview: () => void;
  readonly compose: () => void;
  readonly clear: () => void;
  readonly takeOver: () => void;
  readonly view: (view: View) => void;
  readonly saved: SavedViews;
  /** The saved view that is shown. */
  readonly savedHere: SavedView | null;
  readonly openSaved: (view: SavedView) => void;
  readonly name: (naming: { readonly id: string | null }) => void;
}

export function worklistCommands(acts: WorklistActs): readonly Command[] {
  const group = "worklist.group";
  const move = (index: number) => (): void => {
    if (acts.count > 0) acts.select(Math.max(0, Math.min(acts.count - 1, index)));
  };
  const at = acts.selected ?? -1;
  const noRow = () => (acts.selected === null ? ("worklist.reason.noRow" as const) : null);
  const keyOnly = true;
  return [
    {
      id: "worklist.down",
      label: "worklist.command.down",
      group,
      keys: ["ArrowDown"],
      keyOnly,
      hint: true,
      run: move(at + 1),
    },
    { id: "worklist.up", label: "worklist.command.up", group, keys: ["ArrowUp"], keyOnly, run: move(at - 1) },
    {
      id: "worklist.pageDown",
      label: "worklist.command.pageDown",
      group,
      keys: ["PageDown"],
      keyOnly,
      run: move(at + acts.pageRows),
    },
    {
      id: "worklist.pageUp",
      label: "worklist.command.pageUp",
      group,
      keys: ["PageUp"],
      keyOnly,
      run: move(at - acts.pageRows),
    },
    { id: "worklist.first", label: "worklist.command.first", group, keys: ["Home"], keyOnly, run: move(0) },
    { id: "worklist.last", label: "worklist.command.last", group, keys: ["End"], keyOnly, run: move(acts.count - 1) },
    {
      id: "worklist.read",
      label: "claims.read",
      group,
      keys: ["Enter"],
      hint: true,
      unavailable: noRow,
      run: acts.read,
    },
    {
      id: "worklist.look",
      label: "claims.look",
      group,
      keys: ["Shift+Enter"],
      unavailable: noRow,
      run: acts.look,
    },
    {
      id: "worklist.preview",
      label: "worklist.command.preview",
      group,
      keys: ["Space"],
      hint: true,
      run: acts.togglePreview,
    },
    { id: "worklist.filter", label: "worklist.command.filter", group, keys: ["f"], hint: true, run: acts.compose },
    {
      id: "worklist.takeOver",
      label: "worklist.command.takeOver",
      group,
      keys: ["n"],
      unavailable: () => (acts.hasNews ? null : "worklist.reason.noNews"),
      run: acts.takeOver,
    },
    {
      id: "worklist.clear",
      label: "worklist.command.clear",
      group,
      keys: ["Backspace"],
      unavailable: () => (acts.hasFilter ? null : "worklist.reason.noFilter"),
      run: acts.clear,
    },
    ...acts.views.map(
      (view, index): Command => ({
        id: `worklist.view.${view.name}`,
        label: `worklist.view.${view.name}`,
        group: "worklist.views",
        keys: [String(index + 1)],
        run: () => acts.view(view),
      }),
    ),
    ...savedCommands(acts),
  ];
}

function savedCommands({ saved, savedHere, openSaved, name, hasFilter, views }: WorklistActs): readonly Command[] {
  const group = "views.saved" as const;
  const at = saved.views.findIndex((view) => view.id === savedHere?.id);
  const unavailable = () => (savedHere === null ? ("views.why.none" as const) : null);
  const here = (act: (view: SavedView) => void) => () => {
    if (savedHere !== null) act(savedHere);
  };
  const opening = (["views.open7", "views.open8"] as const).map((label, index): Command => {
    const view = saved.views[index];
    const why = () => (view === undefined ? ("views.why.fewer" as const) : null);
    const run = () => view !== undefined && openSaved(view);
    return { id: label, label, group, keys: [String(views.length + index + 1)], unavailable: why, run };
  });
  return [
    {
      id: "views.save",
      label: "views.save",
      group,
      keys: ["v"],
      hint: true,
      unavailable: () => (!hasFilter ? "worklist.reason.noFilter" : saved.loaded ? null : "views.why.notLoaded"),
      run: () => name({ id: null }),
    },
    ...opening,
    {
      id: "views.rename",
      label: "views.rename",
      group,
      keys: ["F2"],
      unavailable,
      run: here((view) => name({ id: view.id })),
    },
    {
      id: "views.remove",
      label: "views.remove",
      group,
      keys: ["Delete"],
      offeredLast: true,
      unavailable,
      run: here((view) => saved.remove(view.id)),
    },
    {
      id: "views.up",
      label: "views.up",
      group,
      keys: ["Shift+ArrowUp"],
      unavailable,
      run: here((view) => saved.move(view.id, at - 1)),
    },
    {
      id: "views.down",
      label: "views.down",
      group,
      keys: ["Shift+ArrowDown"],
      unavailable,
      run: here((view) => saved.move(view.id, at + 1)),
    },
  ];
}
