import { serveClient } from "../server/handshake.ts";
import { framing } from "./framing.ts";
import { nodeFiles } from "./nodeFiles.ts";
import { joinMessages } from "./wholeMessages.ts";

/** Runs the server on the transport that the arguments of this process name; fails where they name none. */
export async function serveOnNode(): Promise<void> {
  const { createConnection, ProposedFeatures } = await import("vscode-languageserver/node");
  if (process.argv.includes("--stdio")) {
    watchStreams();
    joinMessages(process.stdout);
  }
  serveClient(
    (options) => createConnection(ProposedFeatures.all, options),
    nodeFiles,
    () => async (source, reader) => (await import("./nodeManual.ts")).nodeManual(source, reader),
  );
}

/** Ends the process where there is nothing more to read or nobody to answer: its client is gone, or cannot be understood. */
function watchStreams(): void {
  const follow = framing();
  process.stdin.on("data", (part: Buffer) => {
    const problem = follow(part);
    if (problem === undefined) return;
    process.stderr.write(`unit-warden: ${problem}. The session ends.\n`);
    process.exit(PROTOCOL_FAILED);
  });
  for (const stream of [process.stdin, process.stdout, process.stderr])
    stream.on("error", () => process.exit(CLIENT_GONE));
}

/** How the process ends then: as the library ends it where its input does without a farewell, and otherwise. */
const CLIENT_GONE = 1;
const PROTOCOL_FAILED = 2;
