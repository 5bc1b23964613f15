// One text may be a name or a number.
import { afterEach, expect, test } from "vitest";
import { filterFor } from "../../src/app/ask";
import { button, click, leave, see, seeText, show } from "../app/screen";
import { study, TestServer } from "../app/server";

afterEach(leave);

test("what holds a digit is searched as a number, else as a name", () => {
  expect(filterFor("K-4711")).toBe("patient_id=K-4711");
  expect(filterFor("Muster")).toBe("patient_name=Muster");
});

test("a text that is no name is offered as a number", async () => {
  const server = new TestServer();
  server.studies = [study(1)];
  await show(server, "/worklist?patient_name=PHANTOM-CT");
  await seeText("Kein Treffer");
  expect(button("„PHANTOM-CT“ als Auftrag suchen")).toBeDefined();
  await click(button("„PHANTOM-CT“ als Patienten-Nr. suchen"));
  await see(() => server.asked.some(({ line }) => line.includes("patient_id=PHANTOM-CT")));
});
