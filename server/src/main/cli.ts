import { run } from "../cli/main.ts";
import { answerTool } from "../cli/mcp/answer.ts";
import { wantsColours } from "../cli/terminal.ts";
import type { LoadManual } from "../server/manuals.ts";
import { nodeHost } from "./nodeHost.ts";
import { progressBar } from "./progress.ts";

/** Runs the command line on the arguments of this process, with `lsp` or `mcp` a server. */
export async function runCommandLine(): Promise<void> {
  const argv = process.argv.slice(2);
  // A reader that has seen enough, such as `head`, ends the program silently.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  const isHelp = argv.includes("--help") || argv.includes("-h");
  if (argv[0] === "mcp" && argv.length === 1) return runMcp();
  const isServer = argv[0] === "lsp" && !isHelp;
  if (!isServer && !argv[0]?.startsWith("--stdio")) return runHere(argv);
  if (!argv.some((it) => /^--(?:stdio|node-ipc|socket|pipe)/.test(it))) process.argv.push("--stdio");
  // Loaded where it is needed: a command pays for no protocol.
  await (await import("./node.ts")).runServer();
}

async function runHere(argv: readonly string[]): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const colours = wantsColours(process.stdout, process.env);
  const progress = progressBar(process.stderr, Date.now);
  const terminal = {
    colours,
    isTerminal: process.stdout.isTTY === true,
    progress,
    width: process.stdout.columns as number | undefined,
  };
  const source = argv[0] === "explain" ? await installedManual() : undefined;
  const { writes, end } = run(argv, nodeHost, terminal, source);
  // What writes needs much of Node.js, which a command that only reads does not wait for.
  const written = writes.length > 0 ? await (await import("./writeFiles.ts")).writeFiles(writes) : undefined;
  const { stdout, stderr, status } = end(written?.failures ?? new Map());
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = status;
  // Whoever waits for this program sees what ended it.
  if (written?.signal) process.kill(process.pid, written.signal);
}

/** The library is a bundle of its own, as only this needs it. */
async function runMcp(): Promise<void> {
  const { serveMcp } = await import("./mcp.ts");
  serveMcp(async (input) => {
    const source = input.argv[0] === "explain" ? await installedManual() : undefined;
    return answerTool(input, nodeHost, source);
  });
}

/** The manual of the machine or the package, whichever there is. */
const installedManual: () => ReturnType<LoadManual> = async () =>
  (await import("./nodeManual.ts")).nodeManual("auto", { views: () => false, log: () => undefined });
