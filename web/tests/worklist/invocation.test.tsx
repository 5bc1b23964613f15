// Calls from other systems, IHE RAD-106: what they mean, and where they lead.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addressOf } from "../../src/worklist/filter";
import { invocationOf } from "../../src/worklist/invocation";
import { placeFor } from "../../src/worklist/invoke-page";
import { leave, names, see, seeText, show, submit, type } from "../app/screen";
import { study, TestServer } from "../app/server";

const asked = (request: string): string | null => {
  const invocation = invocationOf(request);
  return invocation === null ? null : decodeURIComponent(addressOf(invocation.filter)).replace("&sort=study_date", "");
};

describe("what a call means", () => {
  test.each([
    ["requestType=STUDY&studyUID=1.2.3", "study=1.2.3"],
    ["requestType=STUDY&studyUID=1.2.3,1.2.4&diagnosticQuality=true", "study=1.2.3,1.2.4"],
    ["requestType=STUDY&accessionNumber=A1", "accession_is=A1"],
    ["requesttype=study&ACCESSIONNUMBER=A1", "accession_is=A1"],
    ["requestType=PATIENT&patientID=4711%5E%5E%5EHN%261.2%26ISO", "patient_id_is=4711"],
    [
      "requestType=PATIENT&patientID=1&lowerDateTime=2026-01-01T00:00:00&upperDateTime=20261231&modalitiesInStudy=CT,MR",
      "modality=CT,MR&date_from=20260101&date_to=20261231&patient_id_is=1",
    ],
  ])("%s", (request, filter) => {
    expect(asked(request)).toBe(filter);
  });

  test.each([
    "",
    "requestType=STUDY",
    "requestType=STUDY&studyUID=abc",
    "requestType=PATIENT&patientID=%5E%5E%5EHN",
    "requestType=PATIENT&patientID=1&lowerDateTime=20260231",
    "requestType=SERIES&studyUID=1.2.3",
  ])("%s means nothing that could be shown", (request) => {
    expect(asked(request)).toBeNull();
  });
});

describe("where it leads", () => {
  const page = (...items: ReturnType<typeof study>[]) => ({
    items,
    next: null,
    previous: null,
    total: items.length,
    filtered_out: 0,
  });
  const lead = (request: string, ...items: ReturnType<typeof study>[]) => {
    const invocation = invocationOf(request);
    if (invocation === null) throw new Error(request);
    return placeFor(invocation, page(...items))?.page ?? null;
  };
  const newest = "requestType=PATIENT&patientID=471&mostRecentResults=1";

  test("one match is opened, several are listed, none leads nowhere", () => {
    expect(lead("requestType=STUDY&accessionNumber=A1", study(1))).toBe("reading");
    expect(lead("requestType=STUDY&accessionNumber=A1", study(1), study(2))).toBe("worklist");
    expect(lead("requestType=STUDY&accessionNumber=A1")).toBeNull();
  });

  test("the newest of a patient is opened only where all are one person's", () => {
    const { patient } = study(1);
    expect(lead(newest, study(1), study(2, { patient }))).toBe("reading");
    expect(lead(newest, study(1), study(2, { patient: { ...patient, name: "Ganz^Anders" } }))).toBe("worklist");
    expect(lead(newest, study(1), study(2, { patient, identity: "unresolved" }))).toBe("worklist");
  });

  test("a number that another house issued is not opened unseen", () => {
    const { patient } = study(1);
    const theirs = study(1, { patient: { ...patient, issuer: "HS" } });
    expect(lead("requestType=PATIENT&patientID=471^^^HN&mostRecentResults=1", theirs)).toBe("worklist");
    expect(lead("requestType=PATIENT&patientID=471^^^HS&mostRecentResults=1", theirs)).toBe("reading");
    expect(lead(newest, theirs)).toBe("reading");
  });
});

describe("in the browser", () => {
  let server: TestServer;
  beforeEach(() => {
    server = new TestServer();
  });
  afterEach(leave);

  test("a call before signing in is answered after it", async () => {
    server.signedIn = false;
    server.studies = [study(1), study(2)];
    await show(server, "/iid?requestType=STUDY&studyUID=1.2.1,1.2.2");
    const name = await see(() => document.querySelector("input"));
    const password = await see(() => document.querySelector<HTMLInputElement>("input[type=password]"));
    await type(name, "b.beispiel");
    await type(password, "secret");
    await submit(password);
    await see(() => names().length === 2 || null);
    expect(window.location.search).toBe("?study=1.2.1%2C1.2.2&sort=study_date");
    expect(server.asked.some(({ line }) => line.includes("study=1.2.1&study=1.2.2"))).toBe(true);
  });

  test("what is not here, and what names nothing, is said in plain words", async () => {
    await show(server, "/IHEInvokeImageDisplay?requestType=STUDY&accessionNumber=A1");
    await seeText("Keine Untersuchung zu diesem Aufruf");
    await leave();
    await show(server, "/iid?requestType=STUDY");
    await seeText("Dieser Aufruf nennt nichts");
  });
});
