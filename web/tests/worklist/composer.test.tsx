// Choosing a filter by words that a person may think of.
import { afterEach, expect, test } from "vitest";
import { dateFromInput } from "../../src/locale";
import { button, field, leave, press, seeText, show, text, type } from "../app/screen";
import { study, TestServer } from "../app/server";

afterEach(leave);

test("a filter is found by other words for it, and what is none is said to be none", async () => {
  const server = new TestServer();
  server.studies = [study(1)];
  await show(server, "/worklist");
  await seeText("1 Untersuchung");
  await press("f");
  await seeText("Wonach filtern?");
  await type(field("Wonach filtern?"), "Datum");
  expect(button("Untersucht ab")).toBeDefined();
  expect(button("Untersucht bis")).toBeDefined();
  expect(text()).not.toContain("Kein solcher Filter");
  await type(field("Wonach filtern?"), "Blutdruck");
  await seeText("Kein solcher Filter");
});

test("a date may be typed as English shows it", () => {
  expect(dateFromInput("1 Nov 2026")).toBe("20261101");
  expect(dateFromInput("24 November 2026")).toBe("20261124");
  expect(dateFromInput("31 Feb 2026")).toBeNull();
  expect(dateFromInput("1 Nix 2026")).toBeNull();
});
