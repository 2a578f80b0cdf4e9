import assert from "node:assert/strict";
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, it } from "mocha";
import type { CheckResult } from "../../server/src/cli/fileReport.ts";
import { junitFormat } from "../../server/src/cli/reportJunit.ts";
import { lineIndex } from "../../server/src/text/lineIndex.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const GOOD = "[Service]\nExecStart=/bin/true\n";
const BAD = `${GOOD}ProtectHoem=yes\nStandardOutput=syslog\n`;

interface Counts {
  readonly name: string;
  readonly tests: string;
  readonly failures: string;
  /** Of a suite alone. */
  readonly skipped?: string;
}

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly failure?: { readonly type: string; readonly message: string; readonly "#text": string };
  readonly skipped?: { readonly message: string };
}

type Report = Counts & { readonly testsuite: readonly (Counts & { readonly testcase: readonly Case[] })[] };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseAttributeValue: false,
  isArray: (name) => name === "testsuite" || name === "testcase",
  htmlEntities: true,
});

/** The report of one file. */
function reported(report: CheckResult): string {
  const { entry, printer } = junitFormat("/");
  const { add, end } = printer();
  return add(entry(report)) + end();
}

function read(xml: string): Report {
  assert.equal(XMLValidator.validate(xml), true);
  return (parser.parse(xml) as { readonly testsuites: Report }).testsuites;
}

function reportOn(files: Readonly<Record<string, string>>, ...argv: readonly string[]): Report {
  const all = ["check", "--format", "junit", "--profile", "off", ...argv, ...Object.keys(files)];
  return read(runOver(memoryHost(files), ...all).stdout);
}

function reportOf(path: string, message: string): CheckResult {
  const finding = { code: "value/path", severity: "error", message, start: 0, end: 1, fixes: [] } as const;
  return { path, kind: "service", text: "[Unit]", lines: lineIndex("[Unit]"), findings: [finding], fails: () => true };
}

const countsOf = ({ tests, failures, skipped }: Counts): number[] =>
  [tests, failures, skipped].flatMap((it) => (it === undefined ? [] : Number(it)));

describe("cli check: JUnit", () => {
  it("has a suite for each file, a test for each finding, and one that passed for a file without any", () => {
    const report = reportOn({ "u/x.service": BAD, "y.service": GOOD });
    assert.deepEqual(countsOf(report), [3, 2]);
    const [bad, good] = report.testsuite;
    assert.ok(bad && good);
    assert.deepEqual([bad.name, ...countsOf(bad)], ["u/x.service", 2, 2, 0]);
    const [first] = bad.testcase;
    assert.deepEqual([first?.name, first?.classname], ["directive/unknown in line 3", "u/x.service"]);
    assert.match(first?.failure?.["#text"] ?? "", /^u\/x\.service:3: error: Unknown directive ProtectHoem= /);
    assert.deepEqual([good.name, ...countsOf(good)], ["y.service", 1, 0, 0]);
    assert.equal(good.testcase[0]?.failure, undefined);
  });

  it("tells the findings of one line apart", () => {
    const [suite] = reportOn({ "x.service": `${GOOD}[Unit]\nAfter=a..b c..d e\n` }).testsuite;
    const names = suite?.testcase.map((it) => it.name);
    assert.deepEqual(names, [
      "value/unit-name in line 4",
      "value/unit-name in line 4 (2)",
      "value/unit-name in line 4 (3)",
    ]);
  });

  it("skips the tests of findings that --fail-on lets pass", () => {
    const [suite] = reportOn({ "x.service": BAD }, "--fail-on", "error").testsuite;
    assert.ok(suite);
    assert.deepEqual(countsOf(suite), [2, 1, 1]);
    assert.match(suite.testcase[1]?.skipped?.message ?? "", /^warning: /);
    assert.deepEqual(countsOf(reportOn({ "x.service": BAD }, "--fail-on", "never")), [2, 0]);
  });

  it("is well-formed and says the same whatever names, values and messages hold", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, (path, message) => {
        assert.equal(read(reported(reportOf(`u/${path}`, message))).testsuite[0]?.testcase.length, 1);
      }),
    );
    const hostile = `]]>"'&<a b="c">\u001b[31m\u0000\ufffe\ttab`;
    const [suite] = read(reported(reportOf("x.service", hostile))).testsuite;
    assert.equal(suite?.testcase[0]?.failure?.message, `]]>"'&<a b="c">\ufffd[31m\ufffd\ufffd\ttab`);
  });
});
