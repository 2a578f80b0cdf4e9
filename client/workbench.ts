import type { ExtensionContext } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { registerStatus } from "./status/item.ts";

/** Adds what the editor shows around unit files: the status item. */
export function registerWorkbench(context: ExtensionContext, client: BaseLanguageClient): void {
  registerStatus(context, client);
}
