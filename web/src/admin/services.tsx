// Choosing what a peer may do.
import type { PeerRow } from "../api";
import { useWords } from "../locale";
import { CheckBox } from "../ui";

export type Service = PeerRow["may"][number];
export const SERVICES: readonly Service[] = ["store", "find", "move", "get", "commit"];

export interface ServiceChoiceProps {
  readonly may: readonly Service[];
  readonly onMay: (may: readonly Service[]) => void;
}

export function ServiceChoice({ may, onMay }: ServiceChoiceProps) {
  const { t } = useWords();
  return (
    <fieldset className="choices is-inline">
      <legend className="field-label">{t("peers.may")}</legend>
      {SERVICES.map((service) => (
        <CheckBox
          key={service}
          label={t(`service.${service}`)}
          checked={may.includes(service)}
          onCheck={(on) => onMay(SERVICES.filter((one) => (one === service ? on : may.includes(one))))}
        />
      ))}
    </fieldset>
  );
}
