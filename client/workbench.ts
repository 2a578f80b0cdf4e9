import type { ExtensionContext } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { registerBadges } from "./explorer/badges.ts";
import { registerStart } from "./start/startCommands.ts";
import { registerStatus } from "./status/item.ts";

/** Adds what the editor shows around unit files: the status item, badges in the explorer and the first steps. */
export function registerWorkbench(context: ExtensionContext, client: BaseLanguageClient): void {
  registerStatus(context, client);
  registerBadges(context, client);
  registerStart(context);
}
