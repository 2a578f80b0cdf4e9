import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { commandLinePage } from "../../build/commandLinePage.ts";
import { KNOWN_COMMANDS } from "../../server/src/cli/allCommands.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const host = memoryHost({});
const tooLong = (text: string): string[] => text.split("\n").filter((it) => it.length > 80);

describe("cli help", () => {
  it("of the program lists each command with all ways to call it, in lines of a narrow terminal", () => {
    const { stdout } = runOver(host, "--help");
    for (const { name, synopsis } of KNOWN_COMMANDS) {
      for (const it of synopsis) assert.ok(stdout.includes(` unit-warden ${it}\n`), it);
      assert.match(stdout, new RegExp(`^ {2}${name} `, "m"));
    }
    assert.match(stdout, /\nexit status:\n {2}0 +nothing found /);
    assert.deepEqual(tooLong(stdout), []);
  });

  it("of a command lists its options alone, with the choices and what holds without them", () => {
    for (const { name, options } of KNOWN_COMMANDS) {
      const { stdout } = runOver(host, name, "--help");
      assert.match(stdout, new RegExp(`^usage: unit-warden ${name}`));
      const listed = [...stdout.matchAll(/^ {2}(?:-\w, )?--([a-zA-Z-]+)/gm)].map(([, option]) => option);
      assert.deepEqual(listed, Object.keys(options));
      assert.deepEqual(tooLong(stdout), []);
    }
    const { stdout } = runOver(host, "check", "-h");
    assert.match(
      stdout,
      /^ {2}--format text\|json\|sarif\|github\|gitlab\|junit\S*\n(?: {26}.*\n)* {26}.*\(default: text\)$/m,
    );
    assert.match(stdout, /^ {2}-h, --help {14}print this help$/m);
  });

  it("is there for the language server, which is no command of this kind, and by the word help", () => {
    const { stdout, stderr, status } = runOver(host, "lsp", "--help");
    assert.match(stdout, /^usage: unit-warden lsp --stdio\n\nlsp: .*\n\n {2}--stdio /);
    assert.deepEqual([stderr, status], ["", 0]);
    assert.equal(runOver(host, "help", "lsp").stdout, stdout);
    assert.equal(runOver(host, "help", "check").stdout, runOver(host, "check", "--help").stdout);
  });

  it("is named by a wrong call, which prints none of it", () => {
    const { stderr } = runOver(host, "security", "--treshold", "50");
    assert.equal(
      stderr,
      "unit-warden: security has no option --treshold; did you mean --threshold?\nunit-warden security --help lists its options\n",
    );
  });

  it("makes the page about the command line: npm run docs writes it", () => {
    assert.equal(readFileSync("docs/command-line.md", "utf8"), commandLinePage());
    for (const { name } of KNOWN_COMMANDS) assert.match(commandLinePage(), new RegExp(`^## ${name}$`, "m"));
  });
});
