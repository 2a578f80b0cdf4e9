import type { ExtensionContext } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { registerCreate } from "./create/createCommands.ts";
import { registerEffective } from "./effective/document.ts";
import { registerFailures } from "./failure/failureCommands.ts";
import { answerFileRequests } from "./files.ts";
import { registerNeedsQuestions } from "./hardening/needsQuestions.ts";
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
import { keepServer } from "./server/keepServer.ts";
import { serverLog } from "./server/log.ts";
import { onRunning } from "./server/running.ts";
import { registerServer } from "./server/serverCommands.ts";
import { registerWorkbench } from "./workbench.ts";

let running: BaseLanguageClient | undefined;

/** Called by the editor when the first unit file is opened. Nothing waits for the server: views say that they do. */
export async function activate(context: ExtensionContext): Promise<void> {
  const platform = await platformHere();
  const log = serverLog(context);
  const server = keepServer(log.outputChannel, (hooks) =>
    platform.connect(context, { ...clientOptions(), ...log, ...hooks }),
  );
  const { client } = server;
  running = client;
  registerServer(context, server, log.outputChannel);
  offerLanguage(context);
  answerFileRequests(client);
  registerReports(context, client);
  registerSandbox(context, client);
  registerPreview(context, client);
  registerNeedsQuestions(context, client);
  registerPickers(context, client);
  registerEffective(context, client);
  registerManual(context, client);
  registerRules(context, client);
  platform.register(context, client);
  registerFailures(context, client, platform.systemd);
  registerNix(context, client);
  registerWorkbench(context, client);
  registerCreate(context, client, platform.machine);
  announceTrust(context, client);
  context.subscriptions.push(onRunning(client, () => platform.started?.(client)));
  void server.start();
}

/** Only what is loaded here may ask for modules of Node.js: a browser has none, and fails when they are asked for. */
async function platformHere(): Promise<Platform> {
  const isNode = typeof process === "object" && typeof process.versions?.node === "string";
  return isNode ? (await import("./node.ts")).desktop : (await import("./web.ts")).browser;
}

/** Called by the editor when the extension is switched off. */
export async function deactivate(): Promise<void> {
  await running?.stop();
}
