// Leases end by themselves and nobody tells: rows that say that somebody reads them are asked about from time to time.
import { useEffect, useRef } from "react";
import { studyName } from "../api";
import { useSurroundings } from "../shell";
import { type StudyList, useRowPatch } from "./study-pages";

export const SWEPT_EVERY_MS = 2 * 60_000;

export function useClaimSweep(list: StudyList): void {
  const { client } = useSurroundings();
  const latest = useRef({ list, patch: useRowPatch() });
  latest.current.list = list;
  useEffect(() => {
    const abort = new AbortController();
    const sweep = async (): Promise<void> => {
      for (const row of latest.current.list.loaded.filter(({ claim }) => claim !== null)) {
        const claim = await client.claims.current(studyName(row), abort.signal);
        if (claim === null) latest.current.patch({ ...row, claim });
      }
    };
    // What could not be asked stays as it was; the next sweep asks again.
    const timer = setInterval(() => void sweep().catch(() => undefined), SWEPT_EVERY_MS);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [client]);
}
