// All keys of the present page, out of the one registry.
import { useWords } from "../locale";
import { type Command, Keys, useCommandList } from "../shell";
import { Button, Dialog, LinkButton } from "../ui";

interface HelpProps {
  readonly onClose: () => void;
  readonly onProfile: () => void;
}

export function Help({ onClose, onProfile }: HelpProps) {
  const { t } = useWords();
  const bound = useCommandList().filter((command) => command.keys.length > 0);
  const groups = Map.groupBy(bound, (command: Command) => command.group);
  const foot = (
    <>
      <span className="dim grow">{t("help.note")}</span>
      <LinkButton onClick={onProfile}>{t("profile.open")}</LinkButton>
      <Button onClick={onClose}>
        {t("act.close")} <Keys of="Escape" />
      </Button>
    </>
  );
  return (
    <Dialog title={t("help.title")} width={640} onClose={onClose} onAct={onClose} foot={foot}>
      {[...groups].map(([group, commands]) => (
        <section key={group} aria-label={t(group)}>
          <h3>{t(group)}</h3>
          <dl className="help">
            {commands.map((command) => (
              <div key={command.id}>
                <dt>{t(command.label)}</dt>
                <dd>
                  {command.keys.map((key) => (
                    <Keys key={key} of={key} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
