// Keys as the reader's keyboard shows them.
import { isWordKey, useWords } from "../locale";

/** Key caps of one key name such as `Shift+ArrowDown`. */
export function Keys({ of }: { readonly of: string }) {
  const { t } = useWords();
  // A lone "+" is a key; elsewhere it joins.
  const parts = of === "+" ? [of] : of.split("+");
  return (
    <kbd>
      {parts
        .map((part) => {
          const word = `key.${part}`;
          return isWordKey(word) ? t(word) : part.toUpperCase();
        })
        .join(" ")}
    </kbd>
  );
}
