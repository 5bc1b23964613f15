// Choosing roles: each with what it opens.
import type { CreateAccount } from "../api";
import { useWords } from "../locale";
import { CheckBox } from "../ui";

export type Role = CreateAccount["roles"][number];
export const ROLES: readonly Role[] = ["reader", "technologist", "chief", "admin", "auditor", "referrer", "service"];

export interface RoleChoiceProps {
  readonly roles: readonly Role[];
  readonly onRoles: (roles: readonly Role[]) => void;
}

export function RoleChoice({ roles, onRoles }: RoleChoiceProps) {
  const { t } = useWords();
  return (
    <fieldset className="choices">
      <legend className="field-label">{t("accounts.roles")}</legend>
      {ROLES.map((role) => (
        <CheckBox
          key={role}
          label={t(`role.${role}`)}
          note={t(`role.${role}.note`)}
          checked={roles.includes(role)}
          onCheck={(on) => onRoles(ROLES.filter((one) => (one === role ? on : roles.includes(one))))}
        />
      ))}
    </fieldset>
  );
}
