import { Uri } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { machine } from "./create/machine.ts";
import { registerFailedLens } from "./failure/failedLens.ts";
import { failedResult, systemd } from "./failure/systemd.ts";
import { registerBundles } from "./learn/bundleCommands.ts";
import { registerLearn } from "./learn/learnCommands.ts";
import { CLIENT } from "./options.ts";
import type { Platform } from "./platform.ts";
import { registerTools, showTools } from "./tools/toolCommands.ts";

/** The server is a process, and the systemd of the machine can be asked. */
export const desktop: Platform = {
  client(context, options) {
    const module = context.asAbsolutePath("dist/server.js");
    // Node keeps there what it has compiled, so that the server starts sooner the next time.
    const env = { NODE_COMPILE_CACHE: Uri.joinPath(context.globalStorageUri, "compiled").fsPath };
    const server = { module, transport: TransportKind.ipc, options: { env } };
    return new LanguageClient(CLIENT.id, CLIENT.name, server, options);
  },
  machine,
  systemd,
  register(context, client) {
    registerTools(context);
    registerBundles(context, client);
    registerLearn(context, client);
    registerFailedLens(context, failedResult);
  },
  started(client) {
    // What the menus offer may come a little later than the rest.
    showTools(client).catch((error: unknown) => client.error("The tools of this machine are not known", error, false));
  },
};
