// Commands that can be given on every page.
import { adminParts, type Command, mayImport, mayRead, useCommands, useSurroundings } from "../shell";

export interface Layers {
  readonly palette: () => void;
  readonly help: () => void;
  readonly profile: () => void;
}

/** The field for finding a patient, wherever the frame shows it. */
export const ASK_ID = "ask";

export function useEverywhereCommands(layers: Layers): void {
  const { session, navigator, prefer, signOut } = useSurroundings();
  const part = adminParts(session)[0];
  const group = "command.group.everywhere";
  const everywhere: Command[] = [
    { id: "app.palette", label: "command.palette", group, keys: ["."], keyOnly: true, run: layers.palette },
    { id: "app.help", label: "command.help", group, keys: ["?"], run: layers.help },
    { id: "app.profile", label: "profile.open", group, keys: [], run: layers.profile },
  ];
  if (mayRead(session)) {
    everywhere.push({
      id: "app.findPatient",
      label: "command.findPatient",
      group,
      keys: [","],
      run: () => findPatient(navigator),
    });
    everywhere.push({
      id: "app.toWorklist",
      label: "command.toWorklist",
      group,
      keys: [],
      run: () => navigator.go({ page: "worklist", filter: "" }),
    });
  }
  if (mayImport(session)) {
    everywhere.push({
      id: "app.toUpload",
      label: "command.toUpload",
      group,
      keys: [],
      run: () => navigator.go({ page: "upload" }),
    });
  }
  if (part !== undefined) {
    everywhere.push({
      id: "app.toAdmin",
      label: "command.toAdmin",
      group,
      keys: [],
      run: () => navigator.go({ page: "admin", part }),
    });
  }
  everywhere.push(
    { id: "app.german", label: "command.german", group, keys: [], run: () => prefer({ language: "de" }) },
    { id: "app.english", label: "command.english", group, keys: [], run: () => prefer({ language: "en" }) },
    {
      id: "app.densityCompact",
      label: "command.densityCompact",
      group,
      keys: [],
      run: () => prefer({ density: "compact" }),
    },
    { id: "app.densityNormal", label: "command.densityNormal", group, keys: [], run: () => prefer({ density: null }) },
    {
      id: "app.densityComfortable",
      label: "command.densityComfortable",
      group,
      keys: [],
      run: () => prefer({ density: "comfortable" }),
    },
    { id: "app.signOut", label: "command.signOut", group, keys: [], run: signOut },
  );
  useCommands(everywhere);
}

function findPatient(navigator: { go: (place: { page: "worklist"; filter: string }) => void }): void {
  const field = document.getElementById(ASK_ID);
  if (field === null) {
    // A page without the frame (reading): the list first, its field in the next frame.
    navigator.go({ page: "worklist", filter: "" });
    requestAnimationFrame(() => document.getElementById(ASK_ID)?.focus());
  } else field.focus();
}
