import { run } from "../cli/main.ts";
import { wantsColours } from "../cli/terminal.ts";
import { nodeHost } from "./nodeHost.ts";
import { progressBar } from "./progress.ts";

/** Runs the command line on the arguments of this process, with `lsp` the server. */
export async function runCommands(): Promise<void> {
  const argv = process.argv.slice(2);
  // A reader that has seen enough, such as `head`, ends the program silently.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  const isServer = argv[0] === "lsp" && !argv.includes("--help") && !argv.includes("-h");
  if (!isServer && !argv[0]?.startsWith("--stdio")) return runHere(argv);
  if (!argv.some((it) => /^--(?:stdio|node-ipc|socket|pipe)/.test(it))) process.argv.push("--stdio");
  // Loaded where it is needed: a command pays for no protocol.
  await (await import("./node.ts")).serveOnNode();
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
  const quiet = { views: () => false, log: () => undefined };
  const source = argv[0] === "explain" ? await (await import("./nodeManual.ts")).nodeManual("auto", quiet) : undefined;
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
