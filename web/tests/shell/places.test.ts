// Places and addresses are one to one.
import { expect, test, vi } from "vitest";
import { addressOf, Navigator, type Place, placeOf } from "../../src/shell";

const places: readonly Place[] = [
  { page: "worklist", filter: "" },
  { page: "worklist", filter: "modality=CT%2CMR&sort=study_date" },
  { page: "reading", study: "1.2.840.1", studyKey: "" },
  { page: "reading", study: "1.2.840.1", studyKey: "251874529020837382" },
  { page: "admin", part: "peers" },
];

test.each(places)("%o survives its address", (place) => {
  const address = new URL(addressOf(place), "https://kontor.example");
  expect(placeOf(address.pathname, address.search)).toEqual(place);
});

test.each(places)("the address of %o is not taken for a file by the server", (place) => {
  expect(addressOf(place).split("?")[0]?.split("/").at(-1)).not.toContain(".");
});

test("the root is the worklist, the bare administration its first part, the rest is nowhere", () => {
  expect(placeOf("/", "")).toEqual({ page: "worklist", filter: "" });
  expect(placeOf("/admin", "")).toEqual({ page: "admin", part: "accounts" });
  for (const path of ["/admin/secrets", "/studies", "/studies/1", "/studies/1/2", "/x", "/worklist/y"]) {
    expect(placeOf(path, "")).toEqual({ page: "nowhere" });
  }
});

test("going somewhere changes the address and tells; Back tells too", () => {
  const navigator = new Navigator(window);
  const heard = vi.fn();
  navigator.subscribe(heard);
  navigator.go({ page: "reading", study: "1.2", studyKey: "" });
  expect(window.location.pathname).toBe("/studies/1.2/images");
  expect(navigator.place()).toEqual({ page: "reading", study: "1.2", studyKey: "" });
  window.dispatchEvent(new PopStateEvent("popstate"));
  expect(heard).toHaveBeenCalledTimes(2);
});
