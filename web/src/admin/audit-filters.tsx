// The form above the audit: time, person, act, patient, order, subject, outcome.
import { useId } from "react";
import { useWords } from "../locale";
import { Button, Segmented, TextField } from "../ui";
import { ACTS, type AuditDraft, canAsk, EVERYTHING, namesBoth, wrongDates } from "./audit-filter";
import { choiceText } from "./audit-words";

export interface AuditFiltersProps {
  readonly draft: AuditDraft;
  readonly onDraft: (draft: AuditDraft) => void;
  readonly onAsk: (draft: AuditDraft) => void;
}

export function AuditFilters({ draft, onDraft, onAsk }: AuditFiltersProps) {
  const { t } = useWords();
  const wrong = wrongDates(draft);
  const field = (name: Exclude<keyof AuditDraft, "act" | "outcome">, label: string) => ({
    label,
    value: draft[name],
    onText: (text: string) => onDraft({ ...draft, [name]: text }),
    autoComplete: "off",
    spellCheck: false,
  });
  const date = (name: "since" | "until") => ({
    ...field(name, t(`audit.filter.${name}`)),
    error: wrong.includes(name) ? t("audit.filter.dateForm") : undefined,
  });
  return (
    <form
      className="audit-filters"
      onSubmit={(event) => {
        event.preventDefault();
        if (canAsk(draft)) onAsk(draft);
      }}
    >
      <TextField {...date("since")} />
      <TextField {...date("until")} />
      <TextField {...field("actor", t("audit.filter.actor"))} />
      <ActField act={draft.act} onAct={(act) => onAsk({ ...draft, act })} />
      <TextField {...field("patient", t("audit.filter.patient"))} />
      <TextField
        {...field("accession", t("audit.filter.accession"))}
        error={namesBoth(draft) ? t("audit.filter.either") : undefined}
      />
      <TextField {...field("subject", t("audit.filter.subject"))} title={t("audit.filter.subjectNote")} mono />
      <div>
        <span className="field-label">{t("audit.filter.outcome")}</span>
        <Segmented<AuditDraft["outcome"]>
          label={t("audit.filter.outcome")}
          value={draft.outcome}
          options={[
            { value: "", label: t("audit.filter.all") },
            ...(["success", "refused", "failure"] as const).map((value) => ({
              value,
              label: t(`audit.outcome.${value}`),
            })),
          ]}
          onChoose={(outcome) => onAsk({ ...draft, outcome })}
        />
      </div>
      <Button kind="main" submit disabled={!canAsk(draft)}>
        {t("audit.filter.set")}
      </Button>
      <Button kind="bare" onClick={() => onAsk(EVERYTHING)}>
        {t("audit.filter.clear")}
      </Button>
    </form>
  );
}

function ActField({ act, onAct }: { readonly act: string; readonly onAct: (act: string) => void }) {
  const { t } = useWords();
  const id = useId();
  const named = ACTS.map((one) => ({ one, text: choiceText(one, t) })).sort((a, b) => a.text.localeCompare(b.text));
  return (
    <div className="form-field">
      <label className="field-label" htmlFor={id}>
        {t("audit.filter.act")}
      </label>
      <select id={id} className="field" value={act} onChange={(event) => onAct(event.target.value)}>
        <option value="">{t("audit.filter.all")}</option>
        {named.map(({ one, text }) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
