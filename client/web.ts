import { Uri, workspace } from "vscode";
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from "vscode-languageclient/browser";
import { MANUAL_DATA_REQUEST } from "../server/src/server/protocol.ts";
import { CLIENT } from "./options.ts";
import type { Platform } from "./platform.ts";
import { endedTransports } from "./server/transports.ts";

/** The server is a worker, which cannot read the manual of the package itself. */
export const browser: Platform = {
  connect(context, options) {
    const script = Uri.joinPath(context.extensionUri, "dist/unit-warden.js").toString(true);
    let end = (): void => undefined;
    const begin = async (): Promise<MessageTransports> => {
      try {
        const worker = new Worker(script);
        const reader = new WorkerReader(worker);
        end = () => {
          worker.terminate();
          reader.close();
        };
        // It is no longer known what state it is in, as of a process, which ends then.
        worker.addEventListener("error", end);
        return { reader, writer: new BrowserMessageWriter(worker) };
      } catch (error) {
        client.error("The worker of the server could not be made", error, false);
        return endedTransports();
      }
    };
    const client = new LanguageClient(CLIENT.id, CLIENT.name, begin, options);
    return { client, end: () => end() };
  },
  register(context, client) {
    const data = Uri.joinPath(context.extensionUri, "dist/manual.pages");
    client.onRequest(MANUAL_DATA_REQUEST, () =>
      workspace.fs.readFile(data).then(
        (bytes) => bytes,
        () => null,
      ),
    );
  },
};

/** A worker that is terminated tells nobody. */
class WorkerReader extends BrowserMessageReader {
  close(): void {
    this.fireClose();
  }
}
