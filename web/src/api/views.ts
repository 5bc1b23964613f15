// Saved views: an account's own filters of the worklist.
import type { Caller } from "./caller";
import type { View } from "./generated";

export class ViewClient {
  constructor(private readonly caller: Caller) {}

  /** By position, then name. */
  async list(signal: AbortSignal): Promise<readonly View[]> {
    return (await this.caller.call("GET /api/v1/views", {}, signal)).views;
  }

  /** Keeps a view under its `id`: 32 hexadecimal digits made here. */
  async save({ id, ...body }: View, signal: AbortSignal): Promise<View> {
    return await this.caller.call("PUT /api/v1/views/{id}", { path: { id }, body }, signal);
  }

  async remove(id: string, signal: AbortSignal): Promise<void> {
    await this.caller.call("DELETE /api/v1/views/{id}", { path: { id } }, signal);
  }
}
