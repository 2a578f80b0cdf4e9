import type { CliCommand } from "./command.ts";
import { checkCommand } from "./commands/check.ts";
import { completionCommand } from "./commands/completion.ts";
import { explainCommand } from "./commands/explain.ts";
import { formatCommand } from "./commands/format.ts";
import { hardenCommand } from "./commands/harden.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { learnCommand } from "./commands/learn.ts";
import { lspCommand } from "./commands/lsp.ts";
import { mcpCommand } from "./commands/mcp.ts";
import { newCommand } from "./commands/new.ts";
import { sandboxCommand } from "./commands/sandbox.ts";
import { securityCommand } from "./commands/security.ts";
import { showCommand } from "./commands/show.ts";
import { tryCommand } from "./commands/try.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly CliCommand[] = [
  checkCommand,
  securityCommand,
  hardenCommand,
  learnCommand,
  tryCommand,
  formatCommand,
  showCommand,
  sandboxCommand,
  inspectCommand,
  explainCommand,
  newCommand,
  completionCommand(() => KNOWN_COMMANDS),
];

/** The same with the servers, which only read their arguments here. */
export const KNOWN_COMMANDS: readonly CliCommand[] = [...COMMANDS, mcpCommand, lspCommand];
