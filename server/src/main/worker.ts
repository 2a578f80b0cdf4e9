import { readCompressedBundle } from "../manual/bundle.ts";
import { manualOf } from "../manual/manual.ts";
import { serve } from "../server/connection.ts";
import { NO_FILES } from "../server/files.ts";
import { CHECKED_MESSAGES } from "../server/params.ts";
import { MANUAL_DATA_REQUEST } from "../server/protocol.ts";

/** Runs the server in this web worker. */
export async function runWorker(): Promise<void> {
  const { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } = await import(
    "vscode-languageserver/browser"
  );
  const scope = self as unknown as Worker;
  const connection = createConnection(
    ProposedFeatures.all,
    new BrowserMessageReader(scope),
    new BrowserMessageWriter(scope),
    { messageStrategy: CHECKED_MESSAGES },
  );
  serve(connection, NO_FILES, async (source, { views }) => {
    if (source === "installed" || !views()) return undefined;
    const data = await connection.sendRequest<Uint8Array<ArrayBuffer> | null>(MANUAL_DATA_REQUEST).catch(() => null);
    const pages = data ? await readCompressedBundle(data) : [];
    return pages.length > 0 ? { manual: manualOf(pages), origin: "bundled" } : undefined;
  });
}
