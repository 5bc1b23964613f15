// Peers that may talk DICOM to us, and senders that were refused.
import type { Caller } from "./caller";
import type { AdmitSender, ChangePeer, CreatePeer, PeerRow, RefusedSenderRow } from "./generated";

export class PeerClient {
  constructor(private readonly caller: Caller) {}

  async all(signal: AbortSignal): Promise<readonly PeerRow[]> {
    return (await this.caller.call("GET /api/v1/peers", {}, signal)).items;
  }

  async create(peer: CreatePeer, signal: AbortSignal): Promise<PeerRow> {
    return await this.caller.call("POST /api/v1/peers", { body: peer }, signal);
  }

  async change(id: string, change: ChangePeer, signal: AbortSignal): Promise<PeerRow> {
    return await this.caller.call("PATCH /api/v1/peers/{id}", { path: { id }, body: change }, signal);
  }

  async remove(id: string, signal: AbortSignal): Promise<void> {
    await this.caller.call("DELETE /api/v1/peers/{id}", { path: { id } }, signal);
  }

  async refused(signal: AbortSignal): Promise<readonly RefusedSenderRow[]> {
    return (await this.caller.call("GET /api/v1/refused-senders", {}, signal)).items;
  }

  /** Makes a peer of a refused sender, with the name and address it came with. */
  async admit(id: string, admit: AdmitSender, signal: AbortSignal): Promise<PeerRow> {
    return await this.caller.call("POST /api/v1/refused-senders/{id}/admit", { path: { id }, body: admit }, signal);
  }

  /** Takes a sender off the list; it appears again with its next attempt. */
  async forget(id: string, signal: AbortSignal): Promise<void> {
    await this.caller.call("DELETE /api/v1/refused-senders/{id}", { path: { id } }, signal);
  }
}
