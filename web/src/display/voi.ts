// Value of interest (PS3.3 C.11.2): modality values to grey 0…255, unrounded.
import { type Lookup, lookUp } from "./lookup";

export type VoiFunction = "LINEAR" | "LINEAR_EXACT" | "SIGMOID";

export interface Window {
  readonly centre: number;
  readonly width: number;
  readonly shape: VoiFunction;
}

export type Voi =
  | { readonly kind: "window"; readonly window: Window }
  /** `window` stretches the input axis of the LUT about its centre (clinical rule 31); absent: the LUT as it is. */
  | { readonly kind: "lut"; readonly lut: Lookup; readonly window: Window | null };

/** Grey levels at the ends of the output. */
export const BLACK = 0;
export const WHITE = 255;

/** PS3.3 C.11.2.1.2.1; a width of 1 is a threshold at centre − 0.5, not a division by zero. */
function linear(value: number, { centre, width }: Window): number {
  const middle = centre - 0.5;
  const half = (width - 1) / 2;
  if (value <= middle - half) return BLACK;
  if (value > middle + half) return WHITE;
  return ((value - middle) / (width - 1) + 0.5) * WHITE;
}

/** PS3.3 C.11.2.1.3.2 */
function linearExact(value: number, { centre, width }: Window): number {
  if (value <= centre - width / 2) return BLACK;
  if (value > centre + width / 2) return WHITE;
  return ((value - centre) / width + 0.5) * WHITE;
}

/** PS3.3 C.11.2.1.3.1; never clipped. */
function sigmoid(value: number, { centre, width }: Window): number {
  return WHITE / (1 + Math.exp((-4 * (value - centre)) / width));
}

export function windowGrey(window: Window, value: number): number {
  if (window.shape === "SIGMOID") return sigmoid(value, window);
  return window.shape === "LINEAR_EXACT" ? linearExact(value, window) : linear(value, window);
}

/** A VOI LUT's entries fill the range of its bits (PS3.3 C.11.2.1.1). */
export function lutGrey(lut: Lookup, value: number): number {
  return (lookUp(lut, value) / (2 ** lut.bits - 1)) * WHITE;
}

/** The window that leaves a LUT as it is: centre and width of its input axis. */
export function lutWindow(lut: Lookup): Window {
  const width = Math.max(lut.entries.length - 1, 1);
  return { centre: lut.firstMapped + width / 2, width, shape: "LINEAR_EXACT" };
}

export function voiGrey(voi: Voi, value: number): number {
  if (voi.kind === "window") return windowGrey(voi.window, value);
  if (voi.window === null) return lutGrey(voi.lut, value);
  const natural = lutWindow(voi.lut);
  const stretched = natural.centre + ((value - voi.window.centre) / voi.window.width) * natural.width;
  return lutGrey(voi.lut, stretched);
}

/** LINEAR needs a width of at least 1; narrower ones are read as LINEAR_EXACT, widths of 0 and less are no window (rule 27). */
export function validWindow(centre: number, width: number, shape: VoiFunction): Window | null {
  if (!Number.isFinite(centre) || !(width > 0)) return null;
  return { centre, width, shape: shape === "LINEAR" && width < 1 ? "LINEAR_EXACT" : shape };
}
