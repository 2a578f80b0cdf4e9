import { readUnpackedBundle } from "../manual/bundle.ts";
import { manualOf } from "../manual/manual.ts";
import { NO_FILES } from "../server/fileAccess.ts";
import { serveClient } from "../server/handshake.ts";
import { MANUAL_DATA_REQUEST } from "../server/protocol.ts";

/** Runs the server in this web worker. */
export async function serveInWorker(): Promise<void> {
  const { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } = await import(
    "vscode-languageserver/browser"
  );
  const scope = self as unknown as Worker;
  serveClient(
    (options) =>
      createConnection(ProposedFeatures.all, new BrowserMessageReader(scope), new BrowserMessageWriter(scope), options),
    NO_FILES,
    (connection) =>
      async (source, { views }) => {
        if (source === "installed" || !views()) return undefined;
        const answer = connection.sendRequest<Uint8Array<ArrayBuffer> | null>(MANUAL_DATA_REQUEST);
        const data = await answer.catch(() => null);
        const pages = data ? await readUnpackedBundle(data) : [];
        return pages.length > 0 ? { manual: manualOf(pages), origin: "bundled" } : undefined;
      },
  );
}
