import { commands, type ExtensionContext, env, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { NIX_REQUEST } from "../server/src/server/protocol.ts";
import { activeUri, nameOf } from "./activeUnit.ts";

/** Adds the command that copies the sandboxing settings of the service in the editor as a NixOS module sets them. */
export function registerNix(context: ExtensionContext, client: BaseLanguageClient): void {
  const copy = async (): Promise<void> => {
    const uri = activeUri(client);
    if (uri === undefined) return;
    const text = await client.sendRequest<string | null>(NIX_REQUEST, { uri });
    const name = nameOf(uri);
    if (text === null) {
      void window.showInformationMessage(`${name} has no sandboxing settings to copy.`);
      return;
    }
    await env.clipboard.writeText(text);
    window.setStatusBarMessage(`Copied the serviceConfig of ${name}`, 5000);
  };
  context.subscriptions.push(commands.registerCommand("unitWarden.copyNix", copy));
}
