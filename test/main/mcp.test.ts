import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";

interface Reply {
  readonly id: number;
  readonly result?: {
    readonly serverInfo?: { readonly name: string; readonly version: string };
    readonly tools?: readonly {
      readonly name: string;
      readonly inputSchema: { readonly required?: readonly string[]; readonly properties: object };
      readonly annotations: { readonly readOnlyHint: boolean };
    }[];
    readonly content?: readonly { readonly type: string; readonly text: string }[];
    readonly isError?: boolean;
  };
  readonly error?: { readonly code: number; readonly message: string };
}

/** A download that nobody minds, in bytes. */
const LARGEST_LIBRARY = 150_000;

describe("the program unit-warden mcp", () => {
  let server: ReturnType<typeof start>;
  before(async () => {
    await built();
    server = start();
    const clientInfo = { name: "test", version: "1" };
    const { result } = await server.ask("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo });
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    assert.deepEqual([result?.serverInfo?.name, result?.serverInfo?.version], ["unit-warden", version]);
    server.tell("notifications/initialized");
  });
  after(() => server.child.kill());

  it("offers tools that only read, with a schema", async () => {
    const { result } = await server.ask("tools/list");
    assert.ok(result?.tools && result.tools.length > 0);
    for (const { name, annotations, inputSchema } of result.tools) {
      assert.equal(annotations.readOnlyHint, true, name);
      assert.ok("path" in inputSchema.properties, name);
    }
    assert.deepEqual(result.tools.find((it) => it.name === "check")?.inputSchema.required, ["path"]);
  });

  it("answers about files of the machine, and with the manual", async () => {
    const checked = await server.ask("tools/call", { name: "check", arguments: { path: "examples/2-typos.service" } });
    assert.match(checked.result?.content?.[0]?.text ?? "", /2-typos\.service:\d+:\d+/);
    const explained = await server.ask("tools/call", { name: "explain", arguments: { names: ["ProtectHome="] } });
    assert.match(explained.result?.content?.[0]?.text ?? "", /systemd\.exec\(5\)/);
  });

  it("refuses arguments that do not fit, and goes on", async () => {
    const { result, error } = await server.ask("tools/call", { name: "check", arguments: { path: 7 } });
    assert.ok(error || result?.isError);
    assert.match(error?.message ?? result?.content?.[0]?.text ?? "", /path/);
    assert.ok((await server.ask("tools/list")).result);
  });

  it("ends quietly when its input ends", async () => {
    const other = start();
    other.child.stdin.end();
    assert.deepEqual(await other.ended, [0, ""]);
  });

  it("reads files as long as any that is read, and ends with a sentence where a message is longer", async () => {
    const other = start();
    await other.ask("initialize", {
      ...{ protocolVersion: "2025-06-18", capabilities: {} },
      clientInfo: { name: "test", version: "1" },
    });
    other.tell("notifications/initialized");
    const text = (megabytes: number): string => `[Unit]\nDescription=${"x".repeat(megabytes << 20)}\n`;
    const check = (megabytes: number): Promise<Reply> =>
      other.ask("tools/call", { name: "check", arguments: { path: "a.target", text: text(megabytes) } });
    assert.match((await check(12)).result?.content?.[0]?.text ?? "", /larger than 1 MB/);
    other.child.stdin.on("error", () => undefined);
    void check(40);
    assert.deepEqual(await other.ended, [
      2,
      "unit-warden: A message is longer than 33554432 bytes. The session ends.\n",
    ]);
  });

  it("costs a download less than its library may", () => {
    assert.ok(gzipSync(readFileSync("dist/mcp.js")).length < LARGEST_LIBRARY);
    assert.doesNotMatch(readFileSync("dist/unit-warden.js", "utf8"), /modelcontextprotocol/);
  });

  it("says where it is to be had if it did not come along, as with the extension", async () => {
    const folder = mkdtempSync(join(tmpdir(), "unit-warden-mcp-"));
    for (const name of ["cli.js", "unit-warden.js"]) copyFileSync(join("dist", name), join(folder, name));
    const { status, stderr } = spawnSync(process.execPath, [join(folder, "cli.js"), "mcp"], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    assert.equal(status, 2);
    assert.match(stderr, /^unit-warden: this installation has no mcp; .*\n$/);
  });
});

/** A running server, which is asked line by line. */
function start() {
  const child = spawn(process.execPath, ["dist/cli.js", "mcp"], { stdio: "pipe" });
  const waiting = new Map<number, (reply: Reply) => void>();
  let errors = "";
  child.stderr.on("data", (it: Buffer) => {
    errors += it.toString();
  });
  createInterface(child.stdout).on("line", (line) => {
    const reply = JSON.parse(line) as Reply;
    waiting.get(reply.id)?.(reply);
  });
  let last = 0;
  const send = (message: object): unknown => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  return {
    child,
    ended: new Promise<[number | null, string]>((resolve) => child.on("exit", (status) => resolve([status, errors]))),
    tell: (method: string) => send({ method }),
    ask: (method: string, params: object = {}) =>
      new Promise<Reply>((resolve) => {
        last += 1;
        waiting.set(last, resolve);
        send({ id: last, method, params });
      }),
  };
}
