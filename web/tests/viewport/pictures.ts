// The smallest picture that tests of loading pass round: as large as the header of the display's fixtures says.
import type { Picture } from "../../src/viewport";

export const FRAME_BYTES = 8 * 10 * 2;

export const picture = (): Picture => ({
  kind: "grey",
  rows: 8,
  columns: 10,
  values: new Uint16Array(80),
  headerConflict: false,
});
