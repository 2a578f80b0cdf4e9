import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { registerCreate } from "./create/createCommands.ts";
import { machine } from "./create/machine.ts";
import { registerEffective } from "./effective/document.ts";
import { registerFailures } from "./failure/failureCommands.ts";
import { systemd } from "./failure/systemd.ts";
import { answerFileRequests } from "./files.ts";
import { registerPickers } from "./hardening/pickers.ts";
import { registerPreview } from "./hardening/preview.ts";
import { offerLanguage } from "./languageOffer.ts";
import { registerBundles } from "./learn/bundleCommands.ts";
import { registerLearn } from "./learn/learnCommands.ts";
import { registerManual } from "./manual/manualCommands.ts";
import { registerNix } from "./nix.ts";
import { announceTrust, CLIENT, clientOptions } from "./options.ts";
import { registerReports } from "./report/panels.ts";
import { registerRules } from "./rules/ruleCommands.ts";
import { registerSandbox } from "./sandbox/sandboxCommands.ts";
import { registerTools, showTools } from "./tools/toolCommands.ts";
import { registerWorkbench } from "./workbench.ts";

let client: LanguageClient | undefined;

/** Called by the editor when the first unit file is opened; fails where the server does not start. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("dist/server.js");
  // Node keeps there what it has compiled, so that the server starts sooner the next time.
  const env = { NODE_COMPILE_CACHE: Uri.joinPath(context.globalStorageUri, "compiled").fsPath };
  const server = { module, transport: TransportKind.ipc, options: { env } };
  client = new LanguageClient(CLIENT.id, CLIENT.name, server, clientOptions());
  offerLanguage(context);
  answerFileRequests(client);
  registerReports(context, client);
  registerSandbox(context, client);
  registerPreview(context, client);
  registerPickers(context, client);
  registerEffective(context, client);
  registerManual(context, client);
  registerRules(context);
  registerTools(context);
  registerBundles(context, client);
  registerLearn(context, client);
  registerFailures(context, client, systemd);
  registerNix(context, client);
  registerWorkbench(context, client);
  registerCreate(context, client, machine);
  announceTrust(context, client);
  await client.start();
  // What the menus offer may come a little later than the rest.
  showTools(client).catch((error: unknown) => client?.error("The tools of this machine are not known", error, false));
}

/** Called by the editor when the extension is switched off. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
