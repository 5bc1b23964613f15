// Names that nobody else has made. `crypto.randomUUID` is missing on pages without TLS, which a hospital's own net may have.

/** 128 random bits in hexadecimal. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
