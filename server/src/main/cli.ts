import { run } from "../cli/main.ts";
import { wantsColours } from "../cli/terminal.ts";
import { runServer } from "./node.ts";
import { nodeHost } from "./nodeHost.ts";
import { nodeManual } from "./nodeManual.ts";
import { progressBar } from "./progress.ts";
import { writeFiles } from "./writeFiles.ts";

/** Runs the command line on the arguments of this process, with `lsp` the server. */
export async function runCommandLine(): Promise<void> {
  const argv = process.argv.slice(2);
  // A reader that has seen enough, such as `head`, ends the program silently.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  const isServer = argv[0] === "lsp" && !argv.includes("--help") && !argv.includes("-h");
  if (!isServer && !argv[0]?.startsWith("--stdio")) return runHere(argv);
  if (!argv.some((it) => /^--(?:stdio|node-ipc|socket|pipe)/.test(it))) process.argv.push("--stdio");
  await runServer();
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
  const source = argv[0] === "explain" ? await nodeManual("auto", quiet) : undefined;
  const { writes, end } = run(argv, nodeHost, terminal, source);
  const { failures, signal } = await writeFiles(writes);
  const { stdout, stderr, status } = end(failures);
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = status;
  // Whoever waits for this program sees what ended it.
  if (signal) process.kill(process.pid, signal);
}
