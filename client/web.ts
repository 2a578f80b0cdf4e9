import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { CLIENT, CLIENT_OPTIONS } from "./options.ts";
import { registerReports } from "./report/panels.ts";

let client: LanguageClient | undefined;

/** Called by the editor in the browser when the first unit file is opened; fails where no worker can be made. */
export async function activate(context: ExtensionContext): Promise<void> {
  const worker = new Worker(Uri.joinPath(context.extensionUri, "dist/server.web.js").toString(true));
  client = new LanguageClient(CLIENT.id, CLIENT.name, worker, CLIENT_OPTIONS);
  registerReports(context, client);
  await client.start();
}

/** Called by the editor when the extension is switched off. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
