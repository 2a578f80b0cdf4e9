import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { sarifRun } from "../kit/sarif.ts";

const GOOD = "[Service]\nExecStart=/bin/true\n";
const REASON = "not checked: there are no rules yet for network files";

const host = memoryHost(
  {
    "/u/b.network": "[Match]\nNonsense\n",
    "/u/c.netdev": "?",
    "/u/d.netdev": "?",
    "/u/a.service": GOOD,
    "/n/b.network": "[Match]\n",
  },
  { piped: "Nonsense\n" },
);
const check = (...argv: readonly string[]): ReturnType<typeof runOver> =>
  runOver(host, "check", "--profile", "off", ...argv);

describe("cli check: files without rules", () => {
  it("are no all-clear where nothing else is named", () => {
    for (const argv of [["/u/b.network"], ["--stdin-path", "/u/b.network"], ["--fail-on", "never", "/u/b.network"]])
      assert.deepEqual(check(...argv), {
        stdout: "1 file not checked: there are no rules yet for network files\n",
        stderr: `unit-warden: /u/b.network: ${REASON}\n`,
        status: 2,
      });
  });

  it("are named next to others, which decide how it ends", () => {
    assert.deepEqual(check("/u/a.service", "/u/b.network"), {
      stdout: "1 file: nothing to report\n1 file not checked: there are no rules yet for network files\n",
      stderr: `unit-warden: note: /u/b.network: ${REASON}\n`,
      status: 0,
    });
  });

  it("are counted in a folder", () => {
    assert.deepEqual(check("/u"), {
      stdout: "1 file: nothing to report\n3 files not checked: there are no rules yet for netdev and network files\n",
      stderr: "",
      status: 0,
    });
    assert.equal(check("/n").stdout, "1 file not checked: there are no rules yet for network files\n");
  });

  it("are told from clean ones in JSON", () => {
    const { files } = JSON.parse(check("--format", "json", "/u").stdout) as {
      files: readonly { path: string; checked: boolean; findings: unknown[] }[];
    };
    assert.deepEqual(
      files.map((it) => [it.path, it.checked, it.findings.length]),
      [
        ["/u/a.service", true, 0],
        ["/u/b.network", false, 0],
        ["/u/c.netdev", false, 0],
        ["/u/d.netdev", false, 0],
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
        ["note", "Not checked: there are no rules yet for network files.", "file:///u/b.network"],
        ["note", "Not checked: there are no rules yet for netdev files.", "file:///u/c.netdev"],
        ["note", "Not checked: there are no rules yet for netdev files.", "file:///u/d.netdev"],
      ],
    );
    assert.equal(sarifRun(check("--format", "sarif", "/u/a.service").stdout).invocations, undefined);
  });

  it("are notices of a workflow, and skipped tests of JUnit", () => {
    assert.equal(
      check("--format", "github", "/u/a.service", "/u/b.network").stdout,
      `::notice file=/u/b.network,title=Unit Warden::${REASON}\n`,
    );
    const junit = check("--format", "junit", "/n").stdout;
    assert.match(junit, /<testsuites name="Unit Warden" tests="1" failures="0" errors="0" skipped="1">/);
    assert.match(junit, /<skipped message="not checked: there are no rules yet for network files"\/>/);
    assert.doesNotMatch(junit, /no finding/);
  });
});
