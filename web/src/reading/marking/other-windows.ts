// Two windows of one reader show the same marks: what one has kept, the other asks for.
import type { MarkBook } from "../../tools";

/** `whose` names account and study; other pages of the browser are not told. */
export function tellOtherWindows(book: MarkBook, whose: string): () => void {
  const channel = new BroadcastChannel("kontor.marks");
  channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (data === whose) book.reload();
  });
  const unsubscribe = book.onKept(() => channel.postMessage(whose));
  return () => {
    unsubscribe();
    channel.close();
  };
}
