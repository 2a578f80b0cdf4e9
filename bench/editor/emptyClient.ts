import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

/** Called by the editor; starts a server that has one thing to say, and no more. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("server.js");
  const server = { module, transport: TransportKind.ipc };
  client = new LanguageClient("empty", "Empty", server, { documentSelector: [{ language: "systemd" }] });
  await client.start();
}

/** Called by the editor when the extension is switched off. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
