// What the parts share: a headed section with its state, and changes that say what came of them.
import { type UseQueryResult, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useWords } from "../locale";
import { Failure } from "../shell";
import { Loading } from "../ui";

export interface SectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly end?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Section({ title, note, end, className = "", children }: SectionProps) {
  return (
    <section className={className} aria-label={title}>
      <header className="sub">
        <h2>{title}</h2>
        {note === undefined ? null : <span className="dim row cut">{note}</span>}
        <span className="push" />
        {end}
      </header>
      {children}
    </section>
  );
}

/** Loading, failed or there. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const { t } = useWords();
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) {
    return (
      <div className="in-section">
        <Failure error={query.error} retry={() => void query.refetch()} />
      </div>
    );
  }
  return <Loading label={t("state.loading")} rows={5} />;
}

export interface Change {
  readonly busy: boolean;
  readonly failure: unknown;
  readonly run: (act: (signal: AbortSignal) => Promise<void>) => void;
}

/** Runs a change, reads the lists anew, keeps the refusal to be shown where the change was made. */
export function useChange(lists: readonly string[]): Change {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const run = async (act: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await act(AbortSignal.timeout(30_000));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
    await Promise.all(lists.map((list) => queries.invalidateQueries({ queryKey: [list] })));
  };
  return { busy, failure, run: (act) => void run(act) };
}
