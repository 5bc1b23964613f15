// Columns are as wide as what they hold, and who could be confused can be told apart in the row itself.
import { afterEach, expect, test } from "vitest";
import { ColumnRoom } from "../../src/worklist/column-room";
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
