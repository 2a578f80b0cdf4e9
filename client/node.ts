import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { registerEffective } from "./effective/document.ts";
import { registerFailures } from "./failure/commands.ts";
import { systemd } from "./failure/systemd.ts";
import { answerFileRequests } from "./files.ts";
import { offerLanguage } from "./languageOffer.ts";
import { registerManual } from "./manual/commands.ts";
import { registerNix } from "./nix.ts";
import { announceTrust, CLIENT, clientOptions } from "./options.ts";
import { registerReports } from "./report/panels.ts";
import { registerRules } from "./rules/commands.ts";
import { registerSandbox } from "./sandbox/commands.ts";
import { registerTools, showTools } from "./tools/commands.ts";

let client: LanguageClient | undefined;

/** Called by the editor when the first unit file is opened; fails where the server does not start. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("dist/server.js");
  client = new LanguageClient(CLIENT.id, CLIENT.name, { module, transport: TransportKind.ipc }, clientOptions());
  offerLanguage(context);
  answerFileRequests(client);
  registerReports(context, client);
  registerSandbox(context, client);
  registerEffective(context, client);
  registerManual(context, client);
  registerRules(context);
  registerTools(context);
  registerFailures(context, client, systemd);
  registerNix(context, client);
  announceTrust(context, client);
  await client.start();
  await showTools(client);
}

/** Called by the editor when the extension is switched off. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
