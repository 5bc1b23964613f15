// The tools that exist, each with its key: one in hand for the left button, acts beside, window presets where values are HU.
import { WINDOW_PRESETS } from "../display";
import { useWords, type WordKey } from "../locale";
import { Keys, useSurroundings } from "../shell";
import { Icon, type IconName } from "../ui";
import { TOOLS } from "./commands";
import type { Desk, DeskView } from "./desk";

const TOOL_ICONS: Readonly<Record<(typeof TOOLS)[number]["id"], IconName>> = {
  window: "window",
  pan: "pan",
  zoom: "zoom",
  stack: "scroll",
};

const ACTS: readonly {
  readonly name: string;
  readonly label: WordKey;
  readonly icon: IconName;
  readonly cap: string;
}[] = [
  { name: "fit", label: "reading.fit", icon: "fit", cap: "f" },
  { name: "actual", label: "reading.actual", icon: "actual", cap: "0" },
  { name: "invert", label: "reading.invert", icon: "invert", cap: "i" },
  { name: "reset", label: "reading.reset", icon: "reset", cap: "r" },
];

/** Presets that stand in the bar; the others are reached by their digit and by the palette. */
const SHOWN_PRESETS = 4;

export function Toolbar({ desk, view }: { readonly desk: Desk; readonly view: DeskView }) {
  const { t } = useWords();
  return (
    <div className="toolbar" role="toolbar" aria-label={t("reading.tools")}>
      {TOOLS.map(({ id, key }) => (
        <ToolButton
          key={id}
          icon={TOOL_ICONS[id]}
          label={t(`reading.tool.${id}`)}
          cap={key}
          pressed={view.tool === id}
          onClick={() => desk.hold(id)}
        />
      ))}
      <span className="tool-sep" />
      {ACTS.map((act) => (
        <ActButton key={act.name} {...act} pressed={act.name === "invert" ? view.inverted : undefined} />
      ))}
      <span className="push" />
      {view.hounsfield ? <Presets /> : null}
    </div>
  );
}

interface ToolButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly cap: string;
  readonly pressed: boolean | undefined;
  readonly onClick: () => void;
}

function ToolButton({ icon, label, cap, pressed, onClick }: ToolButtonProps) {
  return (
    <button
      type="button"
      className={pressed ? "tool is-on" : "tool"}
      aria-pressed={pressed}
      aria-label={`${label} ${cap}`}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span className="tool-name">{label}</span>
      <Keys of={cap} />
    </button>
  );
}

type ActButtonProps = (typeof ACTS)[number] & { readonly pressed: boolean | undefined };

function ActButton({ name, label, icon, cap, pressed }: ActButtonProps) {
  const { t } = useWords();
  const { commands } = useSurroundings();
  const run = (): boolean => commands.invoke(`reading.${name}`);
  return <ToolButton icon={icon} label={t(label)} cap={cap} pressed={pressed} onClick={run} />;
}

function Presets() {
  const { t } = useWords();
  const { commands } = useSurroundings();
  return (
    <span className="presets only-wide">
      {WINDOW_PRESETS.slice(0, SHOWN_PRESETS).map(({ id, key }) => (
        <button key={id} type="button" className="tool" onClick={() => commands.invoke(`reading.preset.${id}`)}>
          <kbd>{key}</kbd>
          {t(`reading.preset.${id}`)}
        </button>
      ))}
    </span>
  );
}
