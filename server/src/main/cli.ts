import { availableParallelism } from "node:os";
import { join } from "node:path";
import { messageOf } from "../cli/attempts.ts";
import { isBatch } from "../cli/batch.ts";
import { afterWork, beginCommand } from "../cli/begin.ts";
import type { Work, Workplace } from "../cli/command.ts";
import { type Dialogue, isDialogue, NOBODY_ASKED } from "../cli/dialogue.ts";
import { type Errand, isErrand } from "../cli/errand.ts";
import { loadCommand } from "../cli/loadCommand.ts";
import { ending, type Outcome, printed, withoutFile } from "../cli/outcome.ts";
import { READY_TO_SERVE } from "../cli/serverCommand.ts";
import { askedColours, type Terminal, wantsColours } from "../cli/terminal.ts";
import type { LoadManual } from "../server/manuals.ts";
import { finishBatch } from "./batches.ts";
import { nodeHost } from "./nodeHost.ts";
import { progressBar } from "./progress.ts";
import type { ThreadData } from "./thread.ts";
import type { ThreadStart } from "./threads.ts";

/** Runs the command line on the arguments of this process, with `lsp` or `mcp` a server. */
export async function runCommands(): Promise<void> {
  const argv = process.argv.slice(2);
  endWithReaders();
  // Editors start the server also without the name of the command.
  const [name, ...rest] = argv[0] === "--stdio" ? ["lsp", ...argv] : argv;
  if (name !== "mcp" && name !== "lsp") return runHere(argv);
  if (!(await isReady(name, rest))) return runHere([name, ...rest]);
  if (name === "mcp") return runMcp();
  if (!argv.some((it) => /^--(?:stdio|node-ipc|socket|pipe)/.test(it))) process.argv.push("--stdio");
  // Loaded where it is needed: a command pays for no protocol.
  await (await import("./node.ts")).serveOnNode();
}

/** The status of a program that SIGPIPE ends. */
const NOBODY_READS = 141;

/**
 * A reader that has seen enough, such as `head`, ends the program silently, with its status where that is known by then, and never
 * with the one that says that nothing was found. Where nobody reads its messages it goes on.
 */
function endWithReaders(): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? NOBODY_READS);
    process.stderr.write(`unit-warden: standard output: ${messageOf(error)}\n`);
    process.exit(2);
  });
}

/** Whether a server can be started with some arguments; else they ask for help or are wrong. */
async function isReady(name: "mcp" | "lsp", argv: readonly string[]): Promise<boolean> {
  const server =
    name === "mcp"
      ? (await import("../cli/commands/mcp.ts")).mcpCommand
      : (await import("../cli/commands/lsp.ts")).lspCommand;
  const terminal = { colours: false, progress: () => undefined };
  return beginCommand(server, argv, { host: nodeHost, terminal, source: undefined }) === READY_TO_SERVE;
}

async function runHere(argv: readonly string[]): Promise<void> {
  const colours = wantsColours({ argv, stream: process.stdout, env: process.env });
  const { show: progress, beforeText } = progressBar(process.stderr, Date.now);
  const terminal = {
    colours,
    coloursExact: askedColours(argv) === "always",
    isTerminal: process.stdout.isTTY === true,
    progress,
    // A terminal that nobody gave a size says 0.
    width: (process.stdout.columns as number | undefined) || undefined,
    errorWidth: process.stderr.isTTY ? process.stderr.columns || 80 : undefined,
  };
  const source = argv[0] === "explain" ? await installedManual() : undefined;
  const begun = await answered(await begin(argv, { host: nodeHost, terminal, source }));
  const place = { stdout: process.stdout, terminal, beforeText, threads, thread: thread(argv, terminal) };
  if (isErrand(begun)) return runErrand(begun, terminal);
  const { writes, end } = afterWork(isBatch(begun) ? await finishBatch(begun, place) : begun, terminal);
  // What writes needs much of Node.js, which a command that only reads does not wait for.
  const write = async (files: typeof writes) => (await import("./writeFiles.ts")).writeFiles(files);
  const written = writes.length > 0 ? await write(writes) : undefined;
  const outcome = end(written?.failures ?? new Map());
  if (!outcome.file || written?.signal) return endWith(outcome, written?.signal);
  const last = await write([outcome.file]);
  endWith(withoutFile(outcome, last.failures), last.signal);
}

/** Has questions answered that a command begins with. */
async function answered(begun: Work): Promise<Exclude<Work, Dialogue>> {
  if (!isDialogue(begun)) return begun;
  const { nodeAsker } = await import("./nodeAsker.ts");
  const asker = nodeAsker();
  return asker ? begun.talk(asker) : { ...ending("", [NOBODY_ASKED], false), status: 2 };
}

/** A command pays for no other; all are loaded for help, and for what is none. */
async function begin(argv: readonly string[], place: Workplace): Promise<Work> {
  const [name, ...rest] = argv;
  const command = await loadCommand(name);
  if (command) return beginCommand(command, rest, place);
  const all = await import("../cli/main.ts");
  return all.begin(argv, place.host, place.terminal, place.source);
}

/** What acts on the machine needs more of Node.js than other commands pay for. */
async function runErrand(errand: Errand, terminal: Terminal): Promise<void> {
  const { doErrand } = await import("./errands.ts");
  const { ending, signal } = await doErrand(errand);
  endWith(printed(ending, terminal), signal);
}

function endWith({ stdout, stderr, status }: Outcome, signal: NodeJS.Signals | undefined): void {
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = status;
  // The last thing that happens, once all is written: what Node.js would free piece by piece goes with the process.
  process.on("exit", (it) => process.exit(it));
  // Whoever waits for this program sees what ended it.
  if (signal) process.kill(process.pid, signal);
}

/** The library is a bundle of its own, as only this needs it; the extension comes without. */
async function runMcp(): Promise<void> {
  const library = await import("./mcp.ts").catch(() => undefined);
  if (!library) return endWith({ stdout: "", stderr: NO_MCP, status: 2 }, undefined);
  const { serveMcp } = library;
  const { answerTool } = await import("../cli/mcp/answer.ts");
  serveMcp(async (input) => {
    const source = input.argv[0] === "explain" ? await installedManual() : undefined;
    return answerTool(input, nodeHost, source);
  });
}

const NO_MCP = "unit-warden: this installation has no mcp; the npm package and the executable have it\n";

/** The manual of the machine or the package, whichever there is. */
const installedManual: () => ReturnType<LoadManual> = async () =>
  (await import("./nodeManual.ts")).nodeManual("auto", { views: () => false, log: () => undefined });

/** Fewer files than these are done sooner than a thread starts and learns of their neighbours. */
const WORTH_A_THREAD = 400;

/** Each thread has its own index of all units: more of them would cost more memory than they save time. */
const MOST_THREADS = 4;

/** How many threads some files are worth; whoever knows better says so in the environment. */
function threads(files: number): number {
  // A program of one file has no bundle that a thread could start with.
  if (__filename === process.execPath) return 1;
  const wanted = Number(process.env.UNIT_WARDEN_THREADS);
  if (Number.isInteger(wanted) && wanted > 0) return wanted;
  return Math.min(availableParallelism(), MOST_THREADS, Math.floor(files / WORTH_A_THREAD));
}

/** Starts the program as a thread, which makes the batch of a command line again. */
function thread(argv: readonly string[], { colours, coloursExact = false, isTerminal, width }: Terminal): ThreadStart {
  const data: ThreadData = { argv, colours, coloursExact, isTerminal, width };
  const start = JSON.stringify(join(__dirname, "cli.js"));
  return { code: `globalThis.unitWardenThread = ${JSON.stringify(argv[0])}; require(${start});`, data };
}
