import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { SHOWN_RULES } from "../kit/ruleExamples.ts";

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

function reportOn(path: string, text: string, ...argv: readonly string[]): readonly Entry[] {
  const { stdout } = runOver(memoryHost({ [path]: text }), "check", "--format", "gitlab", ...argv, path);
  return JSON.parse(stdout) as Entry[];
}

const BROKEN = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\nStandardOutput=syslog\nProtectHoem=yes\n";

describe("cli check: code quality of GitLab", () => {
  it("has the properties that GitLab asks for, with a path relative to the repository and lines from 1", () => {
    const entries = reportOn("./units/../units/x.service", BROKEN, "--profile", "off");
    const short = entries.map((it) => [it.check_name, it.severity, it.location.path, it.location.lines.begin]);
    assert.deepEqual(short, [
      ["directive/unknown", "major", "units/x.service", 3],
      ["value/deprecated", "minor", "units/x.service", 4],
      ["directive/unknown", "major", "units/x.service", 5],
    ]);
    assert.match(entries[0]?.description ?? "", /^Unknown directive ProtectHoem=/);
  });

  it("has the path in the repository of a file that was named with all folders, wherever that is checked out", () => {
    const reportIn = (cwd: string): readonly Entry[] => {
      const host = memoryHost({ [`${cwd}/units/x.service`]: BROKEN, "/work/other.service": BROKEN }, { cwd });
      const argv = ["check", "--format", "gitlab", "--profile", "off", `${cwd}/units`, "/work/other.service"];
      return JSON.parse(runOver(host, ...argv).stdout) as Entry[];
    };
    const entries = reportIn("/builds/1/shop");
    assert.deepEqual([...new Set(entries.map((it) => it.location.path))], ["units/x.service", "/work/other.service"]);
    assert.deepEqual(reportIn("/builds/2/shop"), entries);
  });

  it("is an empty list where nothing is found", () => {
    assert.deepEqual(reportOn("x.service", "[Service]\nExecStart=/bin/true\n", "--profile", "off"), []);
  });

  it("tells findings apart, and takes one for the same when lines come above it", () => {
    const prints = (text: string): string[] =>
      reportOn("x.service", text, "--profile", "off").map((it) => it.fingerprint);
    assert.equal(new Set(prints(BROKEN)).size, 3);
    assert.deepEqual(prints(`# a comment\n\n${BROKEN}`), prints(BROKEN));
    assert.deepEqual(prints(BROKEN), prints(BROKEN));
    const elsewhere = reportOn("y.service", BROKEN, "--profile", "off").map((it) => it.fingerprint);
    assert.ok(elsewhere.every((it) => !prints(BROKEN).includes(it)));
  });

  it("gives each finding of the example of each rule a fingerprint of its own", () => {
    for (const { bad, code } of SHOWN_RULES) {
      const entries = reportOn(`/example/${bad.path ?? "x.service"}`, bad.text, "--profile", "strict");
      assert.equal(new Set(entries.map((it) => it.fingerprint)).size, entries.length, code);
      for (const it of entries) assert.match(it.fingerprint, /^[0-9a-f]{64}$/);
    }
  });
});
