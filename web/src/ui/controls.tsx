// Buttons and the fields of forms: label above, note below, an error in place of the note.
import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon, type IconName } from "./icon";

export interface ButtonProps extends Omit<ComponentProps<"button">, "type"> {
  readonly kind?: "plain" | "main" | "bare" | "bad";
  readonly icon?: IconName;
  readonly submit?: boolean;
}

export function Button({ kind = "plain", icon, submit = false, className = "", children, ...rest }: ButtonProps) {
  const look = kind === "plain" ? "btn" : `btn btn--${kind}`;
  return (
    <button type={submit ? "submit" : "button"} className={`${look} ${className}`} {...rest}>
      {icon === undefined ? null : <Icon name={icon} size="s" />}
      {children}
    </button>
  );
}

/** A button that looks like a word in the accent colour: for one act within a sentence or a row. */
export function LinkButton({ className = "", ...rest }: Omit<ComponentProps<"button">, "type">) {
  return <button type="button" className={`link ${className}`} {...rest} />;
}

interface Described {
  readonly label: ReactNode;
  readonly note?: ReactNode;
  /** What is wrong and which form is expected. */
  readonly error?: ReactNode;
}

function FieldNote({ id, note, error }: { readonly id: string; readonly note: ReactNode; readonly error: ReactNode }) {
  if (error) {
    return (
      <p id={id} className="field-note" role="alert">
        <span className="bad">
          <Icon name="bad" size="s" />
        </span>
        <span>{error}</span>
      </p>
    );
  }
  return note ? (
    <p id={id} className="field-note">
      {note}
    </p>
  ) : null;
}

export interface TextFieldProps extends Described, Omit<ComponentProps<"input">, "onChange"> {
  readonly onText: (text: string) => void;
  readonly mono?: boolean;
  /** Stands at the right end of the label's line. */
  readonly aside?: ReactNode;
  /** Stands within the field, at its right end. */
  readonly end?: ReactNode;
}

export function TextField({ label, note, error, onText, mono, aside, end, ...input }: TextFieldProps) {
  const id = useId();
  return (
    <div className="form-field">
      <span className="field-label row">
        <label htmlFor={id}>{label}</label>
        {aside === undefined ? null : <span className="push row row--tight">{aside}</span>}
      </span>
      <span className={error ? "field is-bad" : "field"}>
        <input
          id={id}
          className={mono ? "mono" : ""}
          aria-invalid={error ? true : undefined}
          aria-describedby={note || error ? `${id}-note` : undefined}
          onChange={(event) => onText(event.target.value)}
          {...input}
        />
        {end}
      </span>
      <FieldNote id={`${id}-note`} note={note} error={error} />
    </div>
  );
}

export interface CheckBoxProps {
  readonly label: ReactNode;
  readonly note?: ReactNode;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onCheck: (checked: boolean) => void;
}

export function CheckBox({ label, note, checked, disabled, onCheck }: CheckBoxProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onCheck(event.target.checked)}
      />
      <span>
        {label}
        {note === undefined ? null : <span className="dim"> · {note}</span>}
      </span>
    </label>
  );
}

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChoose: (value: T) => void;
}

/** One of a few, all of them seen. */
export function Segmented<T extends string>({ label, value, options, onChoose }: SegmentedProps<T>) {
  return (
    <fieldset className="segmented" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          className={option.value === value ? "is-on" : ""}
          onClick={() => onChoose(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
