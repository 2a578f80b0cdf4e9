import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { MANUAL_INDEX_REQUEST, type ManualIndex } from "../../server/src/server/protocol.ts";
import { LspClient } from "../../test/kit/client.ts";

/** A service with one mistake, which every way to get the program must find. */
const UNIT = "[Service]\nExecStart=/usr/bin/shop\nRestrat=always\n";

/** Runs one step and counts it. */
export type Step = (name: string, work: () => Promise<void> | void) => Promise<void>;

/** How the program is started: a command with its first arguments, and what it sees of the machine. */
export interface Installed {
  readonly command: string;
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a program to its end; fails where it does not end with this status. */
export function finish(
  command: string,
  argv: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly status?: number;
    readonly input?: string;
  } = {},
): string {
  const { status: wanted = 0, ...where } = options;
  const { status, stdout, stderr, error } = spawnSync(command, argv, {
    ...where,
    encoding: "utf8",
    timeout: 590_000,
    maxBuffer: 1 << 26,
  });
  if (error) throw error;
  assert.equal(status, wanted, `${command} ${argv.join(" ")} ended with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

/** The environment of someone who has Node.js and nothing of ours, with a home of their own and no way into a network. */
export function bareEnvironment(home: string): NodeJS.ProcessEnv {
  return { HOME: home, PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, ...NO_NETWORK };
}

/** Nothing listens there. */
const NO_NETWORK = {
  npm_config_registry: "http://127.0.0.1:9/",
  npm_config_offline: "true",
  npm_config_audit: "false",
};

/** Does something in an empty folder outside of the project, which is gone afterwards. */
export async function inEmptyFolder<T>(work: (folder: string) => T): Promise<Awaited<T>> {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-installed-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Checks a unit in a folder, and asks for an entry of the manual. */
export function useCommandLine({ command, argv, env }: Installed, cwd: string): void {
  writeFileSync(join(cwd, "shop.service"), UNIT);
  const printed = finish(command, [...argv, "check", "shop.service"], { cwd, env, status: 1 });
  assert.match(printed, /^shop\.service:3:1: error: .*Restrat=.*\[directive\/unknown\]$/m);
  assert.match(finish(command, [...argv, "explain", "Restart"], { cwd, env }), /^Restart= in \[Service\]\n/);
}

/** Greets the server of the Model Context Protocol, which ends with its input. */
export function useMcp({ command, argv, env }: Installed, cwd: string): void {
  const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } };
  const input = `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params })}\n`;
  const answer = JSON.parse(finish(command, [...argv, "mcp"], { cwd, env, input }));
  assert.equal(answer.result.serverInfo.name, "unit-warden");
}

/** Talks to the server: it finds the mistake, and has the manual that came with it. */
export async function useServer({ command, argv, env }: Installed, cwd: string): Promise<void> {
  const program = { command, cwd, env };
  const client = await LspClient.start({
    argv,
    program,
    initializationOptions: { views: true, manual: { source: "bundled" } },
  });
  const uri = "file:///etc/systemd/system/shop.service";
  await client.open(uri, UNIT);
  assert.ok((await client.diagnostics(uri)).some((it) => it.code === "directive/unknown"));
  const index = await client.request<ManualIndex | null>(MANUAL_INDEX_REQUEST);
  assert.equal(index?.origin, "bundled");
  assert.ok(index.pages.some((it) => it.page === "systemd.service" && it.rows.length > 20));
  assert.equal(await client.stop(), 0);
}

/** Fails for a file of a package that names the folder of the project: it would not be there on another machine. */
export function knowsNoPathOf(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((it) => join(folder, it));
  const named = files.filter((it) => statSync(it).isFile() && readFileSync(it, "utf8").includes(`${resolve(".")}/`));
  assert.deepEqual(named, []);
  assert.ok(existsSync(folder));
}
