// Columns are as wide as what they hold, and who could be confused can be told apart in the row itself.
import { afterEach, expect, test } from "vitest";
import { ColumnRoom } from "../../src/worklist/column-room";
import { partsOf } from "../../src/worklist/shared-part";
import { leave, names, see, show } from "../app/screen";
import { study, TestServer } from "../app/server";

afterEach(leave);

const person = (number: number, name: string, patient_id: string, birth_date: string) =>
  study(number, { patient: { ...study(number).patient, name, patient_id, birth_date } });

test("the longest text of the loaded rows makes the room; a later page only adds, a row taken twice moves nothing", () => {
  const room = new ColumnRoom();
  room.take(0, [person(1, "Muster^Anna", "SYN-S-2022110912", ""), person(2, "Wang=王", "1", "")]);
  expect(room.letters).toEqual({ patient: 12, number: 16, accession: 0, referring: 0, reader: 0 });
  room.take(1, [study(3, { referring: "Zuweiser^Z", patient: { ...study(3).patient, name: "王小東^王小東" } })]);
  expect(room.letters).toEqual({ patient: 14, number: 16, accession: 0, referring: 11, reader: 0 });
  room.take(0, [study(4, { accession_number: "A1" })]);
  expect(room.letters.accession).toBe(0);
});

test("the table is told how many letters its columns hold", async () => {
  const server = new TestServer();
  server.studies = [study(1, { accession_number: "2020091011223344" })];
  await show(server, "/worklist");
  const table = await see(() => document.querySelector<HTMLElement>(".studies"));
  expect(table.style.getPropertyValue("--letters-accession")).toBe("16");
  expect(table.style.getPropertyValue("--letters-referring")).toBe("0");
});

test("of two persons with alike names a narrow row says the birth date, or the number where that does not tell them apart", async () => {
  const server = new TestServer();
  server.studies = [
    person(1, "Muster^Anna", "471", "19610314"),
    person(2, "Muster^Annegret", "472", ""),
    person(3, "Probe^Karl", "473", "19610314"),
    person(4, "Doppelt^Dora", "474", "19610314"),
    person(5, "Doppelt^Dora", "4711", "19610314"),
  ];
  await show(server, "/worklist");
  await see(() => names().length === 5);
  const told = [...document.querySelectorAll(".rows .c-age")].map(
    (cell) => cell.querySelector(".only-narrow")?.textContent ?? null,
  );
  expect(told).toEqual(["w 14.03.1961", "472", null, "474", "4711"]);
});

test("two persons with one number are told apart by its issuer; where that is one too, the row says that nothing tells", async () => {
  const server = new TestServer();
  const issued = (number: number, name: string, patient_id: string, issuer: string, birth_date = "19610314") => {
    const row = person(number, name, patient_id, birth_date);
    return { ...row, patient: { ...row.patient, issuer } };
  };
  server.studies = [
    issued(1, "Muster^Anna", "471", "KIS-NORD"),
    issued(2, "Muster^Anna", "471", "KIS-SÜD"),
    issued(3, "Probe^Karl", "472", "KIS-NORD"),
    issued(4, "Probe^Karl", "472", ""),
    { ...issued(5, "Doppelt^Dora", "473", "KIS-NORD"), identity: "unresolved" },
    { ...issued(6, "Doppelt^Dora", "473", "KIS-NORD"), identity: "unresolved" },
    issued(7, "Ohne^Otto", "474", "", ""),
    issued(8, "Ohne^Otto", "", "", ""),
  ];
  await show(server, "/worklist");
  await see(() => names().length === 8);
  const cells = (column: string) => [...document.querySelectorAll(`.rows .c-${column}`)];
  const untold = "Geburtsdatum und Patientennummer reichen hier nicht, um Namensähnliche zu unterscheiden.";
  expect(cells("age").map((cell) => (cell.querySelector(".only-narrow") ?? cell).textContent)).toEqual([
    "KIS-NORD",
    "KIS-SÜD",
    "KIS-NORD",
    "472",
    "w 65",
    "w 65",
    "474",
    "w ",
  ]);
  expect(cells("age").map((cell) => cell.querySelector("[title]")?.getAttribute("title"))).toEqual([
    "14.03.1961 · 471 · KIS-NORD",
    "14.03.1961 · 471 · KIS-SÜD",
    "14.03.1961 · 472 · KIS-NORD",
    "14.03.1961 · 472",
    `14.03.1961 · 473 · KIS-NORD · ${untold}`,
    `14.03.1961 · 473 · KIS-NORD · ${untold}`,
    "474",
    untold,
  ]);
  expect(cells("number").map((cell) => cell.textContent)).toEqual([
    "471 KIS-NORD",
    "471 KIS-SÜD",
    "472 KIS-NORD",
    "472",
    "473",
    "473",
    "474",
    "",
  ]);
});

test("where alike texts have no room, what they share is shortened, never what tells them apart", () => {
  const parts = (...texts: string[]) =>
    texts.map((text) =>
      Object.values(
        partsOf(
          text,
          texts.filter((other) => other !== text),
        ),
      ).join("|"),
    );
  expect(parts("2022-00012345-1", "2022-00012345-2")).toEqual(["|2022-00012345-|1", "|2022-00012345-|2"]);
  expect(parts("2021-00012345", "2022-00012345")).toEqual(["2021|-00012345|", "2022|-00012345|"]);
  expect(parts("2021-00012345-1", "2022-00012345-1", "2022-00012345-2")).toEqual([
    "2021|-00012345-|1",
    "2022|-00012345-|1",
    "2022|-00012345-|2",
  ]);
  expect(parts("2022-00012345", "2022-00012345-2")).toEqual(["2022|-000|12345", "|2022-00012345|-2"]);
  expect(parts("SYN-S-2022110912", "9912345678901")).toEqual(["SYN-|S-20221|10912", "9912|3456|78901"]);
  expect(parts("474", "4711")).toEqual(["|47|4", "|47|11"]);
});

test("at most two tags stand in a row, the identity first; the rest is counted, and stands in the preview", async () => {
  const server = new TestServer();
  server.studies = [
    study(1, { identity: "unresolved", open_variants: 1, missing: [{ reason: "pixels-cut-short", objects: 2 }] }),
  ];
  await show(server, "/worklist");
  await see(() => names().length === 1);
  const tags = (place: string) =>
    [...document.querySelectorAll(`${place} .tag`)].map((tag) => tag.getAttribute("title"));
  expect(tags(".rows")).toEqual(["Identität ungeklärt", "2 Bilder abgeschnitten", "Variante vorhanden"]);
  expect([...document.querySelectorAll(".rows .tag")].at(-1)?.textContent).toBe("+1");
  await see(() => tags(".preview .tags").length === 3);
});
