import { EventEmitter, type ExtensionContext, LogLevel, type LogOutputChannel, window, workspace } from "vscode";
import { CLIENT } from "../options.ts";

/** Which messages between editor and server are written into the log; the library reads it as well. */
const TRACE = "trace.server";

/** Where the client writes to. */
export interface ServerLog {
  readonly outputChannel: LogOutputChannel;
  readonly traceOutputChannel: LogOutputChannel;
}

/**
 * The log of the server, which stays when the server is started again. The library traces messages only into a channel whose
 * level the reader has lowered by hand; with this one the setting decides alone.
 */
export function serverLog({ subscriptions }: ExtensionContext): ServerLog {
  const outputChannel = window.createOutputChannel(CLIENT.name, { log: true });
  const changed = new EventEmitter<LogLevel>();
  const level = (): LogLevel =>
    workspace.getConfiguration(CLIENT.id).get(TRACE, "off") === "off" ? LogLevel.Info : LogLevel.Trace;
  subscriptions.push(
    outputChannel,
    changed,
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${CLIENT.id}.${TRACE}`)) changed.fire(level());
    }),
  );
  const traceOutputChannel: LogOutputChannel = {
    ...outputChannel,
    get logLevel() {
      return level();
    },
    onDidChangeLogLevel: changed.event,
    trace: (message, ...args) => outputChannel.info(message, ...args),
  };
  return { outputChannel, traceOutputChannel };
}
