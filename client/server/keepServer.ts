import { type Disposable, type LogOutputChannel, l10n } from "vscode";
import {
  type BaseLanguageClient,
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type LanguageClientOptions,
  State,
} from "vscode-languageclient";
import { tellWarning } from "../saying.ts";
import { crashes } from "./crashes.ts";

/** How a client notices that its server failed. */
export type ServerHooks = Required<Pick<LanguageClientOptions, "errorHandler" | "initializationFailedHandler">>;

/** A client, and what ends its server at once, whatever that is doing; nothing where there is none. */
export interface Connected {
  readonly client: BaseLanguageClient;
  readonly end: () => void;
}

/** A client whose server comes back when it ends. */
export interface KeptServer extends Disposable {
  readonly client: BaseLanguageClient;
  /** Starts the server; what fails is in the log, and tried again. */
  start(): Promise<void>;
  /** Starts the server again, or now where it waits; done once it runs, or has to wait. */
  restart(): Promise<void>;
}

/**
 * Keeps the server of a client going. After a crash it is started again at once; after too many in a short time it waits,
 * longer each time, and says so the first time. A restart is asked for by ending the server: one that does not answer any
 * more could not be asked to leave.
 */
export function keepServer(log: LogOutputChannel, connect: (hooks: ServerHooks) => Connected): KeptServer {
  const counted = crashes();
  let isAsked = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const closed = (): CloseHandlerResult => {
    if (isAsked) {
      isAsked = false;
      return { action: CloseAction.Restart, handled: true, message: "The server is started again." };
    }
    const { wait, isFirst } = counted.next(Date.now());
    if (wait === 0) {
      return { action: CloseAction.Restart, handled: true, message: "The server crashed and is started again." };
    }
    const seconds = Math.round(wait / 1000);
    waiting = setTimeout(() => void start(), wait);
    if (isFirst) say(seconds);
    const message = `The server crashed too often in a short time. It is started again in ${seconds} seconds.`;
    return { action: CloseAction.DoNotRestart, handled: true, message };
  };

  const say = (seconds: number): void => {
    const now = l10n.t("Restart now");
    const show = l10n.t("Show log");
    const message = l10n.t("Unit Warden's server keeps crashing. It starts again in {0} seconds.", seconds);
    void tellWarning(message, now, show).then((answer) => {
      if (answer === now) void restart();
      if (answer === show) log.show(true);
    });
  };

  const { client, end } = connect({
    errorHandler: { error: () => ({ action: ErrorAction.Continue, handled: true }), closed },
    // What did not understand its first message answers nothing later: it ends, and counts as a crash.
    initializationFailedHandler: () => {
      end();
      return false;
    },
  });
  // Each failed attempt would be a message of its own.
  const write = client.error.bind(client);
  client.error = (message, data) => write(message, data, false);
  // A command that is chosen meanwhile shows its error to the reader.
  const ask = client.sendRequest.bind(client) as (...args: readonly unknown[]) => Promise<unknown>;
  client.sendRequest = ((...args: readonly unknown[]) =>
    waiting === undefined
      ? ask(...args)
      : Promise.reject(
          new Error(l10n.t("Unit Warden's server is not running. Restart server starts it now.")),
        )) as typeof client.sendRequest;

  const start = async (): Promise<void> => {
    clearTimeout(waiting);
    waiting = undefined;
    await client.start().catch(() => undefined);
  };
  const restart = async (): Promise<void> => {
    counted.forget();
    const { state } = client;
    if (state !== State.Running && state !== State.Starting) return start();
    const settled = new Promise<void>((resolve) => {
      const listening = client.onDidChangeState(({ newState }) => {
        if (newState !== State.Running && waiting === undefined) return;
        listening.dispose();
        resolve();
      });
    });
    isAsked = true;
    end();
    await settled;
  };
  return { client, start, restart, dispose: () => clearTimeout(waiting) };
}
