import { type ExtensionContext, l10n, window } from "vscode";
import { isSshDestination } from "../../server/src/cli/ssh/sshHost.ts";
import { pickOne } from "../saying.ts";
import { programPath } from "../tools/toolCommands.ts";

/** Whether there is a program that reaches other machines. */
export const hasSsh = (): boolean => process.platform === "win32" || programPath("ssh") !== undefined;

/** Where the host that was named last is kept. */
const LAST = "learn.host";

/** The machine that a service runs on; undefined where the reader gives up. */
export async function askMachine(context: ExtensionContext): Promise<{ readonly host?: string } | undefined> {
  if (!hasSsh()) return {};
  const here = { label: l10n.t("On this machine") };
  const other = { label: l10n.t("On another machine, over ssh…") };
  const picked = await pickOne([here, other], { placeholder: l10n.t("Where the service runs") });
  if (picked?.label !== other.label) return picked && {};
  const host = await askHost(context);
  return host === undefined ? undefined : { host };
}

/** Asks for a host, and remembers it for the workspace; undefined where the reader gives up. */
export async function askHost({ workspaceState }: ExtensionContext): Promise<string | undefined> {
  const host = await window.showInputBox({
    title: l10n.t("The machine of the service, as ssh takes it"),
    prompt: l10n.t("It needs sh, strace and systemd, and root or sudo, which asks for a password in the terminal."),
    placeHolder: l10n.t("user@host"),
    value: workspaceState.get(LAST, ""),
    validateInput: (text) => (isSshDestination(text.trim()) ? undefined : l10n.t("Not a host as ssh takes it")),
  });
  if (host === undefined) return undefined;
  await workspaceState.update(LAST, host.trim());
  return host.trim();
}
