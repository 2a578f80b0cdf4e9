import { serveClient } from "../server/handshake.ts";
import { nodeFiles } from "./nodeFiles.ts";

/** Runs the server on the transport that the arguments of this process name; fails where they name none. */
export async function serveOnNode(): Promise<void> {
  const { createConnection, ProposedFeatures } = await import("vscode-languageserver/node");
  serveClient(
    (options) => createConnection(ProposedFeatures.all, options),
    nodeFiles,
    () => async (source, reader) => (await import("./nodeManual.ts")).nodeManual(source, reader),
  );
}
