import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient, type MessageTransports, TransportKind } from "vscode-languageclient/node";
import { machine } from "./create/machine.ts";
import { registerFailedLens } from "./failure/failedLens.ts";
import { failedResult, systemd } from "./failure/systemd.ts";
import { registerBundles } from "./learn/bundleCommands.ts";
import { registerLearn } from "./learn/learnCommands.ts";
import { CLIENT } from "./options.ts";
import type { Platform } from "./platform.ts";
import { endedTransports } from "./server/transports.ts";
import { registerTools, showTools } from "./tools/toolCommands.ts";

/** The server is a process, and the systemd of the machine can be asked. */
export const desktop: Platform = {
  connect(context, options) {
    const client = new ProcessClient(CLIENT.id, CLIENT.name, serverOf(context), options);
    return { client, end: () => void client.serverProcess?.kill("SIGKILL") };
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

function serverOf(context: ExtensionContext): ConstructorParameters<typeof LanguageClient>[2] {
  const module = context.asAbsolutePath("dist/server.js");
  // Node keeps there what it has compiled, so that the server starts sooner the next time.
  const env = { NODE_COMPILE_CACHE: Uri.joinPath(context.globalStorageUri, "compiled").fsPath };
  return { module, transport: TransportKind.ipc, options: { env } };
}

/** The library never tries again where a process could not even be made, as on a machine without memory. */
class ProcessClient extends LanguageClient {
  protected override createMessageTransports(encoding: string): Promise<MessageTransports> {
    return super.createMessageTransports(encoding).catch((error: unknown) => {
      this.error("The process of the server could not be made", error, false);
      return endedTransports();
    });
  }
}
