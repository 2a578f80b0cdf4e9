import { PassThrough } from "node:stream";
import { createConnection } from "vscode-languageserver/node";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import type { FileAccess } from "../../server/src/server/fileAccess.ts";
import { serveClient } from "../../server/src/server/handshake.ts";

/** An editor whose server runs in this process over some files; it answers requests of the server with nothing. */
export function inProcess(files: FileAccess): MessageConnection {
  const [to, from] = [new PassThrough(), new PassThrough()];
  serveClient(
    (options) => createConnection(new StreamMessageReader(to), new StreamMessageWriter(from), options),
    files,
    () => () => Promise.resolve(undefined),
  );
  const client = createMessageConnection(new StreamMessageReader(from), new StreamMessageWriter(to));
  client.onRequest(() => null);
  return client;
}
