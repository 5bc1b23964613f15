// How often the server is asked while studies change.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { studyUid } from "../../src/api";
import { RowRenewal } from "../../src/worklist/row-renewal";
import { study, TestServer } from "../app/server";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const nameOf = (number: number) => ({ uid: studyUid(`1.2.${number}`), key: "" });

test("an import that changes many studies is one request for all that came lately", async () => {
  const server = new TestServer();
  server.studies = Array.from({ length: 90 }, (_, number) => study(number + 1));
  const renewed = new Set<string>();
  const renewal = new RowRenewal(server.client, (row) => renewed.add(row.study_instance_uid));
  for (let number = 1; number <= 90; number += 1) renewal.renew(nameOf(number));
  await vi.advanceTimersByTimeAsync(5000);
  expect(renewed.size).toBe(90);
  expect(server.asked.map(({ line }) => line)).toEqual(["GET /studies?sort=received&order=desc&limit=100"]);
  renewal.dispose();
});

test("studies that came long ago are asked for one a second, each once however often it changed", async () => {
  const server = new TestServer();
  server.studies = Array.from({ length: 104 }, (_, number) => study(number + 1));
  const renewed: string[] = [];
  const renewal = new RowRenewal(server.client, (row) => void renewed.push(row.study_instance_uid));
  for (const number of [1, 102, 103, 104, 104]) renewal.renew(nameOf(number));
  await vi.advanceTimersByTimeAsync(2500);
  expect(renewed).toEqual(["1.2.1", "1.2.102"]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(renewed).toEqual(["1.2.1", "1.2.102", "1.2.103", "1.2.104"]);
  expect(server.asked).toHaveLength(4);
  renewal.dispose();
});

test("after leaving nothing is asked any more", async () => {
  const server = new TestServer();
  const renewal = new RowRenewal(server.client, () => undefined);
  renewal.renew(nameOf(1));
  renewal.dispose();
  await vi.advanceTimersByTimeAsync(5000);
  expect(server.asked).toEqual([]);
});
