import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

/** Runs the built program. */
function program(argv: readonly string[], options: { input?: string; env?: NodeJS.ProcessEnv } = {}) {
  const { input = "", env = process.env } = options;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["dist/cli.js", ...argv], {
    encoding: "utf8",
    input,
    env,
  });
  return { stdout, stderr, status };
}

describe("the program unit-warden", () => {
  let folder = "";
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-"));
  });
  after(() => {
    killLeftovers();
    rmSync(folder, { recursive: true, force: true });
  });

  it("checks the examples: the careless ones have errors, the solid ones none", () => {
    const { stdout, stderr, status } = program(["check", "--profile", "off", "--format", "json", "examples"]);
    assert.deepEqual([stderr, status], ["", 1]);
    const { version, files } = JSON.parse(stdout) as {
      version: number;
      files: readonly { path: string; findings: readonly { severity: string }[] }[];
    };
    assert.equal(version, 1);
    assert.deepEqual(
      files.map((it) => it.path),
      readdirSync("examples").map((name) => `examples/${name}`),
    );
    const errors = new Map(
      files.map((it) => [it.path, it.findings.filter((finding) => finding.severity === "error").length]),
    );
    assert.equal(errors.get("examples/1-careless.service"), 1);
    assert.equal(errors.get("examples/2-typos.service"), 6);
    for (const name of ["3-first-steps", "4-solid", "5-hardened"])
      assert.equal(errors.get(`examples/${name}.service`), 0, name);
  });

  it("prints text without colours into a pipe", () => {
    const { stdout, stderr, status } = program(["check", "--profile", "off", "examples/2-typos.service"]);
    assert.match(stdout, /^examples\/2-typos\.service:4:1: error: Restart=.* \[directive\/wrong-section\]\n/);
    assert.doesNotMatch(stdout, /\u001b/);
    assert.deepEqual([stderr, status], ["", 1]);
  });

  it("has advice for a plain service, and none with the profile off", () => {
    const plain = "[Service]\nExecStart=/bin/true\n";
    const argv = ["check", "--stdin-path", "x.service"];
    assert.match(program(argv, { input: plain }).stdout, /\[hardening\]/);
    assert.deepEqual(program([...argv, "--profile", "off"], { input: plain }), {
      stdout: "1 file: nothing to report\n",
      stderr: "",
      status: 0,
    });
  });

  it("writes fixes", () => {
    const path = join(folder, "fix.service");
    writeFileSync(path, "[Service]\nExecStart=!!/bin/true\n");
    assert.equal(program(["check", "--profile", "off", "--fix", path]).status, 0);
    assert.equal(readFileSync(path, "utf8"), "[Service]\nExecStart=/bin/true\n");
  });

  it("comes to an end on links that lead in circles, or nowhere", () => {
    writeFileSync(join(folder, "a.service"), "[Service]\nExecStart=/bin/true\n");
    symlinkSync(".", join(folder, "again"));
    symlinkSync("b.service", join(folder, "b.service"));
    symlinkSync("/nowhere", join(folder, "c.service"));
    const { stdout, stderr, status } = program(["check", "--profile", "off", "--ignore", "value", folder]);
    assert.match(stdout, /^[12] files?: nothing to report\n$/);
    assert.deepEqual([stderr, status], ["", 0]);
  });

  it("names an unreadable file on standard error", () => {
    const { stdout, stderr, status } = program(["check", "nowhere.service"]);
    assert.equal(stdout, "no file was checked\n");
    assert.match(stderr, /^unit-warden: nowhere\.service: there is no such file or folder, .*\n$/);
    assert.equal(status, 2);
  });

  it("names its version", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    assert.deepEqual(program(["--version"]), { stdout: `unit-warden ${version}\n`, stderr: "", status: 0 });
  });

  it("explains nothing where standard input cannot be read", () => {
    const { status, stderr } = spawnSync("sh", ["-c", `"${process.execPath}" dist/cli.js explain - x.service < .`], {
      encoding: "utf8",
    });
    assert.match(stderr, /^unit-warden: standard input: [^\n:]*directory\n$/);
    assert.equal(status, 2);
  });

  it("prints two lines where it is called wrongly", () => {
    const { stdout, stderr, status } = program(["chekc"]);
    assert.equal(stdout, "");
    assert.match(stderr, /^unit-warden: there is no command chekc; did you mean check\?\n.*\n$/);
    assert.equal(status, 2);
  });

  it("is a language server with lsp, with lsp --stdio and with --stdio alone", async () => {
    for (const argv of [["lsp"], ["lsp", "--stdio"], ["--stdio"]]) {
      const client = await LspClient.start({ argv: ["dist/cli.js", ...argv] });
      await client.open("file:///x.service", "[Service]\nProtectHoem=yes\n");
      assert.ok((await client.diagnostics("file:///x.service")).length > 0);
      assert.equal(await client.stop(), 0);
      assert.equal(client.stderr, "");
    }
  });

  it("ends quietly where nobody reads to the end", () => {
    const path = join(folder, "many.service");
    writeFileSync(path, `[Service]\nExecStart=/bin/true\n${"Nope=1\n".repeat(50_000)}`);
    const line = `"${process.execPath}" dist/cli.js check --profile off "${path}" | head -n 1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", line], { encoding: "utf8" });
    assert.match(stdout, /^\S+:3:1: error: .*\n$/);
    assert.equal(stderr, "");
  });
});
