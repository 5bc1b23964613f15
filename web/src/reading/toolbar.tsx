// The tools with their keys: one in hand for the left button, layout and cine, acts on the active pane, window presets, and apart at the end what is on or off.
import { type ReactNode, useRef } from "react";
import { HOUNSFIELD_PRESETS } from "../display";
import { useWords, type WordKey } from "../locale";
import { Keys, useKeyOf, useReasonOf, useSurroundings } from "../shell";
import { Icon, type IconName } from "../ui";
import type { Desk, DeskView } from "./desk";
import { LayoutMenu } from "./layout-menu";
import type { ReadingTool } from "./tool-registry";
import { useToolbarFit } from "./toolbar-fit";

interface Act {
  readonly name: string;
  readonly label: WordKey;
  readonly icon: IconName;
  /** Without its word, also where there is room: what is seldom used and known by its picture. */
  readonly bare?: boolean;
}

const SHOWING: readonly Act[] = [
  { name: "invert", label: "reading.invert", icon: "invert" },
  { name: "reset", label: "reading.reset", icon: "reset" },
  { name: "cine", label: "reading.cine", icon: "cine" },
];
const PLACING: readonly Act[] = [
  { name: "fit", label: "reading.fit", icon: "fit", bare: true },
  { name: "actual", label: "reading.actual", icon: "actual", bare: true },
  { name: "turnRight", label: "reading.turn.right", icon: "turn", bare: true },
  { name: "mirrorHorizontal", label: "reading.mirror.horizontal", icon: "mirror", bare: true },
];
/** Only while there is one to take off. */
const PRESENTATION: Act = { name: "presentation", label: "reading.presentation", icon: "eye" };
const TOGETHER: readonly Act[] = [
  { name: "link", label: "reading.link", icon: "link" },
  { name: "localiser", label: "reading.localiser", icon: "cross" },
];

/** Presets that stand in the bar; the others are reached by their digit and by the palette. */
const SHOWN_PRESETS = 3;

interface ToolbarProps {
  readonly desk: Desk;
  readonly view: DeskView;
  /** What stands at the end, after what is on or off. */
  readonly children?: ReactNode;
}

export function Toolbar({ desk, view, children }: ToolbarProps) {
  const { t } = useWords();
  const bar = useRef<HTMLDivElement>(null);
  useToolbarFit(bar);
  const marks = desk.tools.filter(({ group }) => group === "mark");
  const on: Readonly<Record<string, boolean>> = {
    invert: view.inverted,
    cine: view.playing === view.active,
    presentation: true,
    link: view.linked,
    localiser: view.localiser,
  };
  const acts = (list: readonly Act[]) =>
    list.map((act) => <ActButton key={act.name} {...act} pressed={on[act.name]} />);
  return (
    <div ref={bar} className="toolbar" role="toolbar" aria-label={t("reading.tools")}>
      <Tools desk={desk} view={view} tools={desk.tools.filter(({ group }) => group === "view")} />
      {marks.length === 0 ? null : <span className="tool-sep" />}
      <Tools desk={desk} view={view} tools={marks} />
      <span className="tool-sep" />
      <LayoutMenu desk={desk} view={view} />
      <span className="tool-sep" />
      {acts(SHOWING)}
      <span className="tool-sep" />
      {acts(PLACING)}
      <span className="push" />
      <Presets presets={view.presets} />
      <span className="tool-sep" />
      {acts(view.presented === null ? TOGETHER : [PRESENTATION, ...TOGETHER])}
      {children}
    </div>
  );
}

interface ToolsProps {
  readonly desk: Desk;
  readonly view: DeskView;
  readonly tools: readonly ReadingTool[];
}

function Tools({ desk, view, tools }: ToolsProps) {
  const { t } = useWords();
  return tools.map(({ id, icon, label }) => (
    <ToolButton
      key={id}
      name={id}
      icon={icon}
      label={t(label)}
      pressed={view.tool === id}
      onClick={() => desk.hold(id)}
    />
  ));
}

interface ToolButtonProps {
  /** Of its command, whose key is shown. */
  readonly name: string;
  readonly icon: IconName;
  readonly label: string;
  readonly pressed: boolean | undefined;
  readonly bare?: boolean;
  /** Its word gives way before those of the tools. */
  readonly act?: boolean;
  readonly onClick: () => void;
}

function ToolButton({ name, icon, label, pressed, bare = false, act = false, onClick }: ToolButtonProps) {
  const { t } = useWords();
  const [keyOf, reasonOf] = [useKeyOf(), useReasonOf()];
  const key = keyOf(`reading.${name}`);
  const why = reasonOf(`reading.${name}`);
  return (
    <button
      type="button"
      className={`tool${pressed ? " is-on" : ""}${act ? " tool--act" : ""}`}
      data-name={name}
      aria-pressed={pressed}
      aria-label={key === null ? label : `${label} ${key}`}
      aria-disabled={why !== null || undefined}
      title={why === null ? label : `${label}: ${t(why)}`}
      onClick={why === null ? onClick : undefined}
    >
      <Icon name={icon} />
      {bare ? null : <span className="tool-name">{label}</span>}
      {key === null ? null : <Keys of={key} />}
    </button>
  );
}

function ActButton({ name, label, icon, bare = false, pressed }: Act & Pick<ToolButtonProps, "pressed">) {
  const { t } = useWords();
  const { commands } = useSurroundings();
  const run = (): boolean => commands.invoke(`reading.${name}`);
  return <ToolButton name={name} icon={icon} label={t(label)} bare={bare} act pressed={pressed} onClick={run} />;
}

/** Their room is kept where they are not offered: the bar does not change with the image. */
function Presets({ presets }: Pick<DeskView, "presets">) {
  const { t } = useWords();
  const { commands } = useSurroundings();
  const keyOf = useKeyOf();
  return (
    <span className="presets" style={{ visibility: presets.length > 0 ? undefined : "hidden" }}>
      {(presets.length > 0 ? presets : HOUNSFIELD_PRESETS).slice(0, SHOWN_PRESETS).map(({ id }) => {
        const key = keyOf(`reading.preset.${id}`);
        return (
          <button key={id} type="button" className="tool" onClick={() => commands.invoke(`reading.preset.${id}`)}>
            {key === null ? null : <Keys of={key} />}
            {t(`reading.preset.${id}`)}
          </button>
        );
      })}
    </span>
  );
}
