// Lines between the days of a list: they stand where they were put, whatever is loaded later.
import { expect, test } from "vitest";
import { NO_FILTER } from "../../src/worklist/filter";
import { dayOf, Groups, Lines } from "../../src/worklist/groups";
import { namesAlike, personKey } from "../../src/worklist/names-alike";
import { PAGE_ROWS } from "../../src/worklist/study-pages";
import { study } from "../app/server";

const groupsOf = (): Groups => {
  const day = dayOf({ ...NO_FILTER, sort: "study_date" });
  if (day === null) throw new Error("no day");
  return new Groups(day);
};
const rows = (...days: string[]) => days.map((study_date, index) => study(index, { study_date }));
const page = (day: string) => rows(...Array.from({ length: PAGE_ROWS }, () => day));

test("a line stands above the first row of each day, also over the end of a page", () => {
  const groups = groupsOf();
  groups.take(0, [...page("20261124").slice(1), ...rows("20261123")]);
  groups.take(1, rows("20261123", "20261123", "20261120"));
  expect(groups.all).toEqual([
    { row: 0, day: "20261124" },
    { row: PAGE_ROWS - 1, day: "20261123" },
    { row: PAGE_ROWS + 2, day: "20261120" },
  ]);
});

test("a page is taken once: a row whose day changes moves nothing", () => {
  const groups = groupsOf();
  groups.take(0, rows("20261124", "20261124"));
  const before = groups.all;
  groups.take(0, rows("20261124", "20261120"));
  expect(groups.all).toBe(before);
});

test("a page that comes after a later one gets no lines", () => {
  const groups = groupsOf();
  groups.take(0, page("20261124"));
  groups.take(2, page("20261120"));
  const before = groups.all;
  groups.take(1, page("20261122"));
  expect(groups.all).toBe(before);
});

test("lines and rows find each other", () => {
  const lines = new Lines(10, [
    { row: 0, day: "a" },
    { row: 3, day: "b" },
    { row: 4, day: "c" },
  ]);
  expect(lines.count).toBe(13);
  const drawn = Array.from({ length: 13 }, (_, line) => lines.at(line)).map((one) =>
    "row" in one ? one.row : `g${one.group}`,
  );
  expect(drawn).toEqual(["g0", 0, 1, 2, "g1", 3, "g2", 4, 5, 6, 7, 8, 9]);
  for (let row = 0; row < 10; row += 1) expect(lines.at(lines.lineOf(row))).toEqual({ row });
  expect([lines.rowFrom(0), lines.rowFrom(4), lines.rowFrom(5)]).toEqual([0, 3, 3]);
});

test("a list in the order of names has no days", () => {
  expect(dayOf({ ...NO_FILTER, sort: "patient_name" })).toBeNull();
});

test("names are alike by family name and the onset of the given name, for two persons only", () => {
  const person = (number: number, name: string, patient_id = `${number}`) =>
    study(number, { patient: { ...study(number).patient, name, patient_id } });
  const all = [
    person(1, "Muster^Anna"),
    person(2, "MÜSTER^Annegret"),
    person(3, "Muster^Karl"),
    person(4, "Probe^Anna"),
    person(5, "Muster^Anna", "1"),
  ];
  const alike = namesAlike(all);
  expect(all.map((row) => alike.has(personKey(row)))).toEqual([true, true, false, false, true]);
  expect(namesAlike([person(1, "Muster^Anna"), person(5, "Muster^Anna", "1")]).size).toBe(0);
});
