import { type ExtensionContext, Uri, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { MANUAL_DATA_REQUEST } from "../server/src/server/protocol.ts";
import { registerCreate } from "./create/createCommands.ts";
import { registerEffective } from "./effective/document.ts";
import { registerFailures } from "./failure/failureCommands.ts";
import { answerFileRequests } from "./files.ts";
import { registerPickers } from "./hardening/pickers.ts";
import { registerPreview } from "./hardening/preview.ts";
import { offerLanguage } from "./languageOffer.ts";
import { registerManual } from "./manual/manualCommands.ts";
import { registerNix } from "./nix.ts";
import { announceTrust, CLIENT, clientOptions } from "./options.ts";
import { registerReports } from "./report/panels.ts";
import { registerRules } from "./rules/ruleCommands.ts";
import { registerSandbox } from "./sandbox/sandboxCommands.ts";
import { registerWorkbench } from "./workbench.ts";

let client: LanguageClient | undefined;

/** Called by the editor in the browser when the first unit file is opened; fails where no worker can be made. */
export async function activate(context: ExtensionContext): Promise<void> {
  const worker = new Worker(Uri.joinPath(context.extensionUri, "dist/unit-warden.js").toString(true));
  client = new LanguageClient(CLIENT.id, CLIENT.name, worker, clientOptions());
  offerLanguage(context);
  answerFileRequests(client);
  registerReports(context, client);
  registerSandbox(context, client);
  registerPreview(context, client);
  registerPickers(context, client);
  registerEffective(context, client);
  registerManual(context, client);
  registerRules(context);
  registerFailures(context, client);
  registerNix(context, client);
  registerWorkbench(context, client);
  registerCreate(context, client);
  const data = Uri.joinPath(context.extensionUri, "dist/manual.pages");
  client.onRequest(MANUAL_DATA_REQUEST, () =>
    workspace.fs.readFile(data).then(
      (bytes) => bytes,
      () => null,
    ),
  );
  announceTrust(context, client);
  await client.start();
}

/** Called by the editor when the extension is switched off. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
