import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { sarifRun } from "../kit/sarif.ts";

const GOOD = "[Service]\nExecStart=/bin/true\n";
const REASON = "not checked: there are no rules yet for binfmt.d files";

const host = memoryHost(
  {
    "/u/binfmt.d/b.conf": ":x:M::x::y:\n",
    "/u/sysctl.d/c.conf": "?",
    "/u/sysctl.d/d.conf": "?",
    "/u/a.service": GOOD,
    "/n/binfmt.d/b.conf": ":x:M::x::y:\n",
  },
  { piped: "Nonsense\n" },
);
const check = (...argv: readonly string[]): ReturnType<typeof runOver> =>
  runOver(host, "check", "--profile", "off", ...argv);

describe("cli check: files without rules", () => {
  it("are no all-clear where nothing else is named", () => {
    for (const argv of [
      ["/u/binfmt.d/b.conf"],
      ["--stdin-path", "/u/binfmt.d/b.conf"],
      ["--fail-on", "never", "/u/binfmt.d/b.conf"],
    ])
      assert.deepEqual(check(...argv), {
        stdout: "1 file not checked: there are no rules yet for binfmt.d files\n",
        stderr: `unit-warden: /u/binfmt.d/b.conf: ${REASON}\n`,
        status: 2,
      });
  });

  it("are named next to others, which decide how it ends", () => {
    assert.deepEqual(check("/u/a.service", "/u/binfmt.d/b.conf"), {
      stdout: "1 file: nothing to report\n1 file not checked: there are no rules yet for binfmt.d files\n",
      stderr: `unit-warden: note: /u/binfmt.d/b.conf: ${REASON}\n`,
      status: 0,
    });
  });

  it("are counted in a folder", () => {
    assert.deepEqual(check("/u"), {
      stdout:
        "1 file: nothing to report\n3 files not checked: there are no rules yet for binfmt.d and sysctl.d files\n",
      stderr: "",
      status: 0,
    });
    assert.equal(check("/n").stdout, "1 file not checked: there are no rules yet for binfmt.d files\n");
  });

  it("are told from clean ones in JSON", () => {
    const { files } = JSON.parse(check("--format", "json", "/u").stdout) as {
      files: readonly { path: string; checked: boolean; findings: unknown[] }[];
    };
    assert.deepEqual(
      files.map((it) => [it.path, it.checked, it.findings.length]),
      [
        ["/u/a.service", true, 0],
        ["/u/binfmt.d/b.conf", false, 0],
        ["/u/sysctl.d/c.conf", false, 0],
        ["/u/sysctl.d/d.conf", false, 0],
      ],
    );
  });

  it("are notifications of the tool in SARIF", () => {
    const { invocations } = sarifRun(check("--format", "sarif", "/u").stdout);
    assert.deepEqual(
      invocations?.flatMap((it) =>
        it.toolExecutionNotifications.map(({ level, message, locations }) => [
          level,
          message.text,
          locations[0]?.physicalLocation.artifactLocation.uri,
        ]),
      ),
      [
        ["note", "Not checked: there are no rules yet for binfmt.d files.", "file:///u/binfmt.d/b.conf"],
        ["note", "Not checked: there are no rules yet for sysctl.d files.", "file:///u/sysctl.d/c.conf"],
        ["note", "Not checked: there are no rules yet for sysctl.d files.", "file:///u/sysctl.d/d.conf"],
      ],
    );
    assert.equal(sarifRun(check("--format", "sarif", "/u/a.service").stdout).invocations, undefined);
  });

  it("are notices of a workflow, and skipped tests of JUnit", () => {
    assert.equal(
      check("--format", "github", "/u/a.service", "/u/binfmt.d/b.conf").stdout,
      `::notice file=/u/binfmt.d/b.conf,title=Unit Warden::${REASON}\n`,
    );
    const junit = check("--format", "junit", "/n").stdout;
    assert.match(
      junit,
      /<testsuites name="Unit Warden" tests="1" failures="0" errors="0"><testsuite [^>]*skipped="1">/,
    );
    assert.match(junit, /<skipped message="not checked: there are no rules yet for binfmt.d files"\/>/);
    assert.doesNotMatch(junit, /no finding/);
  });

  it("are those of other programs by their text, which is said of them", () => {
    const others = memoryHost({ "/u/sleep.conf": "[Nap]\nlong=yes\n", "/u/x.link": "https://example.com\n" });
    const named = "2 files named like units: file of another program (2)\n";
    assert.equal(runOver(others, "check", "/u").stdout, named);
  });

  it("do not pass for right where a file of such a name was meant and has none of its sections", () => {
    const broken = memoryHost({ "/u/b.netdev": "Nam=x\n", "/u/b.volume": "VolumeName\n", "/u/b.network": "Nam=x\n" });
    for (const path of ["/u/b.netdev", "/u/b.volume", "/u/b.network"]) {
      const { status, stderr } = runOver(broken, "check", path);
      assert.equal(status, 2, path);
      assert.match(
        stderr,
        /not a unit: file of another program, which has none of the sections that its name suggests/,
      );
    }
  });
});
