// Who reads the study, in the head of the reading page, and the way to take it.
import type { Claim } from "../api";
import { useWords } from "../locale";
import { useSession } from "../shell";
import { LinkButton, State, Tag } from "../ui";
import type { Claiming } from "./claim";

export function ClaimLine({ claiming }: { readonly claiming: Claiming }) {
  const { t } = useWords();
  const session = useSession();
  const { claim, lostTo, take } = claiming;
  if (claim === undefined || !session.rights.includes("read")) return null;
  if (claim?.own === true) return <Held claim={claim} />;
  return (
    <span className="claim-line row row--tight">
      {lostTo === null ? null : <Lost to={lostTo} />}
      {lostTo !== null || claim === null ? null : <Held claim={claim} />}
      {claim === null ? <span className="dim">{t("claims.lookingOnly")}</span> : null}
      <LinkButton onClick={() => void take(claim !== null)}>
        {t(claim === null ? "claims.read" : lostTo === null ? "claims.takeOver" : "claims.takeBack")}
      </LinkButton>
    </span>
  );
}

function Held({ claim }: { readonly claim: Claim }) {
  const { t, formats } = useWords();
  const time = formats.clock(claim.since);
  return (
    <State tone={claim.own ? "accent" : "soft"} icon="st-reading">
      {claim.own ? t("claims.own", { time }) : t("claims.other", { name: claim.name, time })}
    </State>
  );
}

function Lost({ to }: { readonly to: Claim }) {
  const { t, formats } = useWords();
  return (
    <Tag tone="warn" icon="warn">
      {t("claims.lost", { name: to.name, time: formats.clock(to.since) })}
    </Tag>
  );
}
