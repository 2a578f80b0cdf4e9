import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { githubFormat } from "../../server/src/cli/reportGithub.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { lineIndex } from "../../server/src/text/lineIndex.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const TEXT = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n";

/** The report on one finding. */
function reportOn(path: string, finding: Partial<Finding>, text = TEXT): string {
  const whole: Finding = {
    code: "value/path",
    severity: "error",
    message: "no",
    start: 0,
    end: 9,
    fixes: [],
    ...finding,
  };
  return githubFormat.entry({
    path,
    kind: "service",
    text,
    lines: lineIndex(text),
    findings: [whole],
    fails: () => true,
  });
}

/** A command taken apart as the runner does it: the name, the properties and the message. */
function parsed(line: string): { command: string; properties: Readonly<Record<string, string>>; message: string } {
  const match = /^::(\w+) (.*?)::(.*)\n$/.exec(line);
  assert.ok(match, line);
  const [, command = "", list = "", rest = ""] = match;
  const data = (text: string): string => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
  const property = (text: string): string => data(text.replaceAll("%3A", ":").replaceAll("%2C", ","));
  const properties = list.split(",").map((it): [string, string] => {
    const at = it.indexOf("=");
    return [it.slice(0, at), property(it.slice(at + 1))];
  });
  return { command, properties: Object.fromEntries(properties), message: data(rest) };
}

describe("cli check: workflow commands of GitHub", () => {
  it("is a command for each finding, and nothing where there is none", () => {
    const files = { "/u/../x.service": TEXT, "y.service": "[Service]\nExecStart=/bin/true\n" };
    const argv = ["check", "--format", "github", "--profile", "off"];
    const { stdout, stderr, status } = runOver(memoryHost(files), ...argv, "y.service", "/u/../x.service");
    assert.deepEqual([stderr, status], ["", 1]);
    assert.match(
      stdout,
      /^::error file=\/x\.service,line=3,endLine=3,col=1,endColumn=12,title=Unit Warden \(directive\/unknown\)::Unknown directive ProtectHoem= .*\n$/,
    );
    assert.equal(runOver(memoryHost(files), ...argv, "y.service").stdout, "");
  });

  it("has one command for all settings that a service lacks, as GitHub shows ten of a kind", () => {
    const { stdout } = runOver(memoryHost({ "x.service": TEXT }), "check", "--format", "github", "x.service");
    const [first, ...others] = stdout.split(/(?<=\n)/).map(parsed);
    assert.equal(first?.command, "warning");
    assert.deepEqual([first.properties.line, first.properties.title], ["1", "Unit Warden (hardening)"]);
    const [message, ...each] = first.message.split("\n");
    assert.match(message ?? "", /^\d+ safe settings are missing; .*; unit-warden harden adds what is safe; /);
    assert.ok(each.length > 10 && each.every((it) => /^\w+= /.test(it)), first.message);
    assert.deepEqual(
      others.map((it) => it.properties.title),
      ["Unit Warden (directive/unknown)"],
    );
  });

  it("has three levels", () => {
    const commands = (["error", "warning", "info", "hint"] as const).map(
      (it) => parsed(reportOn("x", { severity: it })).command,
    );
    assert.deepEqual(commands, ["error", "warning", "notice", "notice"]);
  });

  it("has columns only within one line, and ends with the last line that is touched", () => {
    assert.match(reportOn("x", { start: 0, end: 12 }), / file=x,line=1,endLine=2,title=/);
    assert.match(reportOn("x", { start: 0, end: 10 }), / file=x,line=1,endLine=1,title=/);
    assert.match(reportOn("x", { start: 3, end: 3 }), /,line=1,endLine=1,col=4,endColumn=4,/);
  });

  it("escapes as the runner unescapes", () => {
    const line = reportOn("a,b:c%.service", { message: "50%: a,b\r\n::error::c" });
    assert.match(line, /^::error file=a%2Cb%3Ac%25\.service,.*::50%25: a,b%0D%0A::error::c\n$/);
    const piece = fc.string({ unit: fc.constantFrom("%", ":", ",", "\r", "\n", "0", "A", "2", "5", "=", "é") });
    fc.assert(
      fc.property(piece, piece, (name, message) => {
        const { properties, message: read } = parsed(reportOn(`x${name}`, { message }));
        assert.deepEqual([properties.file, read], [`x${name}`, message]);
      }),
    );
  });
});
