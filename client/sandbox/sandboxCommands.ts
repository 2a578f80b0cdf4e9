import { commands, type ExtensionContext, l10n, Uri } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { WhatIf } from "../../server/src/features/sandbox.ts";
import { SANDBOX_REQUEST, type SandboxView } from "../../server/src/server/protocol.ts";
import { unitNameOfUri, uriOf, wholeUnitUri } from "../activeUnit.ts";
import { openLine } from "../files.ts";
import { tell } from "../saying.ts";
import { type LivePanel, livePanels } from "../views/livePanels.ts";
import type { FromSandbox, ToSandbox } from "../webview/sandbox/messages.ts";

/** Adds the command that shows the world of a service: its file system as the sandbox makes it. */
export function registerSandbox(context: ExtensionContext, client: BaseLanguageClient): void {
  const panel = (uri: string): LivePanel<ToSandbox, FromSandbox> => {
    let whatIf: WhatIf = "now";
    return {
      title: l10n.t("World of {0}", unitNameOfUri(uri)),
      async content() {
        const view = await client.sendRequest<SandboxView | null>(SANDBOX_REQUEST, { uri, whatIf });
        return view ? { view } : undefined;
      },
      receive(message, refresh) {
        switch (message.kind) {
          case "wanted":
            whatIf = message.whatIf;
            return refresh();
          case "open":
            return openLine(Uri.parse(message.uri), message.line);
        }
      },
    };
  };
  const worlds = livePanels(context, client, {
    viewType: "unitWarden.sandbox",
    page: "sandbox",
    panel: ({ key }) => panel(key),
  });
  context.subscriptions.push(
    commands.registerCommand("unitWarden.openSandbox", async (sent: unknown) => {
      const wanted = uriOf(client, sent);
      const uri = wanted && (await wholeUnitUri(client, wanted));
      const view = uri && (await client.sendRequest<SandboxView | null>(SANDBOX_REQUEST, { uri, whatIf: "now" }));
      if (uri && view) worlds.open(uri);
      else void tell(l10n.t("Open a service, or a drop-in of one, to see the world of the service."));
    }),
  );
}
