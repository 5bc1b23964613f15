// Lines between the days of a list: they stand where they were put, whatever is loaded later.
import { expect, test } from "vitest";
import { NO_FILTER } from "../../src/worklist/filter";
import { Groups, groupingOf, Lines } from "../../src/worklist/groups";
import { namesAlike, personKey } from "../../src/worklist/names-alike";
import { PAGE_ROWS } from "../../src/worklist/study-pages";
import { study } from "../app/server";

const groupsOf = (): Groups => {
  const grouping = groupingOf({ ...NO_FILTER, sort: "study_date" });
  if (grouping === null) throw new Error("no days");
  return new Groups(grouping);
};
const rows = (...days: string[]) => days.map((study_date, index) => study(index, { study_date }));
const page = (day: string) => rows(...Array.from({ length: PAGE_ROWS }, () => day));

test("a line stands above the first row of each day, also over the end of a page", () => {
  const groups = groupsOf();
  groups.take(0, [...page("20261124").slice(1), ...rows("20261123")]);
  groups.take(1, rows("20261123", "20261123", "20261120"));
  expect(groups.all).toEqual([
    { row: 0, span: "20261124" },
    { row: PAGE_ROWS - 1, span: "20261123" },
    { row: PAGE_ROWS + 2, span: "20261120" },
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

test("studies of many days are grouped by month, or by year, so that there are fewer headings than rows", () => {
  const spans = (...days: string[]) => {
    const groups = groupsOf();
    groups.take(0, rows(...days));
    return groups.all.map(({ span }) => span);
  };
  expect(spans("20261124", "20261124", "20261124", "20261123")).toEqual(["202611"]);
  expect(spans("20261124", "20261124", "20261124", "20261123", "20261123", "20261123")).toEqual([
    "20261124",
    "20261123",
  ]);
  expect(spans("20261124", "20261103", "20261101", "20260930", "20260920", "20260902")).toEqual(["202611", "202609"]);
  expect(spans("20261124", "20260930", "20260102", "20251224", "20250930", "20250102")).toEqual(["2026", "2025"]);
  expect(spans("20261124", "20250930", "20240102", "")).toEqual([]);
});

test("a page that comes later is grouped as the first one was", () => {
  const groups = groupsOf();
  groups.take(0, page("20261124"));
  groups.take(1, rows("20261123", "20261122", "20251121"));
  expect(groups.all.map(({ span }) => span)).toEqual(["20261124", "20261123", "20261122", "20251121"]);
});

test("a list in the order of arrival is always grouped by days", () => {
  const grouping = groupingOf(NO_FILTER);
  if (grouping === null) throw new Error("no days");
  const groups = new Groups(grouping);
  groups.take(0, [
    study(1, { first_received_at: "2026-11-24T12:00:00Z" }),
    study(2, { first_received_at: "2026-10-02T12:00:00Z" }),
  ]);
  expect(groups.all.map(({ span }) => span)).toEqual(["20261124", "20261002"]);
});

test("lines and rows find each other", () => {
  const lines = new Lines(10, [
    { row: 0, span: "a" },
    { row: 3, span: "b" },
    { row: 4, span: "c" },
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
  expect(groupingOf({ ...NO_FILTER, sort: "patient_name" })).toBeNull();
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
