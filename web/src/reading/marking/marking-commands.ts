// What keys do with marks: taking back, removing, and the crosshair while it stands.
import type { Command } from "../../shell";
import type { Marking } from "./marking";

const FAR = 10;
const ARROWS = [
  ["Left", -1, 0],
  ["Right", 1, 0],
  ["Up", 0, -1],
  ["Down", 0, 1],
] as const;

type Offer = Pick<Command, "label" | "keys" | "run"> & Partial<Command> & { readonly name: string };

function command({ name, ...rest }: Offer): Command {
  return { id: `marks.${name}`, group: "marks.title", ...rest };
}

export function historyCommands({ slate }: Marking): readonly Command[] {
  return [
    command({
      name: "undo",
      label: "marks.undo",
      keys: ["Ctrl+z"],
      offeredLast: true,
      unavailable: () => (slate.canUndo ? null : "marks.why.nothingToUndo"),
      run: () => slate.undo(),
    }),
    command({
      name: "redo",
      label: "marks.redo",
      keys: ["Ctrl+Shift+z"],
      offeredLast: true,
      unavailable: () => (slate.canRedo ? null : "marks.why.nothingToRedo"),
      run: () => slate.redo(),
    }),
    command({
      name: "remove",
      label: "marks.remove",
      keys: ["Delete"],
      offeredLast: true,
      unavailable: () => (slate.selected === null ? "marks.why.nothingChosen" : null),
      run: () => {
        if (slate.selected !== null) slate.remove(slate.selected);
      },
    }),
  ];
}

/** Only while there is something to give up: else the key leaves the page. */
export function giveUpCommand(marking: Marking): readonly Command[] {
  const { slate, keyboard } = marking;
  if (slate.draft === null && slate.selected === null && !keyboard.isActive) return [];
  return [
    command({ name: "giveUp", label: "marks.giveUp", keys: ["Escape"], keyOnly: true, run: () => marking.giveUp() }),
  ];
}

export function crosshairCommands({ keyboard }: Marking): readonly Command[] {
  if (!keyboard.isActive) return [];
  const move = (name: string, key: string, dx: number, dy: number): Command =>
    command({
      name: `aim.${name}`,
      label: "marks.aim.move",
      keys: [key],
      keyOnly: true,
      run: () => keyboard.move(dx, dy),
    });
  return [
    ...ARROWS.map(([name, dx, dy]) => move(name, `Arrow${name}`, dx, dy)),
    ...ARROWS.map(([name, dx, dy]) => move(`${name}.far`, `Shift+Arrow${name}`, dx * FAR, dy * FAR)),
    command({ name: "aim.set", label: "marks.aim.set", keys: ["Enter"], keyOnly: true, run: () => keyboard.set() }),
  ];
}
