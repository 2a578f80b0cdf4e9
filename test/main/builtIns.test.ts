import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";

/** Writes at the end which modules of Node.js were loaded after a flag of V8 was set. */
const WATCH = `
const v8 = require("node:v8");
const { setFlagsFromString } = v8;
let before;
v8.setFlagsFromString = (flag) => {
  before ??= new Set(process.moduleLoadList);
  setFlagsFromString(flag);
};
process.on("exit", () => {
  const late = process.moduleLoadList.filter((it) => it.startsWith("NativeModule") && !before.has(it));
  require("node:fs").writeSync(2, "\\nlate: " + late.map((it) => it.slice("NativeModule ".length)).join(" ") + "\\n");
});
`;

const message = (body: object): string => {
  const text = JSON.stringify({ jsonrpc: "2.0", ...body });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

const SESSION = [
  { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
  { method: "initialized", params: {} },
  { id: 2, method: "shutdown" },
  { method: "exit" },
];

describe("modules of Node.js", () => {
  let folder: string;
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-built-ins-"));
    writeFileSync(join(folder, "watch.cjs"), WATCH);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Which were loaded late by a program. */
  function late(argv: readonly string[], input = ""): string[] {
    const args = ["--require", join(folder, "watch.cjs"), ...argv];
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" };
    const { stderr } = spawnSync(process.execPath, args, { input, env, encoding: "utf8" });
    const names = /^late: (.*)$/m.exec(stderr)?.[1];
    assert.ok(names !== undefined, stderr);
    return names.split(" ").filter((it) => it !== "");
  }

  it("are loaded by a command before it sets flags", () => {
    assert.deepEqual(late(["dist/cli.js", "check", "examples/1-careless.service"]), []);
  });

  it("are loaded by the server before it sets flags, as far as each session needs them", () => {
    assert.deepEqual(late(["dist/server.js", "--stdio"], SESSION.map(message).join("")), []);
  });
});
