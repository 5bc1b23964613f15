// Audit and state of the system.
import type { Caller } from "./caller";
import type { AuditPage, Operations, SystemView } from "./generated";

export type AuditQuery = Operations["GET /api/v1/audit"]["query"];

export class SystemClient {
  constructor(private readonly caller: Caller) {}

  async state(signal: AbortSignal): Promise<SystemView> {
    return await this.caller.call("GET /api/v1/system", {}, signal);
  }

  async audit(query: AuditQuery, signal: AbortSignal): Promise<AuditPage> {
    return await this.caller.call("GET /api/v1/audit", { query }, signal);
  }
}
