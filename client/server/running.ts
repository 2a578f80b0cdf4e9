import type { Disposable } from "vscode";
import { type BaseLanguageClient, State } from "vscode-languageclient";

/** Calls back whenever a server runs that has not been asked anything yet: the first one, and each after a restart. */
export const onRunning = (client: BaseLanguageClient, run: () => void): Disposable =>
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) run();
  });
