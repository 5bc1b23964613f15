// A page that failed while drawing: says so and offers the one next step; the rest of the client stays.
import { Component, type ReactNode } from "react";
import { useWords } from "../locale";
import { LinkButton, Note } from "../ui";

interface State {
  readonly what: string | null;
}

export class Broken extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { what: null };

  static getDerivedStateFromError(error: unknown): State {
    return { what: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    return this.state.what === null ? this.props.children : <BrokenNote what={this.state.what} />;
  }
}

function BrokenNote({ what }: { readonly what: string }) {
  const { t } = useWords();
  return (
    <div className="pane-body">
      <Note tone="bad" act={<LinkButton onClick={() => window.location.reload()}>{t("app.broken.act")}</LinkButton>}>
        <b className="strong">{t("app.broken.title")}.</b> {t("app.broken.text", { what })}
      </Note>
    </div>
  );
}
