import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readNeighbours } from "../../server/src/cli/neighbours.ts";
import { LineTable } from "../../server/src/syntax/lineTable.ts";
import { MOST_CHARACTERS } from "../../server/src/syntax/longFile.ts";
import { RepeatedTexts } from "../../server/src/syntax/textTable.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const RUN = "[Service]\nExecStart=/bin/true\n";
const WRONG = `${RUN}LockPersonality=ja\n`;
const LONG = `${RUN}${"# a line that nobody wrote\n".repeat(MOST_CHARACTERS / 20)}`;
const SENTENCE =
  /^\/u\/long\.service:1:1: info: File larger than 1 MB: nothing in it is checked.* \[syntax\/file-size\]$/m;

describe("cli: files that no person writes", () => {
  it("have one finding, and take no verdict from the files next to them", () => {
    const host = memoryHost({ "/u/long.service": `${LONG}LockPersonality=ja\n`, "/u/wrong.service": WRONG });
    const { stdout, stderr, status } = runOver(host, "check", "/u", "--profile", "off");
    assert.match(stdout, SENTENCE);
    assert.equal(stdout.match(/long\.service:/g)?.length, 1);
    assert.match(stdout, /wrong\.service:3:17: error: .* \[value\/boolean\]/);
    assert.match(stderr, /\/u\/long\.service: not checked: it is larger than 1 MB/);
    assert.equal(status, 2);
  });

  it("are checked up to that length", () => {
    const { stdout } = runOver(memoryHost({ "/u/x.service": `${WRONG}${"#\n".repeat(5000)}` }), "check", "/u");
    assert.match(stdout, /value\/boolean/);
  });

  it("are left alone by every command, which says why and does the rest", () => {
    for (const command of ["security", "harden", "show", "sandbox", "format"]) {
      const files = { "/u/long.service": LONG, "/u/a.service": WRONG };
      const { stdout, stderr, status } = runOver(memoryHost(files), command, "/u/long.service", "/u/a.service");
      assert.match(stderr, /\/u\/long\.service: not checked: it is larger than 1 MB/, command);
      assert.notEqual(status, 0, command);
      if (command !== "format") assert.match(stdout, /a\.service|ExecStart/, command);
    }
  });

  it("leave a module of Nix alone that has no units", () => {
    const files = { "/u/a.service": RUN, "/u/long.nix": `{ }${" \n".repeat(MOST_CHARACTERS)}` };
    const { stdout } = runOver(memoryHost(files), "check", "/u", "--profile", "off");
    assert.doesNotMatch(stdout, /long\.nix/);
  });

  it("are four million blank lines, too", () => {
    const files = { "/u/blank.service": `${"\n".repeat(4_000_000)}${RUN}`, "/u/wrong.service": WRONG };
    const { stdout, stderr } = runOver(memoryHost(files), "check", "/u", "--profile", "off");
    assert.match(stdout, /wrong\.service:3:17: error/);
    assert.doesNotMatch(stderr, /call stack/);
  });
});

describe("cli: a file of wrong lines", () => {
  it("is judged up to a bound, and one finding says so", () => {
    const text = `${RUN}${"A=b\n".repeat(10_100)}`;
    const { stdout, status } = runOver(memoryHost({ "/u/x.service": text }), "check", "/u", "--profile", "off");
    assert.match(stdout, /9998 more of these between lines 6 and 10003; .* \[directive\/unknown\]/);
    assert.match(stdout, /:10003:1: info: More than 10000 lines of this file are wrong: .* \[syntax\/file-size\]/);
    assert.equal(status, 1);
  });
});

describe("cli: a text that ends in an error", () => {
  it("is left out of what the others are judged among", () => {
    class FailingTexts extends RepeatedTexts {
      override note(text: string): boolean {
        if (text.includes("fails")) throw new RangeError("Maximum call stack size exceeded");
        return super.note(text);
      }
    }
    const files = { "/u/bad.service": `${RUN}# fails\n`, "/u/a.service": `[Unit]\nWants=b.service\n${RUN}` };
    const texts = { lines: new LineTable(8), repeated: new FailingTexts() };
    const { index } = readNeighbours(memoryHost(files), ["/u"], undefined, texts)("/u/a.service");
    assert.deepEqual([...index.files.keys()], ["/u/a.service"]);
  });
});
