import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";

const SERVERS = [
  ["dist/server.js", "--stdio"],
  ["dist/cli.js", "lsp"],
];

const message = (content: object): string => {
  const body = JSON.stringify({ jsonrpc: "2.0", ...content });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};
const GREETING = message({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });

describe("a stream that breaks", () => {
  const running = new Set<ChildProcess>();
  before(built);
  after(() => {
    for (const it of running) it.kill("SIGKILL");
  });

  /** A server that has answered a greeting. */
  async function greeted(argv: readonly string[]) {
    const child = spawn(process.execPath, argv, { stdio: "pipe" });
    running.add(child);
    let stderr = "";
    child.stderr.on("data", (it) => {
      stderr += it;
    });
    child.stdin.on("error", () => undefined);
    const ended = new Promise<{ status: number | null; stderr: string }>((resolve) =>
      child.on("close", (status) => resolve({ status, stderr })),
    );
    child.stdin.write(GREETING);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    return { child, ended };
  }

  for (const argv of SERVERS) {
    it(`by a header that cannot be read ends ${argv.join(" ")} with a sentence`, async () => {
      for (const header of [
        "Content-Length: x\r\n\r\n{}",
        "Content-Length: -5\r\n\r\n{}",
        "Hello\r\n\r\n",
        "Content-Length: 9e9\r\n\r\n",
      ]) {
        const { child, ended } = await greeted(argv);
        child.stdin.write(header);
        const { status, stderr } = await ended;
        assert.equal(status, 2, header);
        assert.match(stderr, /^unit-warden: [A-Z].*\. The session ends\.\n$/, header);
      }
    });

    it(`by its client's end ends ${argv.join(" ")} quietly`, async () => {
      const { child, ended } = await greeted(argv);
      child.stdin.end();
      const { status, stderr } = await ended;
      assert.equal(stderr, "");
      assert.equal(status, 1);
    });

    it(`by a reader that is gone ends ${argv.join(" ")} quietly`, async () => {
      const { child, ended } = await greeted(argv);
      child.stdout.destroy();
      child.stdin.write(message({ id: 2, method: "workspace/symbol", params: { query: "" } }));
      const { stderr } = await ended;
      assert.equal(stderr, "");
    });

    it(`by a farewell ends ${argv.join(" ")} with 0`, async () => {
      const { child, ended } = await greeted(argv);
      child.stdin.write(message({ id: 2, method: "shutdown" }) + message({ method: "exit" }));
      assert.deepEqual(await ended, { status: 0, stderr: "" });
    });
  }
});
