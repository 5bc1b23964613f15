// Draws the whole client into a document without a screen, and looks at it as a reader would.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { vi } from "vitest";
import { Application } from "../../src/app/application";
import { arriveAt } from "../../src/app/arrival";
import { CommandRegistry, EventFeed, Navigator } from "../../src/shell";
import type { TestServer } from "./server";

let root: Root | null = null;

export async function show(server: TestServer, address: string): Promise<void> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  // happy-dom lays nothing out: the virtual list is told how large its window is.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1200);
  document.body.innerHTML = '<div id="root"></div>';
  const host = document.getElementById("root");
  if (host === null) throw new Error("no root");
  window.history.replaceState(null, "", address);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const navigator = new Navigator(window);
  const arriving = arriveAt(navigator.place(), server.client, queries);
  const made = createRoot(host);
  root = made;
  await act(async () =>
    made.render(
      <QueryClientProvider client={queries}>
        <Application
          client={server.client}
          arriving={arriving}
          commands={new CommandRegistry()}
          navigator={navigator}
          events={new EventFeed()}
        />
      </QueryClientProvider>,
    ),
  );
}

export async function leave(): Promise<void> {
  await act(async () => root?.unmount());
  root = null;
}

export const text = (): string => document.body.textContent ?? "";

/** Waits until what is looked for is there. */
export async function see<T>(look: () => T | null | undefined | false): Promise<T> {
  let found: T | null = null;
  await vi.waitFor(async () => {
    await act(async () => undefined);
    const seen = look();
    if (seen === null || seen === undefined || seen === false) throw new Error(`not seen in: ${text()}`);
    found = seen;
  }, 3000);
  if (found === null) throw new Error("not seen");
  return found;
}

export const seeText = (wanted: string): Promise<true> => see(() => text().includes(wanted) || null);

export async function press(key: string, target: EventTarget = document.body): Promise<void> {
  await act(
    async () => void target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })),
  );
}

export async function click(element: Element | null | undefined): Promise<void> {
  if (!(element instanceof HTMLElement)) throw new Error(`nothing to click in: ${text()}`);
  await act(async () => element.click());
}

export function button(name: string): HTMLButtonElement | undefined {
  return [...document.querySelectorAll("button")].find((one) => one.textContent?.trim().startsWith(name));
}

export function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll("label")].find((one) => one.textContent === label);
  const input = found === undefined ? null : document.getElementById(found.htmlFor);
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${label} in: ${text()}`);
  return input;
}

export async function type(input: HTMLInputElement, value: string): Promise<void> {
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  await act(async () => {
    setter?.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export const submit = (input: HTMLInputElement): Promise<void> =>
  act(async () => void input.form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));

/** Scrolls the list of studies to a row, in rows of normal height. */
export async function scrollTo(row: number): Promise<void> {
  const studies = document.querySelector(".studies");
  if (studies === null) throw new Error("no list");
  await act(async () => {
    studies.scrollTop = row * 26;
    studies.dispatchEvent(new Event("scroll"));
  });
}

/** Names in the rows on the screen, in their order. */
export const names = (): readonly string[] =>
  [...document.querySelectorAll(".rows .c-patient")].map((cell) => cell.textContent ?? "");

export const chosenName = (): string => document.querySelector(".study-row.is-on .c-patient")?.textContent ?? "";
