// The message shown: one at a time, and none that speaks of a study that is not open.
import { type Dispatch, type SetStateAction, useCallback, useEffect, useState } from "react";
import { isReading, type Navigator, type Toast } from "../shell";

type Shown = Toast | null;

/** What is shown, and the way to show another; a message `of` a study goes with it, and is not said when it comes too late. */
export function useToast(navigator: Navigator): readonly [Shown, Dispatch<SetStateAction<Shown>>] {
  const [shown, setShown] = useState<Shown>(null);
  const show = useCallback<Dispatch<SetStateAction<Shown>>>(
    (next) =>
      setShown((before) => {
        const toast = typeof next === "function" ? next(before) : next;
        return toast === null || isOfPlace(navigator, toast) ? toast : before;
      }),
    [navigator],
  );
  useEffect(
    () =>
      navigator.subscribe(() => setShown((toast) => (toast === null || isOfPlace(navigator, toast) ? toast : null))),
    [navigator],
  );
  return [shown, show];
}

const isOfPlace = (navigator: Navigator, { of }: Toast): boolean =>
  of === undefined || isReading(navigator.place(), of);
