import { commands, type ExtensionContext, env, l10n } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { NIX_REQUEST } from "../server/src/server/protocol.ts";
import { activeUri, fileNameOf } from "./activeUnit.ts";
import { mention, tell } from "./saying.ts";

/** Adds the command that copies the sandboxing settings of the service in the editor as a NixOS module sets them. */
export function registerNix(context: ExtensionContext, client: BaseLanguageClient): void {
  const copy = async (): Promise<void> => {
    const uri = activeUri(client);
    if (uri === undefined) {
      void tell(l10n.t("Open the service whose settings you want to use in NixOS."));
      return;
    }
    const text = await client.sendRequest<string | null>(NIX_REQUEST, { uri });
    const name = fileNameOf(uri);
    if (text === null) {
      void tell(l10n.t("{0} has no sandboxing settings for NixOS: add some first.", name));
      return;
    }
    await env.clipboard.writeText(text);
    mention(l10n.t("Copied the serviceConfig of {0}", name));
  };
  context.subscriptions.push(commands.registerCommand("unitWarden.copyNix", copy));
}
