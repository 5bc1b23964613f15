// A page's code, fetched when it is first wanted. React's `lazy` would hold what stands for it for 300 ms, also when it is there at once.
import { type ComponentType, createElement, useEffect, useState } from "react";
import { useWords } from "../locale";
import { Loading } from "../ui";

export class Part<P extends object> {
  /** `null` until it is there. */
  code: ComponentType<P> | null = null;
  private coming: Promise<void> | null = null;

  constructor(private readonly load: () => Promise<ComponentType<P>>) {}

  /** After it failed, whoever asks next tries again. */
  async fetch(): Promise<void> {
    this.coming ??= this.load().then((code) => {
      this.code = code;
    });
    try {
      await this.coming;
    } catch (error) {
      this.coming = null;
      throw error;
    }
  }
}

interface FetchedProps<P extends object> {
  readonly part: Part<P>;
  readonly given: P;
}

/** The part once it is there; throws when it cannot be fetched. */
export function Fetched<P extends object>({ part, given }: FetchedProps<P>): React.JSX.Element {
  const { t } = useWords();
  const [outcome, setOutcome] = useState<"coming" | "there" | { readonly error: unknown }>("coming");
  useEffect(() => {
    // Also where it is there by now: it may have come between the drawing and this.
    part.fetch().then(
      () => setOutcome("there"),
      (error: unknown) => setOutcome({ error }),
    );
  }, [part]);
  if (typeof outcome === "object") throw outcome.error;
  return part.code === null ? <Loading label={t("state.loading")} /> : createElement(part.code, given);
}
