// The reader's own views: kept with the account, in the order they are put in. What is removed can be taken back.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type View as KeptView, newId } from "../api";
import { useWords } from "../locale";
import { useSurroundings } from "../shell";
import { type Filter, filterOf } from "./filter";
import { unordered } from "./views";

export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly filter: Filter;
}

export interface SavedViews {
  readonly views: readonly SavedView[];
  /** Until then none can be added: what is not seen has places too. */
  readonly loaded: boolean;
  readonly add: (name: string, address: string) => void;
  readonly rename: (id: string, name: string) => void;
  readonly remove: (id: string) => void;
  /** Puts a view to a place among the others. */
  readonly move: (id: string, to: number) => void;
  /** Why the last change was not kept, or why there is nothing to see, and the way to try again. */
  readonly failure: { readonly error: unknown; readonly again: () => void } | null;
}

const KEY = ["views"] as const;

export function useSavedViews(): SavedViews {
  const { client, toast } = useSurroundings();
  const { t } = useWords();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<SavedViews["failure"]>(null);
  const kept = useQuery({ queryKey: KEY, queryFn: ({ signal }) => client.views.list(signal), staleTime: 60_000 });
  const views = kept.data ?? [];
  /** Shows a change at once, keeps it, and then shows what is kept. */
  const change = async (next: readonly KeptView[], keep: () => Promise<unknown>): Promise<void> => {
    setFailure(null);
    queries.setQueryData(KEY, next);
    try {
      await keep();
    } catch (error) {
      setFailure({ error, again: () => void change(next, keep) });
    }
    await queries.invalidateQueries({ queryKey: KEY });
  };
  const put = (next: readonly KeptView[], changed: readonly KeptView[]): void =>
    void change(next, async () => {
      for (const view of changed) await client.views.save(view, AbortSignal.timeout(15_000));
    });
  return {
    views: views.map(({ id, name, filter }) => ({ id, name, filter: filterOf(filter) })),
    loaded: kept.data !== undefined,
    add: (name, filter) => {
      const made = { id: newId(), name, filter, position: (views.at(-1)?.position ?? 0) + 1 };
      put([...views, made], [made]);
    },
    rename: (id, name) => {
      const renamed = views.map((view) => (view.id === id ? { ...view, name } : view));
      put(
        renamed,
        renamed.filter((view) => view.id === id),
      );
    },
    remove: (id) => {
      const gone = views.find((view) => view.id === id);
      if (gone === undefined) return;
      const rest = views.filter((view) => view !== gone);
      void change(rest, () => client.views.remove(id, AbortSignal.timeout(15_000)));
      toast({
        text: t("views.removed", { name: gone.name }),
        act: { label: t("act.undo"), run: () => put(views, [gone]) },
      });
    },
    move: (id, to) => {
      const ordered = movedTo(views, id, to);
      put(
        ordered,
        ordered.filter((view) => views.find((one) => one.id === view.id)?.position !== view.position),
      );
    },
    failure: failure ?? (kept.error === null ? null : { error: kept.error, again: () => void kept.refetch() }),
  };
}

/** The views with one of them at another place; positions are places, counted from one. */
export function movedTo(views: readonly KeptView[], id: string, to: number): readonly KeptView[] {
  const moved = views.find((view) => view.id === id);
  if (moved === undefined) return views;
  const others = views.filter((view) => view !== moved);
  const place = Math.max(0, Math.min(others.length, to));
  return others.toSpliced(place, 0, moved).map((view, at) => ({ ...view, position: at + 1 }));
}

/** The saved view whose values these are, whatever the order of rows. */
export const savedViewOf = (views: readonly SavedView[], filter: Filter): SavedView | null =>
  views.find((view) => unordered(view.filter) === unordered(filter)) ?? null;
