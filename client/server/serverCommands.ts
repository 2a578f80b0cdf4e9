import { commands, type ExtensionContext, type LogOutputChannel, l10n, ProgressLocation, window } from "vscode";
import type { KeptServer } from "./keepServer.ts";

/** Adds the commands that start the server again and show its log. */
export function registerServer({ subscriptions }: ExtensionContext, server: KeptServer, log: LogOutputChannel): void {
  const progress = { location: ProgressLocation.Window, title: l10n.t("Restarting Unit Warden") };
  subscriptions.push(
    server,
    commands.registerCommand("unitWarden.restartServer", () => window.withProgress(progress, () => server.restart())),
    commands.registerCommand("unitWarden.showLog", () => log.show(true)),
  );
}
