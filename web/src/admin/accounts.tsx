// Accounts: the list, and beside it what the chosen one may do.
import { useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import type { AccountRow } from "../api";
import { useWords } from "../locale";
import { Failure, Keys, useClient, useCommands, useSession, useSurroundings } from "../shell";
import { Button, Empty, State, Tag } from "../ui";
import {
  CloseAccountDialog,
  NewAccountDialog,
  PasswordDialog,
  ResetDialog,
  type ShownPassword,
} from "./account-dialogs";
import { Loaded, Section, useChange } from "./part";
import { type Role, RoleChoice } from "./roles";
import { SessionsSection } from "./sessions";

type Opened = "none" | "new" | "close" | "reset";

export function AccountsPart() {
  const { t } = useWords();
  const client = useClient();
  const query = useQuery({ queryKey: ["accounts"], queryFn: ({ signal }) => client.accounts.all(signal) });
  const [chosen, setChosen] = useState<string | null>(null);
  const [opened, setOpened] = useState<Opened>("none");
  const [password, setPassword] = useState<ShownPassword | null>(null);
  const account = query.data?.find((one) => one.name === chosen) ?? null;
  const close = (): void => setOpened("none");
  useCommands([
    {
      id: "accounts.new",
      label: "accounts.newTitle",
      group: "admin.group",
      keys: ["n"],
      hint: true,
      run: () => setOpened("new"),
    },
  ]);
  return (
    <>
      <div className="main">
        <Section
          title={t("accounts.title")}
          note={query.data === undefined ? undefined : t("accounts.count", { n: query.data.length })}
          end={
            <Button icon="plus" onClick={() => setOpened("new")}>
              {t("accounts.new")} <Keys of="n" />
            </Button>
          }
        >
          <Loaded query={query}>
            {(accounts) => <AccountTable accounts={accounts} chosen={chosen} onChoose={setChosen} />}
          </Loaded>
        </Section>
      </div>
      <aside className="right">
        {account === null ? (
          <Empty title={t("accounts.title")}>
            <p>{t("accounts.chooseText")}</p>
          </Empty>
        ) : (
          <Fragment key={account.name}>
            <AccountDetail account={account} onOpen={setOpened} />
            <SessionsSection name={account.name} />
          </Fragment>
        )}
      </aside>
      {opened === "new" ? <NewAccountDialog onClose={close} onPassword={setPassword} /> : null}
      {opened === "close" && account !== null ? <CloseAccountDialog account={account} onClose={close} /> : null}
      {opened === "reset" && account !== null ? (
        <ResetDialog account={account} onClose={close} onPassword={setPassword} />
      ) : null}
      {password === null ? null : <PasswordDialog shown={password} onClose={() => setPassword(null)} />}
    </>
  );
}

interface AccountTableProps {
  readonly accounts: readonly AccountRow[];
  readonly chosen: string | null;
  readonly onChoose: (name: string) => void;
}

function AccountTable({ accounts, chosen, onChoose }: AccountTableProps) {
  const { t, formats } = useWords();
  return (
    <table className="table">
      <thead>
        <tr>
          <th className="w-name">{t("accounts.name")}</th>
          <th>{t("accounts.displayName")}</th>
          <th>{t("accounts.roles")}</th>
          <th className="w-state">{t("accounts.state")}</th>
          <th className="num w-time">{t("accounts.lastSignIn")}</th>
          <th className="num w-count">{t("accounts.tokens")}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr
            key={account.name}
            aria-selected={account.name === chosen}
            className={account.name === chosen ? "is-on" : account.open ? "" : "is-done"}
            onClick={() => onChoose(account.name)}
          >
            <td>
              <button type="button" className="name" onClick={() => onChoose(account.name)}>
                {account.name}
              </button>
            </td>
            <td>{account.display_name}</td>
            <td className="soft">{account.roles.map((role) => t(`role.${role}`)).join(", ")}</td>
            <td>
              <OpenState open={account.open} />
            </td>
            <td className="num soft">
              {account.last_sign_in_at === null
                ? t("accounts.never")
                : formats.moment(account.last_sign_in_at, new Date())}
            </td>
            <td className="num soft">{formats.numeral(account.token_count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OpenState({ open }: { readonly open: boolean }) {
  const { t } = useWords();
  return open ? (
    <State tone="good" icon="ok">
      {t("accounts.open")}
    </State>
  ) : (
    <State tone="bad" icon="lock">
      {t("accounts.closed")}
    </State>
  );
}

interface AccountDetailProps {
  readonly account: AccountRow;
  readonly onOpen: (opened: Opened) => void;
}

function AccountDetail({ account, onOpen }: AccountDetailProps) {
  const { t, formats } = useWords();
  const { client, toast } = useSurroundings();
  const isSelf = useSession().name === account.name;
  const [roles, setRoles] = useState<readonly Role[]>(account.roles);
  const change = useChange(["accounts"]);
  const same = roles.length === account.roles.length && roles.every((role) => account.roles.includes(role));
  const apply = (what: { roles?: readonly Role[]; open?: boolean }): void =>
    change.run(async (signal) => {
      await client.accounts.change(account.name, what, signal);
      toast({ text: t("accounts.saved", { name: account.name }) });
    });
  return (
    <Section title={account.name} note={isSelf ? <Tag>{t("accounts.self")}</Tag> : account.display_name}>
      <div className="in-section">
        <p className="dim">
          {t("accounts.created")} {formats.day(account.created_at)}
        </p>
        <RoleChoice roles={roles} onRoles={setRoles} />
        {change.failure === null ? null : <Failure error={change.failure} />}
        <div className="row">
          <Button onClick={() => onOpen("reset")}>{t("accounts.reset")}</Button>
          {account.open ? (
            <Button kind="bad" disabled={isSelf} onClick={() => onOpen("close")}>
              {t("accounts.close")}
            </Button>
          ) : (
            <Button disabled={change.busy} onClick={() => apply({ open: true })}>
              {t("accounts.reopen")}
            </Button>
          )}
          <span className="push" />
          <Button
            kind="main"
            disabled={same || roles.length === 0 || change.busy}
            title={roles.length === 0 ? t("accounts.needRole") : undefined}
            onClick={() => apply({ roles })}
          >
            {t("accounts.saveRoles")}
          </Button>
        </div>
      </div>
    </Section>
  );
}
