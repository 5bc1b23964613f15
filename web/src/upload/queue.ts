// A queue of any length whose first can be taken in constant time.

export class Queue<T> {
  private items: T[] = [];
  private at = 0;

  get length(): number {
    return this.items.length - this.at;
  }

  add(item: T): void {
    this.items.push(item);
  }

  take(): T | undefined {
    const item = this.items[this.at];
    if (item !== undefined) this.at += 1;
    return item;
  }

  putFirst(items: readonly T[]): void {
    this.items = items.concat(this.items.slice(this.at));
    this.at = 0;
  }
}
