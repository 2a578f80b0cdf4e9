import { Uri, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { MANUAL_DATA_REQUEST } from "../server/src/server/protocol.ts";
import { CLIENT } from "./options.ts";
import type { Platform } from "./platform.ts";

/** The server is a worker, which cannot read the manual of the package itself. */
export const browser: Platform = {
  client(context, options) {
    const worker = new Worker(Uri.joinPath(context.extensionUri, "dist/unit-warden.js").toString(true));
    return new LanguageClient(CLIENT.id, CLIENT.name, worker, options);
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
