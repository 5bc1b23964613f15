// One icon by name; decorative unless it has a label.
import { SHAPES, type Shape } from "./icon-shapes";

export type IconName = keyof typeof SHAPES;

export interface IconProps {
  readonly name: IconName;
  readonly size?: "s" | "m" | "l";
  readonly label?: string;
}

export function Icon({ name, size = "m", label }: IconProps) {
  return label === undefined ? (
    <Drawing name={name} size={size} />
  ) : (
    <span role="img" aria-label={label} title={label}>
      <Drawing name={name} size={size} />
    </span>
  );
}

function Drawing({ name, size }: { readonly name: IconName; readonly size: "s" | "m" | "l" }) {
  const shapes: readonly Shape[] = SHAPES[name];
  return (
    <svg
      aria-hidden="true"
      className={size === "m" ? "icon" : `icon icon--${size}`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.25}
      strokeLinecap="square"
    >
      {shapes.map((shape) => (
        <path
          key={shape.d}
          d={shape.d}
          {...(shape.solid ? { fill: "currentColor", stroke: "none" } : {})}
          {...(shape.dash === undefined ? {} : { strokeDasharray: shape.dash })}
          {...(shape.ink === undefined ? {} : { stroke: shape.ink })}
          {...(shape.width === undefined ? {} : { strokeWidth: shape.width })}
        />
      ))}
    </svg>
  );
}
