import type { Connection } from "vscode-languageserver";

/** Keeps one failed answer from ending the server: the client is told in the log, and gets an empty answer. */
export interface Guard {
  readonly run: <T>(answer: () => T, fallback: T) => T;
  /** Writes an error to the client's log. */
  readonly complain: (error: unknown) => void;
}

/** The guard of a connection. */
export function guardOf(connection: Connection): Guard {
  const complain = (error: unknown): void =>
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return {
    complain,
    run: (answer, fallback) => {
      try {
        return answer();
      } catch (error) {
        complain(error);
        return fallback;
      }
    },
  };
}
