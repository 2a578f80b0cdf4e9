import type { CliCommand } from "./command.ts";

/** Commands that are loaded without the others; any other is looked for among all. */
const LOADED_ALONE: Readonly<Record<string, () => Promise<CliCommand>>> = {
  check: async () => (await import("./commands/check.ts")).checkCommand,
  security: async () => (await import("./commands/security.ts")).securityCommand,
  harden: async () => (await import("./commands/harden.ts")).hardenCommand,
  learn: async () => (await import("./commands/learn.ts")).learnCommand,
  try: async () => (await import("./commands/try.ts")).tryCommand,
  format: async () => (await import("./commands/format.ts")).formatCommand,
  show: async () => (await import("./commands/show.ts")).showCommand,
  sandbox: async () => (await import("./commands/sandbox.ts")).sandboxCommand,
  explain: async () => (await import("./commands/explain.ts")).explainCommand,
  new: async () => (await import("./commands/new.ts")).newCommand,
};

/** Loads one command; undefined for what may be one that only the table of all has, and for what is none. */
export async function loadCommand(name: string | undefined): Promise<CliCommand | undefined> {
  return name !== undefined && Object.hasOwn(LOADED_ALONE, name) ? LOADED_ALONE[name]?.() : undefined;
}
