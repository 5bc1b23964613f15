// An object that this page cannot show: named with what it is, never passed over.
import { useQuery } from "@tanstack/react-query";
import type { Instance } from "../../display";
import { useWords } from "../../locale";
import { Empty, Loading } from "../../ui";
import { loadUidNames } from "./dictionary";
import { kindName, kindOf } from "./object-names";

export function UnshownView({ instance }: { readonly instance: Instance }) {
  const words = useWords();
  const { t } = words;
  const names = useQuery({
    queryKey: ["uid-names"],
    queryFn: loadUidNames,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (names.isPending) return <Loading label={t("state.loading")} />;
  const ofStandard = names.data?.get(instance.sopClassUid) ?? "";
  const own = kindOf(instance) === "unknown" ? "" : kindName(instance, words);
  const title = own || ofStandard || instance.sopClassUid || t("objects.kind.unknown");
  return (
    <div className="object-note">
      <Empty title={t("objects.cannotShow", { name: title })}>
        <p>{t("objects.cannotShow.text")}</p>
        <p className="dim">
          {[...new Set([ofStandard, instance.sopClassUid])].filter((part) => part !== "").join(" · ")}
        </p>
      </Empty>
    </div>
  );
}
