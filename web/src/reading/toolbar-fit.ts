// How much the toolbar says: as many words as its width holds, in whichever language. Icon and key always stay.
import { type RefObject, useLayoutEffect } from "react";

/** All words; acts without theirs; tools in narrower letters; narrower still; window presets by key alone; no words. */
const LEAST_SAID = 5;

/** Sets `data-fit` of the bar to the first step at which nothing is cut, anew when its width or its texts change. */
export function useToolbarFit(bar: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return;
    const write = (): void => {
      for (let said = 0; said <= LEAST_SAID; said += 1) {
        element.dataset.fit = String(said);
        if (element.scrollWidth <= element.clientWidth) return;
      }
    };
    const resized = new ResizeObserver(write);
    resized.observe(element);
    const written = new MutationObserver(write);
    written.observe(element, { childList: true, characterData: true, subtree: true });
    document.fonts?.addEventListener("loadingdone", write);
    return () => {
      resized.disconnect();
      written.disconnect();
      document.fonts?.removeEventListener("loadingdone", write);
    };
  }, [bar]);
}
