// A length as a person types it: comma and point are both decimal marks, and what may be either is asked, not guessed (clinical 3.5: 36).

export type LengthInput =
  | { readonly kind: "length"; readonly millimetres: number }
  | { readonly kind: "ambiguous" | "invalid" };

/** One mark before exactly three digits, after no leading zero: decimals here, thousands elsewhere. */
const AMBIGUOUS = /^[1-9]\d{0,2}[.,]\d{3}$/;
const PLAIN = /^\d+([.,]\d+)?$/;

export function lengthOf(text: string): LengthInput {
  const typed = text.trim().replace(/\s*mm$/i, "");
  if (AMBIGUOUS.test(typed)) return { kind: "ambiguous" };
  const millimetres = Number(typed.replace(",", "."));
  return PLAIN.test(typed) && millimetres > 0 ? { kind: "length", millimetres } : { kind: "invalid" };
}
