// What runs, waits and is kept, and the audit of it.
import type { Caller } from "./caller";
import type {
  AuditPage,
  ChainView,
  JobOverview,
  Operations,
  Retried,
  RetryJobs,
  RetryParked,
  StorageView,
  SystemView,
} from "./generated";

export type AuditQuery = Operations["GET /api/v1/audit"]["query"];
export type AuditCriteria = Operations["GET /api/v1/audit/rows.csv"]["query"];

export class SystemClient {
  constructor(private readonly caller: Caller) {}

  async state(signal: AbortSignal): Promise<SystemView> {
    return await this.caller.call("GET /api/v1/system", {}, signal);
  }

  async storage(signal: AbortSignal): Promise<StorageView> {
    return await this.caller.call("GET /api/v1/storage", {}, signal);
  }

  async jobs(signal: AbortSignal): Promise<JobOverview> {
    return await this.caller.call("GET /api/v1/jobs", {}, signal);
  }

  /** How much work was given up and waits for a person. */
  async givenUp(signal: AbortSignal): Promise<number> {
    return (await this.caller.call("GET /api/v1/jobs/waiting-for-somebody", {}, signal)).count;
  }

  async retryJobs(which: RetryJobs, signal: AbortSignal): Promise<Retried> {
    return await this.caller.call("POST /api/v1/jobs/retry", { body: which }, signal);
  }

  async retryParked(which: RetryParked, signal: AbortSignal): Promise<Retried> {
    return await this.caller.call("POST /api/v1/jobs/parked/retry", { body: which }, signal);
  }

  async audit(query: AuditQuery, signal: AbortSignal): Promise<AuditPage> {
    return await this.caller.call("GET /api/v1/audit", { query }, signal);
  }

  async chain(signal: AbortSignal): Promise<ChainView> {
    return await this.caller.call("GET /api/v1/audit/chain", {}, signal);
  }

  /** Address of all rows that match, as a file; the browser fetches it with the session's cookie. */
  auditFile(query: AuditCriteria): string {
    return this.caller.address("GET /api/v1/audit/rows.csv", { query });
  }
}
