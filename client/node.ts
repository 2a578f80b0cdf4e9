import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { registerManual } from "./manual/commands.ts";
import { announceTrust, CLIENT, clientOptions } from "./options.ts";
import { registerReports } from "./report/panels.ts";

let client: LanguageClient | undefined;

/** Called by the editor when the first unit file is opened; fails where the server does not start. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("dist/server.js");
  client = new LanguageClient(CLIENT.id, CLIENT.name, { module, transport: TransportKind.ipc }, clientOptions());
  registerReports(context, client);
  registerManual(context, client);
  announceTrust(context, client);
  await client.start();
}

/** Called by the editor when the extension is switched off. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
