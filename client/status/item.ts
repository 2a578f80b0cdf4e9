import { commands, type ExtensionContext, LanguageStatusSeverity, l10n, languages, window, workspace } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";
import { type NoUnitStatus, type ShownStatus, STATUS_REQUEST } from "../../server/src/server/protocol.ts";
import { activeUri } from "../activeUnit.ts";
import { isUnitFile, UNIT_FILES } from "../unitFiles.ts";
import { chooseSetting } from "./choose.ts";
import { statusText } from "./text.ts";

/** How long a document must rest before its state is asked for again, in milliseconds. */
const REST = 300;

/** Adds the language status item of unit files, and sets the keys that menus wait for. */
export function registerStatus(context: ExtensionContext, client: BaseLanguageClient): void {
  const item = languages.createLanguageStatusItem("unitWarden.status", UNIT_FILES);
  item.name = "Unit Warden";
  const change = { command: "unitWarden.changeSettings", title: l10n.t("Change…") };
  const restart = { command: "unitWarden.restartServer", title: l10n.t("Restart now") };
  const starting = (): void => {
    Object.assign(item, { text: l10n.t("Unit Warden is starting"), detail: undefined, busy: true, command: change });
    item.severity = LanguageStatusSeverity.Information;
  };
  starting();
  let shown: ShownStatus | null = null;
  const show = (status: ShownStatus | NoUnitStatus | null): void => {
    shown = status && "noUnit" in status ? null : status;
    if (status && "noUnit" in status) {
      Object.assign(item, { text: l10n.t("Not a unit"), detail: status.noUnit });
      item.accessibilityInformation = { label: `${item.text}: ${status.noUnit}` };
    } else if (status) {
      Object.assign(item, statusText(status));
      item.accessibilityInformation = { label: l10n.t("Exposure of the unit: {0}", item.text) };
    }
  };
  let latest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refresh = async (): Promise<void> => {
    const turn = ++latest;
    const uri = activeUri(client);
    // While a view has the focus, what is known of the last editor stays.
    if (client.state !== State.Running || !window.activeTextEditor) return;
    if (uri !== undefined && !shown) item.busy = true;
    // What cannot be answered leaves nothing to show; the log of the server says why.
    const status =
      uri === undefined
        ? null
        : await client.sendRequest<ShownStatus | NoUnitStatus | null>(STATUS_REQUEST, { uri }).catch(() => null);
    if (turn !== latest) return;
    item.busy = false;
    show(status);
    await setKey("isService", shown?.exposed !== undefined);
    await setKey("canCopyNix", shown?.nix ?? false);
  };
  const refreshSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), REST);
  };
  const follow = ({ newState }: { readonly newState: State }): void => {
    if (newState === State.Running) {
      refreshSoon();
    } else if (newState === State.Starting) {
      starting();
    } else {
      item.busy = false;
      item.severity = LanguageStatusSeverity.Error;
      item.text = l10n.t("Unit Warden is not running");
      item.detail = l10n.t("its log says why");
      item.command = restart;
    }
  };
  context.subscriptions.push(
    item,
    client.onDidChangeState(follow),
    window.onDidChangeActiveTextEditor(() => void refresh()),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isUnitFile(document)) refreshSoon();
    }),
    workspace.onDidSaveTextDocument((document) => {
      if (isUnitFile(document)) refreshSoon();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("unitWarden")) refreshSoon();
    }),
    commands.registerCommand("unitWarden.changeSettings", () => chooseSetting(context.extension, shown ?? undefined)),
    { dispose: () => clearTimeout(timer) },
  );
}

export const setKey = (name: string, value: boolean): Thenable<unknown> =>
  commands.executeCommand("setContext", `unitWarden.${name}`, value);
