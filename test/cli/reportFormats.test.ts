import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { REPORT_FORMAT_NAMES } from "../../server/src/cli/reportFormats.ts";
import { assertJenkinsAccepts } from "../kit/junitSchema.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { REPORT_READERS, type ReportedFinding } from "../kit/readReports.ts";

const FILES: Readonly<Record<string, string>> = {
  "u/a b@.service": "[Service]\nExecStart=/bin/true\nProtectHoem=yes\nStandardOutput=syslog\nRestart=sometimes\n",
  "u/clean.service": "[Service]\nExecStart=/bin/true\n",
  "u/fox.service": '[Service]\r\nExecStart=/bin/true\r\nExecStop=/🦊/é "x\r\nReadOnlyDirectories=/srv\r\n',
  "u/lan.network": "[Match]\nName=eth0\n[Network]\nDHCP=perhaps\n",
  "u/odd.timer": "[Timer]\nOnCalendar=never<&>\"'\n[Foo]\n",
  "u/old.service": "[Service]\nExecStart=/bin/true\nReadOnlyDirectories=/srv\n",
  "u/same.service": "[Service]\nExecStart=/bin/true\n[Unit]\nAfter=a..b c..d e\n",
  "u/x.volume": "junk\n",
};

const report = (format: string, ...argv: readonly string[]): string =>
  runOver(memoryHost(FILES), "check", "--format", format, ...argv, "u").stdout;

const readBack = (format: keyof typeof REPORT_READERS, ...argv: readonly string[]): readonly ReportedFinding[] =>
  REPORT_READERS[format](report(format, ...argv), FILES);

const sorted = (all: readonly ReportedFinding[]): readonly ReportedFinding[] =>
  all.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

/** The findings with no more than another one of the same report has. */
function asFar(as: ReportedFinding | undefined, all: readonly ReportedFinding[]): readonly ReportedFinding[] {
  return all.map(({ column, ...it }) => (as?.column === undefined || column === undefined ? it : { ...it, column }));
}

describe("cli check: all formats", () => {
  const expected = readBack("json", "--profile", "off");

  it("are compared on findings of each severity, in several files and lines", () => {
    assert.deepEqual([...new Set(expected.map((it) => it.severity))].sort(), ["error", "note", "warning"]);
    assert.ok(new Set(expected.map((it) => it.path)).size >= 5);
    assert.ok(expected.some((it) => (it.column ?? 0) > 0));
  });

  for (const format of REPORT_FORMAT_NAMES)
    it(`${format} has the same findings as JSON, at the same places and in the same order`, () => {
      const found = readBack(format, "--profile", "off");
      const [wanted, read] = [asFar(found[0], expected), asFar(expected[0], found)];
      // A person reads what is worst first.
      if (format === "text") assert.deepEqual(sorted(read), sorted(wanted));
      else assert.deepEqual(read, wanted);
    });

  for (const format of REPORT_FORMAT_NAMES.filter((it) => it !== "text" && it !== "github"))
    it(`${format} has all that a service lacks, too`, () => {
      const places = (all: readonly ReportedFinding[]): readonly string[] =>
        all.map(({ path, line, code }) => `${path}:${line} ${code}`);
      const all = places(readBack("json", "--profile", "strict"));
      assert.ok(all.length > expected.length + 20);
      assert.deepEqual(places(readBack(format, "--profile", "strict")), all);
    });

  it("are each explained on the page of the command line, besides the text for people", () => {
    const page = readFileSync("docs/command-line.md", "utf8").replace(/^\|.*/gm, "");
    const unexplained = REPORT_FORMAT_NAMES.filter((it) => it !== "text" && !page.includes(`\`--format ${it}\``));
    assert.deepEqual(unexplained, []);
  });

  it("JUnit is what Jenkins takes, with one test for each finding and file without any", () => {
    for (const level of ["advice", "error", "never"])
      assertJenkinsAccepts(report("junit", "--profile", "strict", "--fail-on", level));
    assert.throws(() => assertJenkinsAccepts('<testsuites skipped="1"/>'), /testsuites> with skipped/);
    assert.throws(() => assertJenkinsAccepts("<testsuites><testcase/></testsuites>"), /testcase> is not allowed/);
    const missing = '<testsuite name="a" tests="1" failures="0"/>';
    assert.throws(() => assertJenkinsAccepts(missing), /testsuite> without errors/);
  });

  it("rdjson counts bytes, says where a code is explained, and suggests the safe fixes of one edit", () => {
    const { source, diagnostics } = JSON.parse(report("rdjson", "--profile", "off"));
    assert.equal(source.name, "unit-warden");
    const command = diagnostics.find((it: { code: { value: string } }) => it.code.value === "value/command");
    const before = "ExecStop=/🦊/é ";
    assert.equal(command.location.range.start.column, Buffer.byteLength(before) + 1);
    assert.match(command.code.url, /^https:\/\/.*systemd/);
    const fixed = diagnostics.flatMap((it: { suggestions?: { text: string }[] }) => it.suggestions ?? []);
    assert.ok(
      fixed.some((it: { text: string }) => it.text === "ReadOnlyPaths"),
      JSON.stringify(fixed),
    );
  });

  it("checkstyle and rdjson are whole where nothing was found", () => {
    const clean = (format: string): string =>
      runOver(memoryHost(FILES), "check", "--format", format, "--profile", "off", "u/clean.service").stdout;
    assert.match(
      clean("checkstyle"),
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<checkstyle version="[\d.]+">\n<file name="u\/clean\.service"\/>\n<\/checkstyle>\n$/,
    );
    assert.deepEqual(JSON.parse(clean("rdjson")).diagnostics, []);
  });
});
