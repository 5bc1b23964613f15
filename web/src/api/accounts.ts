// Session and accounts: who is here, who may come.
import type { Caller } from "./caller";
import type {
  AccountCreated,
  AccountRow,
  ChangeAccount,
  ChangePreferences,
  CreateAccount,
  SessionRow,
  SessionView,
} from "./generated";

export class SessionClient {
  constructor(private readonly caller: Caller) {}

  /** The present session, or a `Problem` that `endsSession`. */
  async current(signal: AbortSignal): Promise<SessionView> {
    return this.kept(await this.caller.call("GET /api/v1/session", {}, signal));
  }

  /** Asks whether the session is still that of this client: where it is not, `onSessionEnd` tells so. */
  async confirm(signal: AbortSignal): Promise<void> {
    await this.caller.confirm(signal);
  }

  async signIn(name: string, password: string, signal: AbortSignal): Promise<SessionView> {
    return this.kept(await this.caller.call("POST /api/v1/session", { body: { name, password } }, signal));
  }

  async signOut(signal: AbortSignal): Promise<void> {
    await this.caller.call("DELETE /api/v1/session", {}, signal);
    this.caller.carryCsrf(null);
  }

  /** One's own password; every other session of the account ends. */
  async changePassword(name: string, current: string, password: string, signal: AbortSignal): Promise<void> {
    const body = { current, password };
    await this.caller.call("POST /api/v1/accounts/{name}/password", { path: { name }, body }, signal);
  }

  async prefer(preferences: ChangePreferences, signal: AbortSignal): Promise<void> {
    await this.caller.call("PATCH /api/v1/session/preferences", { body: preferences }, signal);
  }

  private kept(session: SessionView): SessionView {
    this.caller.carryCsrf(session.csrf);
    return session;
  }
}

export class AccountClient {
  constructor(private readonly caller: Caller) {}

  async all(signal: AbortSignal): Promise<readonly AccountRow[]> {
    return (await this.caller.call("GET /api/v1/accounts", {}, signal)).items;
  }

  /** The answer carries the generated password once; the server keeps only its hash. */
  async create(account: CreateAccount, signal: AbortSignal): Promise<AccountCreated> {
    return await this.caller.call("POST /api/v1/accounts", { body: account }, signal);
  }

  async change(name: string, change: ChangeAccount, signal: AbortSignal): Promise<AccountRow> {
    return await this.caller.call("PATCH /api/v1/accounts/{name}", { path: { name }, body: change }, signal);
  }

  async sessions(name: string, signal: AbortSignal): Promise<readonly SessionRow[]> {
    return (await this.caller.call("GET /api/v1/accounts/{name}/sessions", { path: { name } }, signal)).items;
  }

  async endSession(name: string, id: string, signal: AbortSignal): Promise<void> {
    await this.caller.call("DELETE /api/v1/accounts/{name}/sessions/{id}", { path: { name, id } }, signal);
  }

  /** A new generated password, shown once; open sessions of the account end. */
  async resetPassword(name: string, signal: AbortSignal): Promise<string> {
    return (
      (await this.caller.call("POST /api/v1/accounts/{name}/password", { path: { name }, body: {} }, signal))
        .password ?? ""
    );
  }
}
