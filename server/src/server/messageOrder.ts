import {
  type Connection,
  ErrorCodes,
  Message,
  type MessageStrategy,
  type NotificationMessage,
  ResponseError,
} from "vscode-languageserver";
import { MALFORMED } from "./params.ts";

/** What a request becomes that LSP does not allow at this moment. */
const OUT_OF_ORDER = "unitWarden/outOfOrder";

/** Why a request is refused. */
interface Refusal {
  readonly code: number;
  readonly sentence: string;
}

const UNGREETED: Refusal = {
  code: ErrorCodes.ServerNotInitialized,
  sentence: "the first request has to be initialize",
};
const GREETED: Refusal = { code: ErrorCodes.InvalidRequest, sentence: "initialize may be sent only once" };
const OVER: Refusal = { code: ErrorCodes.InvalidRequest, sentence: "after shutdown there are no requests" };

/**
 * Lets a client say nothing before `initialize` and after `shutdown`, as LSP has it: its requests are refused, its
 * notifications are not heard but for `exit`. What is in order is left to `handle`, and so is what is malformed, which has an
 * answer of its own. It remembers one connection.
 */
export function inOrder(handle: MessageStrategy): MessageStrategy {
  let stage: "before" | "during" | "after" = "before";
  const refusalOf = (method: string): Refusal | undefined => {
    if (method === MALFORMED) return undefined;
    if (stage === "after") return OVER;
    if (method === "initialize") return stage === "during" ? GREETED : undefined;
    return stage === "before" ? UNGREETED : undefined;
  };
  return {
    handleMessage(message, next) {
      if (Message.isNotification(message))
        return stage === "during" || message.method === "exit" ? handle.handleMessage(message, next) : undefined;
      if (!Message.isRequest(message)) return handle.handleMessage(message, next);
      const refusal = refusalOf(message.method);
      if (refusal) return next({ ...message, method: OUT_OF_ORDER, params: refusal } as NotificationMessage);
      if (message.method === "initialize") stage = "during";
      if (message.method === "shutdown") stage = "after";
      return handle.handleMessage(message, next);
    },
  };
}

/** Tells the client why its request is refused. */
export function refuseOutOfOrder(connection: Connection): void {
  connection.onRequest(OUT_OF_ORDER, ({ code, sentence }: Refusal) => {
    throw new ResponseError(code, sentence);
  });
}
