// Words of the reading page; kept with that page.
import type { reading as german } from "../de/reading";
export const reading: Readonly<Record<keyof typeof german, string>> = {
  "reading.title": "Images",
  "reading.close": "To the worklist",
};
