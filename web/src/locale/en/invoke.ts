// Words of a call from another program.
import type { invoke as german } from "../de/invoke";
export const invoke: Readonly<Record<keyof typeof german, string>> = {
  "invoke.title": "Call",
  "invoke.none.title": "No study for this call",
  "invoke.none.text":
    "Another program named a study or a patient of whom nothing is kept here, or nothing may be seen.",
  "invoke.unclear.title": "This call names nothing",
  "invoke.unclear.text":
    "It must name a study (studyUID or accessionNumber) or a patient (patientID). Check the address in the calling program.",
};
