import type { ExtensionContext } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { registerCreate } from "./create/createCommands.ts";
import { registerEffective } from "./effective/document.ts";
import { registerFailures } from "./failure/failureCommands.ts";
import { answerFileRequests } from "./files.ts";
import { registerPickers } from "./hardening/pickers.ts";
import { registerPreview } from "./hardening/preview.ts";
import { offerLanguage } from "./languageOffer.ts";
import { registerManual } from "./manual/manualCommands.ts";
import { registerNix } from "./nix.ts";
import { announceTrust, clientOptions } from "./options.ts";
import type { Platform } from "./platform.ts";
import { registerReports } from "./report/panels.ts";
import { registerRules } from "./rules/ruleCommands.ts";
import { registerSandbox } from "./sandbox/sandboxCommands.ts";
import { registerWorkbench } from "./workbench.ts";

let client: BaseLanguageClient | undefined;

/** Called by the editor when the first unit file is opened; fails where the server does not start. */
export async function activate(context: ExtensionContext): Promise<void> {
  const platform = await platformHere();
  client = platform.client(context, clientOptions());
  offerLanguage(context);
  answerFileRequests(client);
  registerReports(context, client);
  registerSandbox(context, client);
  registerPreview(context, client);
  registerPickers(context, client);
  registerEffective(context, client);
  registerManual(context, client);
  registerRules(context);
  platform.register(context, client);
  registerFailures(context, client, platform.systemd);
  registerNix(context, client);
  registerWorkbench(context, client);
  registerCreate(context, client, platform.machine);
  announceTrust(context, client);
  await client.start();
  platform.started?.(client);
}

/** Only what is loaded here may ask for modules of Node.js: a browser has none, and fails when they are asked for. */
async function platformHere(): Promise<Platform> {
  const isNode = typeof process === "object" && typeof process.versions?.node === "string";
  return isNode ? (await import("./node.ts")).desktop : (await import("./web.ts")).browser;
}

/** Called by the editor when the extension is switched off. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
