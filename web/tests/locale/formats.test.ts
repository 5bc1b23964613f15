// Dates, numbers, ages and names as the reader writes them.
import { describe, expect, test } from "vitest";
import { dateFromInput, personName } from "../../src/locale";
import { formatsOf } from "../../src/locale/formats";

const [de, en] = [formatsOf("de"), formatsOf("en")];

test("thousands are parted by a thin space in either language, minus is a real minus", () => {
  expect(de.numeral(1_204_118)).toBe("1\u202f204\u202f118");
  expect(en.numeral(-2614)).toBe("\u22122\u202f614");
  expect(de.numeral(4.1, 1)).toBe("4,1");
});

test("a decimal text keeps its digits; what is none stays as it was sent", () => {
  expect(["321.50", "-.5", "1.5e-3", "12", "1.2.3", "mGy.cm"].map((text) => de.decimal(text))).toEqual([
    "321,50",
    "-,5",
    "1,5e-3",
    "12",
    "1.2.3",
    "mGy.cm",
  ]);
  expect(en.decimal("321.50")).toBe("321.50");
});

test("bytes carry their unit", () => {
  expect([de.bytes(0), de.bytes(999), de.bytes(1500), de.bytes(443_000_000)]).toEqual([
    "0 B",
    "999 B",
    "1,5 kB",
    "443 MB",
  ]);
  expect(en.bytes(1_200_000_000)).toBe("1.2 GB");
});

test("dates are unambiguous, and what is no date stays as it was sent", () => {
  expect(de.date("20261124")).toBe("24.11.2026");
  expect(de.date("2026.11.24")).toBe("24.11.2026");
  expect(en.date("20261124")).toBe("24 Nov 2026");
  expect(de.date("20260231")).toBe("20260231");
  expect(de.date("")).toBe("");
});

test("a month is written out, a year stays a number, a day is a date", () => {
  expect([de.span("202603"), de.span("2026"), de.span("20260301"), de.span("")]).toEqual([
    "März 2026",
    "2026",
    "01.03.2026",
    "",
  ]);
  expect([en.span("202603"), en.span("202613")]).toEqual(["March 2026", "202613"]);
});

test("times lose seconds, not minutes", () => {
  expect([de.time("081205.123"), de.time("0812"), de.time("08:12:05"), de.time("08")]).toEqual([
    "08:12",
    "08:12",
    "08:12",
    "08",
  ]);
});

test("age counts birthdays, in months below two years, and is empty where it cannot be known", () => {
  expect(de.age("19610314", "20261124")).toBe("65 J.");
  expect(de.age("19611125", "20261124")).toBe("64 J.");
  expect(de.age("20251103", "20261124")).toBe("12 Mon.");
  expect(en.age("20241124", "20261124")).toBe("2 y");
  expect(de.ageInColumn("19610314", "20261124")).toBe("65");
  expect(de.ageInColumn("20251103", "20261124")).toBe("12 Mon.");
  expect([de.age("", "20261124"), de.age("20271124", "20261124"), de.age("19610314", "")]).toEqual(["", "", ""]);
});

describe("moments", () => {
  const now = new Date(2026, 10, 25, 9, 0);
  const at = (...parts: [number, number, number, number, number]): string => new Date(...parts).toISOString();

  test("today is a time, this year a day, else a whole date", () => {
    expect(de.moment(at(2026, 10, 25, 8, 12), now)).toBe("08:12");
    expect(de.moment(at(2026, 10, 24, 23, 55), now)).toBe("24.11. 23:55");
    expect(en.moment(at(2026, 10, 24, 23, 55), now)).toBe("24 Nov 23:55");
    expect(de.moment(at(2025, 10, 24, 23, 55), now)).toBe("24.11.2025 23:55");
  });
});

test("a typed date is understood in the usual forms, and refused where the day does not exist", () => {
  expect(["24.11.2026", "24.11.26", "4.1.2026", "2026-11-24", "20261124"].map(dateFromInput)).toEqual([
    "20261124",
    "20261124",
    "20260104",
    "20261124",
    "20261124",
  ]);
  expect(["31.02.2026", "gestern", "", "24.11."].map(dateFromInput)).toEqual([null, null, null, null]);
});

test.each([
  ["Muster^Anna", "Muster, Anna"],
  ["Muster^Anna^Maria^Dr.^jr.", "Muster jr., Dr. Anna Maria"],
  ["Muster", "Muster"],
  ["^Anna", "Anna"],
  ["Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada, Tarou 山田, 太郎"],
  ["=山田^太郎", "山田, 太郎"],
  ["^^^^", ""],
  ["", ""],
])("the name %s is shown as %s", (sent, shown) => {
  expect(personName(sent)).toBe(shown);
});
