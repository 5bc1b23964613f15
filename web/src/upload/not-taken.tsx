// What was not taken, by name and reason; what never was for an archive is one line a kind.
import { isWordKey, type Translate, useWords } from "../locale";
import { Button, Icon } from "../ui";
import { printable, refusalsAsCsv } from "./refusal-file";
import { leftByReason, NOTHING, type NotTaken } from "./tally";

const SHOWN_MAX = 200;

/** What is shown, by its place: one name may come twice, and the list only grows at its end. */
const numbered = <T,>(list: readonly T[]): readonly { readonly number: number; readonly one: T }[] =>
  list.slice(0, SHOWN_MAX).map((one, number) => ({ number, one }));

/** A reason in words; what a newer server says is at least named. */
export function reasonText(code: string, t: Translate): string {
  const key = `upload.reason.${code}`;
  return isWordKey(key) ? t(key) : t("upload.reason.other", { code });
}

export function NotTakenList({ notTaken }: { readonly notTaken: readonly NotTaken[] }) {
  const { t } = useWords();
  if (notTaken.length === 0) return null;
  const refused = notTaken.filter(({ left }) => !left);
  const save = (): void => {
    const csv = refusalsAsCsv([t("upload.name"), t("upload.reason"), "code"], notTaken, (code) => reasonText(code, t));
    download(new Blob([csv], { type: "text/csv;charset=utf-8" }), "kontor-upload.csv");
  };
  return (
    <section className="upload-list" aria-label={t("upload.list")}>
      <header className="row">
        <h2>{t("upload.list")}</h2>
        <span className="push" />
        <Button icon="download" onClick={save}>
          {t("upload.export")}
        </Button>
      </header>
      {refused.length === 0 ? null : <RefusedTable refused={refused} />}
      {leftByReason({ ...NOTHING, notTaken }).map(({ code, paths }) => (
        <details key={code}>
          <summary className="soft">
            <Icon name="off" size="s" /> {t("upload.leftOf", { n: paths.length, reason: reasonText(code, t) })}
          </summary>
          <Names paths={paths} />
        </details>
      ))}
    </section>
  );
}

function RefusedTable({ refused }: { readonly refused: readonly NotTaken[] }) {
  const { t } = useWords();
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th>{t("upload.name")}</th>
            <th className="upload-why">{t("upload.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {numbered(refused).map(({ number, one: { path, code } }) => (
            <tr key={number}>
              <td className="mono">{printable(path)}</td>
              <td>
                <span className="in bad">
                  <Icon name="bad" size="s" />
                  {reasonText(code, t)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <More count={refused.length} />
    </>
  );
}

function Names({ paths }: { readonly paths: readonly string[] }) {
  return (
    <>
      <ul className="upload-names mono soft">
        {numbered(paths).map(({ number, one }) => (
          <li key={number}>{printable(one)}</li>
        ))}
      </ul>
      <More count={paths.length} />
    </>
  );
}

function More({ count }: { readonly count: number }) {
  const { t } = useWords();
  return count > SHOWN_MAX ? <p className="dim">{t("upload.moreNames", { n: count - SHOWN_MAX })}</p> : null;
}

function download(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
