// Words of the reading page; kept with that page.
export const reading = {
  "reading.title": "Bilder",
  "reading.close": "Zur Arbeitsliste",
} as const;
