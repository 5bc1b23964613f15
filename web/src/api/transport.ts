// The browser's own transport. Fetch does not tell how far a body has left; where somebody wants to know, XMLHttpRequest does.
import type { Send, Sending } from "./caller";

export const overTheNet: Send = (request, sending) =>
  sending === undefined ? fetch(request) : withProgress(request, sending);

/** As `fetch` answers: resolves with any status, rejects with a TypeError where the line failed. */
function withProgress({ method, url, headers, signal }: Request, { body, onSent }: Sending): Promise<Response> {
  return new Promise((resolve, reject) => {
    const line = new XMLHttpRequest();
    const giveUp = (): void => line.abort();
    line.open(method, url);
    line.responseType = "blob";
    for (const [name, value] of headers) line.setRequestHeader(name, value);
    line.upload.onprogress = ({ loaded }) => onSent(loaded);
    line.onload = () => resolve(answerOf(line));
    line.onerror = () => reject(new TypeError("the line failed"));
    line.onabort = () => reject(signal.reason);
    line.onloadend = () => signal.removeEventListener("abort", giveUp);
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) reject(signal.reason);
    else line.send(body);
  });
}

function answerOf(line: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const row of line.getAllResponseHeaders().trim().split("\r\n")) {
    const colon = row.indexOf(":");
    if (colon > 0) headers.append(row.slice(0, colon), row.slice(colon + 1).trim());
  }
  const body = line.response instanceof Blob ? line.response : null;
  return new Response(line.status === 204 ? null : body, { status: line.status, headers });
}
