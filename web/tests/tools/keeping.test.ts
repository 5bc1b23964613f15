// Keeping marks: at once, in order, again when the line failed, never lost unsaid, never another account's.
import { beforeEach, describe, expect, test } from "vitest";
import {
  KeeperAway,
  type KeptMark,
  type Mark,
  MarkBook,
  MarkChanged,
  type MarkKeeper,
  MarkRefused,
  waitingMarks,
} from "../../src/tools";
import { frameWith, mark as made } from "./pane";

const OF = { organisation: "main", account: "b", study: "1.2", studyKey: "" };
const mark = { ...made("length", frameWith(), [1, 2], [3, 4]), id: "a".repeat(32) };

/** A server of versions; `fails` is thrown in place of an answer, and `held` answers wait for `release`. */
class FakeKeeper implements MarkKeeper {
  readonly kept = new Map<string, KeptMark>();
  readonly asked: string[] = [];
  fails: Error | null = null;

  load = async (): Promise<readonly KeptMark[]> => {
    this.asked.push("load");
    if (this.fails !== null) throw this.fails;
    return [...this.kept.values()].filter((one) => one.mark !== null);
  };

  save = async (wanted: Mark, follows: number): Promise<KeptMark> => this.change(wanted.id, wanted, follows, "save");
  remove = async (id: string, follows: number): Promise<KeptMark> => this.change(id, null, follows, "remove");

  private change(id: string, wanted: Mark | null, follows: number, what: string): KeptMark {
    this.asked.push(`${what} ${follows}`);
    if (this.fails !== null) throw this.fails;
    const there = this.kept.get(id) ?? { mark: null, version: 0 };
    if (there.version !== follows) throw new MarkChanged(there);
    const now = { mark: wanted, version: follows + 1 };
    this.kept.set(id, now);
    return now;
  }
}

let timers: (() => void)[] = [];
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
const later = (act: () => void): (() => void) => {
  timers.push(act);
  return () => {
    timers = timers.filter((one) => one !== act);
  };
};
const runTimers = async (): Promise<void> => {
  const due = timers;
  timers = [];
  for (const act of due) act();
  await settled();
};
const open = (keeper: MarkKeeper, of = OF): MarkBook =>
  new MarkBook({ keeper, waiting: waitingMarks(localStorage, of), later });

beforeEach(() => {
  localStorage.clear();
  timers = [];
});

describe("a change", () => {
  test("is sent at once, and what waited in the browser goes when it is kept", async () => {
    const keeper = new FakeKeeper();
    const book = open(keeper);
    await settled();
    book.put(mark);
    expect([book.state().waiting, localStorage.length]).toEqual([1, 1]);
    await settled();
    expect([book.state().waiting, localStorage.length]).toEqual([0, 0]);
    expect(keeper.kept.get(mark.id)).toEqual({ mark, version: 1 });
  });

  test("follows the one before; several while one is on its way are one", async () => {
    const keeper = new FakeKeeper();
    const book = open(keeper);
    await settled();
    book.put(mark);
    book.put({ ...mark, text: "a" });
    book.put({ ...mark, text: "b" });
    await settled();
    expect(keeper.asked).toEqual(["load", "save 0", "save 1"]);
    expect(keeper.kept.get(mark.id)).toMatchObject({ version: 2, mark: { text: "b" } });
  });

  test("of a removal can be taken back by a version that follows it", async () => {
    const keeper = new FakeKeeper();
    const book = open(keeper);
    await settled();
    for (const act of [() => book.put(mark), () => book.remove(mark.id), () => book.put(mark)]) {
      act();
      await settled();
    }
    expect(keeper.asked).toEqual(["load", "save 0", "remove 1", "save 2"]);
    expect(book.marks()).toEqual([mark]);
  });

  test("waits while the line is down, says so, and is sent when it is back", async () => {
    const keeper = new FakeKeeper();
    const book = open(keeper);
    await settled();
    keeper.fails = new KeeperAway("no line");
    book.put(mark);
    await settled();
    await runTimers();
    expect([book.state().waiting, localStorage.length, keeper.asked.length]).toEqual([1, 1, 3]);
    keeper.fails = null;
    await runTimers();
    expect([book.state().waiting, localStorage.length]).toEqual([0, 0]);
  });

  test("that waited when the tab died is found and sent by the next", async () => {
    const keeper = new FakeKeeper();
    keeper.fails = new KeeperAway("no line");
    open(keeper).put(mark);
    await settled();
    keeper.fails = null;
    const next = open(keeper);
    expect(next.marks()).toEqual([mark]);
    await settled();
    expect([keeper.kept.get(mark.id)?.version, localStorage.length]).toEqual([1, 0]);
  });

  test.each([
    ["account", { account: "c" }],
    ["organisation", { organisation: "other" }],
    ["study", { study: "1.2.3" }],
    ["patient's study", { studyKey: "7" }],
  ])("is never another %s's", async (_, other) => {
    const keeper = new FakeKeeper();
    keeper.fails = new KeeperAway("no line");
    open(keeper).put(mark);
    await settled();
    expect(open(keeper, { ...OF, ...other }).marks()).toEqual([]);
  });

  test("for which the browser has no room lives in this window, and that is said", async () => {
    const keeper = new FakeKeeper();
    const book = open(keeper);
    await settled();
    for (let other = 0; other < 500; other++) localStorage.setItem(`kontor.mark/x/${other}`, "{}");
    keeper.fails = new KeeperAway("no line");
    book.put(mark);
    expect([book.state().unsafe, book.marks()]).toEqual([1, [mark]]);
  });

  test("that the server will not keep says why and does not hold up the others", async () => {
    const keeper = new FakeKeeper();
    const book = open(keeper);
    await settled();
    keeper.fails = new MarkRefused("too many marks");
    book.put(mark);
    await settled();
    keeper.fails = null;
    book.put({ ...mark, id: "b".repeat(32) });
    await settled();
    expect([...book.state().refused]).toEqual([[mark.id, "too many marks"]]);
    expect([keeper.kept.size, book.marks().length]).toEqual([1, 2]);
  });
});

describe("a mark changed in another window", () => {
  async function clash() {
    const keeper = new FakeKeeper();
    const book = open(keeper);
    book.put(mark);
    await settled();
    const theirs = { ...mark, text: "theirs" };
    keeper.kept.set(mark.id, { mark: theirs, version: 2 });
    book.put({ ...mark, text: "mine" });
    await settled();
    return { keeper, book, theirs };
  }

  test("shows as the server has it, and one's own is offered", async () => {
    const { book, theirs } = await clash();
    expect(book.marks()).toEqual([theirs]);
    expect(book.state().conflicts).toMatchObject([{ mine: { text: "mine" }, theirs: { text: "theirs" } }]);
  });

  test("one's own follows it when the reader takes that", async () => {
    const { book, keeper } = await clash();
    book.takeMine(mark.id);
    await settled();
    expect(keeper.kept.get(mark.id)).toMatchObject({ version: 3, mark: { text: "mine" } });
    expect(book.state().conflicts).toEqual([]);
  });

  test("one's own is gone when the reader discards it", async () => {
    const { book, theirs } = await clash();
    book.takeTheirs(mark.id);
    expect([book.marks(), book.state().waiting, localStorage.length]).toEqual([[theirs], 0, 0]);
  });

  test("to the same is no conflict", async () => {
    const { book, keeper } = await clash();
    book.takeTheirs(mark.id);
    keeper.kept.set(mark.id, { mark: { ...mark, text: "same" }, version: 3 });
    book.put({ ...mark, text: "same" });
    await settled();
    expect([book.state().conflicts, book.state().waiting]).toEqual([[], 0]);
  });

  test("is asked for once more when that window tells while the list is on its way", async () => {
    const keeper = new FakeKeeper();
    const book = open(keeper);
    book.reload();
    await settled();
    expect(keeper.asked).toEqual(["load", "load"]);
  });

  test("is asked for when that window tells", async () => {
    const keeper = new FakeKeeper();
    const book = open(keeper);
    await settled();
    keeper.kept.set(mark.id, { mark, version: 1 });
    book.reload();
    await settled();
    expect(book.marks()).toEqual([mark]);
  });
});

test("whoever leaves at once has measured: what was changed is still sent, nothing is listed or tried again", async () => {
  const keeper = new FakeKeeper();
  const book = open(keeper);
  book.put(mark); // while the list is on its way
  book.dispose();
  await settled();
  expect(keeper.asked).toEqual(["load", "save 0"]);
  expect(localStorage.length).toBe(0);

  const away = new FakeKeeper();
  away.fails = new KeeperAway("no line");
  const left = open(away);
  left.put(mark);
  left.dispose();
  await settled();
  await runTimers();
  expect([away.asked, localStorage.length]).toEqual([["load", "save 0"], 1]);
});

test("marks that could not be asked for are asked for again", async () => {
  const keeper = new FakeKeeper();
  keeper.kept.set(mark.id, { mark, version: 4 });
  keeper.fails = new KeeperAway("no line");
  const book = open(keeper);
  await settled();
  expect(book.state().loaded).toBe(false);
  keeper.fails = null;
  await runTimers();
  expect([book.state().loaded, book.marks()]).toEqual([true, [mark]]);
});

test("marks that the server will not list are not asked for again and again, and new ones are kept all the same", async () => {
  const keeper = new FakeKeeper();
  keeper.fails = new MarkRefused("no such study");
  const book = open(keeper);
  await settled();
  expect([keeper.asked, timers]).toEqual([["load"], []]);
  keeper.fails = null;
  book.put(mark);
  await settled();
  expect([book.state().loaded, keeper.kept.size]).toEqual([false, 1]);
});
