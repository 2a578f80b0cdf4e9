import {
  type Connection,
  type ConnectionOptions,
  LSPErrorCodes,
  Message,
  type ResponseMessage,
} from "vscode-languageserver";
import { hasFiles, offerTo } from "./capabilities.ts";
import { withClientFiles } from "./clientFiles.ts";
import type { FileAccess } from "./fileAccess.ts";
import { introduced } from "./introduction.ts";
import type { LoadManual } from "./manuals.ts";
import { MessageGate } from "./messageGate.ts";
import { inOrder, refuseOutOfOrder } from "./messageOrder.ts";
import { checkedMessages, refuseMalformed } from "./params.ts";

/**
 * Serves one client, until its connection ends. `initialize` is answered as soon as it comes; what answers everything else is
 * loaded while the client reads what it is offered, and what the client sends meanwhile waits. What `ownFiles` do not reach,
 * the client is asked for where it can be.
 */
export function serveClient(
  connect: (options: ConnectionOptions) => Connection,
  ownFiles: FileAccess,
  loadManual: (connection: Connection) => LoadManual,
): void {
  const gate = new MessageGate();
  const connection = connect({
    messageStrategy: checkedMessages(inOrder(gate)),
    connectionStrategy: { cancelUndispatched: (message) => cancelled(message) },
  });
  refuseMalformed(connection);
  refuseOutOfOrder(connection);
  connection.onInitialize(async (params) => {
    gate.close();
    const asks = hasFiles(params.initializationOptions);
    const ask = <R>(method: string, content: object): Promise<R> => connection.sendRequest<R>(method, content);
    const files = withClientFiles(ownFiles, ask, () => asks);
    const introduction = await introduced(params, files).catch((error: unknown) => {
      gate.open();
      throw error;
    });
    // The answer is written before any timer runs.
    setTimeout(async () => {
      const { follow } = await import("./connection.ts");
      follow(connection, introduction, files, loadManual(connection));
      gate.open();
    });
    return offerTo(introduction.client, introduction.settings);
  });
  connection.listen();
}

/** What a request is answered that nobody waits for any more before it was begun. */
const cancelled = (message: Message): ResponseMessage | undefined =>
  Message.isRequest(message)
    ? {
        jsonrpc: "2.0",
        id: message.id,
        error: { code: LSPErrorCodes.RequestCancelled, message: "the client has cancelled the request" },
      }
    : undefined;
