import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { Figure } from "./figure.ts";
import { median } from "./numbers.ts";

/** Where the programs are that start-up is measured with. */
export interface StartUpPlaces {
  /** Where the bundles are. */
  readonly dist: string;
  /** The bundle of the empty server. */
  readonly empty: string;
  /** A folder that takes the compiled code: that of the reader's own cache is left alone. */
  readonly cache: string;
  readonly rounds: number;
}

const UNIT = "examples/1-careless.service";

/** How long `initialize` and `check` of one file take, against the `initialize` of a server that does nothing: what Node.js needs by itself differs too much between its versions. */
export async function startUp({ dist, empty, cache, rounds }: StartUpPlaces): Promise<Figure[]> {
  const kept = { ...process.env, XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: "" };
  const none = { ...kept, NODE_DISABLE_COMPILE_CACHE: "1" };
  const server = [`${dist}/server.js`, "--stdio"];
  const command = [`${dist}/cli.js`, "check", UNIT];
  await session(server, kept);
  const later: number[] = [];
  const first: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const base = await untilInitialized([empty, "--stdio"], kept);
    later.push((await untilInitialized(server, kept)) / base);
    first.push((await untilInitialized(server, none)) / base);
  }
  run(command, kept);
  const checks: number[] = [];
  const firstChecks: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const base = await untilInitialized([empty, "--stdio"], kept);
    checks.push(run(command, kept) / base);
    firstChecks.push(run(command, none) / base);
  }
  return [
    { what: "`initialize`, ours / empty server", value: median(later), target: 1.5 },
    { what: "the same without code kept from an earlier run", value: median(first) },
    { what: "`check` of one file / `initialize` of the empty server", value: median(checks), target: 2.5 },
    { what: "the same without code kept from an earlier run", value: median(firstChecks) },
  ];
}

/** Milliseconds until a process has ended. */
function run(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const start = performance.now();
  const { error, signal } = spawnSync(process.execPath, args, { stdio: "ignore", env });
  if (error || signal) throw error ?? new Error(`node ${args.join(" ")} ended by ${signal}`);
  return performance.now() - start;
}

const message = (body: object): string => {
  const text = JSON.stringify({ jsonrpc: "2.0", ...body });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

const INITIALIZE = message({
  id: 1,
  method: "initialize",
  params: { processId: null, rootUri: null, capabilities: {} },
});

/** Milliseconds from the start of a server to its answer to `initialize`. */
async function untilInitialized(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], env });
  child.stdin.write(INITIALIZE);
  await once(child.stdout, "data");
  const taken = performance.now() - start;
  child.kill("SIGKILL");
  await once(child, "exit");
  return taken;
}

/** A whole session, with whose end a server keeps its code. */
async function session(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], env });
  child.stdin.write(INITIALIZE);
  await once(child.stdout, "data");
  child.stdin.write(message({ method: "initialized", params: {} }));
  child.stdin.write(message({ id: 2, method: "shutdown" }));
  await once(child.stdout, "data");
  child.stdin.write(message({ method: "exit" }));
  await once(child, "exit");
}
