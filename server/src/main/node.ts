import { serve } from "../server/connection.ts";
import { nodeFiles } from "./nodeFiles.ts";
import { nodeManual } from "./nodeManual.ts";

/** Runs the server on the transport that the arguments of this process name; fails where they name none. */
export async function runServer(): Promise<void> {
  const { createConnection, ProposedFeatures } = await import("vscode-languageserver/node");
  serve(createConnection(ProposedFeatures.all), nodeFiles, nodeManual);
}
