// Two windows with two patients: the hardest warning there is, in both, as long as it is so.
import { useWords } from "../locale";
import { Icon } from "../ui";
import type { Companion } from "./companions";

interface OtherPatientProps {
  readonly patient: string;
  readonly companions: readonly Companion[];
}

export function OtherPatient({ patient, companions }: OtherPatientProps) {
  const { t } = useWords();
  const other = companions.find((companion) => companion.patient !== patient);
  if (other === undefined) return null;
  return (
    <div className="other-patient" role="alert">
      <Icon name="bad" />
      <b>{t("reading.otherPatient")}</b>
      <span className="cut">{t("reading.otherPatient.text", { name: other.name || "–" })}</span>
    </div>
  );
}
