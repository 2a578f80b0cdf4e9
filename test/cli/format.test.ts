import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const UNIT = "/u/x.service";
const LOOSE = "[Service]\nType = exec \n\n\n[Install]\n";
const TIGHT = "[Service]\nType=exec\n\n[Install]\n";
const LEFT = "this is not plain UTF-8 text with ordinary line ends: the file is left as it is";

describe("cli format", () => {
  it("prints what would change as a diff, and writes nothing", () => {
    const host = memoryHost({ [UNIT]: LOOSE, "/u/y.service": TIGHT });
    const diff = `--- ${UNIT}\n+++ ${UNIT}\n@@ -1,5 +1,4 @@\n [Service]\n-Type = exec \n+Type=exec\n \n-\n [Install]\n`;
    assert.deepEqual(runOver(host, "format", "/u"), { stdout: diff, stderr: "", status: 1 });
    assert.deepEqual(host.written, []);
  });

  it("ends a last line that has no end in a diff that patch(1) understands", () => {
    const host = memoryHost({ [UNIT]: "[Service]\nType=exec" });
    const diff = `--- ${UNIT}\n+++ ${UNIT}\n@@ -1,2 +1,2 @@\n [Service]\n-Type=exec\n\\ No newline at end of file\n+Type=exec\n`;
    assert.deepEqual(runOver(host, "format", UNIT).stdout, diff);
  });

  it("names the files that would change", () => {
    const host = memoryHost({ [UNIT]: LOOSE, "/u/x.service.d/a.conf": LOOSE, "/u/y.timer": TIGHT });
    const { stdout, status } = runOver(host, "format", "--check", "/u");
    assert.deepEqual([stdout, status, host.written], [`${UNIT}\n/u/x.service.d/a.conf\n`, 1, []]);
    assert.deepEqual(runOver(host, "format", "--check", "/u/y.timer"), { stdout: "", stderr: "", status: 0 });
  });

  it("writes, and the second time has nothing to do", () => {
    const host = memoryHost({ [UNIT]: LOOSE, "/u/y.service": TIGHT });
    assert.deepEqual(runOver(host, "format", "--write", "/u"), { stdout: `${UNIT}\n`, stderr: "", status: 0 });
    assert.deepEqual([host.files.get(UNIT), host.written], [TIGHT, [UNIT]]);
    assert.deepEqual(runOver(host, "format", "--write", "/u"), { stdout: "", stderr: "", status: 0 });
  });

  it("names what it leaves alone, and does the rest", () => {
    const broken = new Uint8Array([...Buffer.from("[Unit]\nDescription = "), 0xff, 10]);
    const host = memoryHost({ "/u/a.service": broken, "/u/b.service": "[Unit]\0", [UNIT]: LOOSE });
    const { stdout, stderr, status } = runOver(host, "format", "--write", "/u");
    assert.equal(stderr, `unit-warden: /u/a.service: ${LEFT}\nunit-warden: /u/b.service: ${LEFT}\n`);
    assert.deepEqual([stdout, status, host.written], [`${UNIT}\n`, 2, [UNIT]]);
  });

  it("leaves empty files, which mask units, links in folders and files of another syntax", () => {
    const host = memoryHost(
      { [UNIT]: "", "/u/tmpfiles.d/a.conf": "d /run/x\n", "/v/x.service": LOOSE },
      { links: { "/u/l.service": "/v/x.service" } },
    );
    assert.deepEqual(runOver(host, "format", "--write", "/u"), { stdout: "", stderr: "", status: 0 });
    const named = runOver(host, "format", "/u/tmpfiles.d/a.conf");
    assert.match(named.stderr, /a\.conf: only unit files and drop-ins can be formatted\n$/);
    assert.equal(named.status, 2);
    assert.equal(runOver(host, "format", "--write", "/u/l.service").stdout, "/u/l.service\n");
    assert.equal(host.files.get("/v/x.service"), TIGHT);
  });

  it("formats standard input to standard output, and nothing where it cannot", () => {
    const piped = (text: string | Uint8Array, path = "x.service") =>
      runOver(memoryHost({}, { piped: text }), "format", "--stdin-path", path);
    assert.deepEqual(piped(LOOSE), { stdout: TIGHT, stderr: "", status: 0 });
    assert.deepEqual(piped("\r"), { stdout: "", stderr: `unit-warden: x.service: ${LEFT}\n`, status: 2 });
    assert.equal(piped(LOOSE, "x.txt").status, 2);
  });

  it("says how it is to be called", () => {
    const called = (...argv: readonly string[]): string =>
      runOver(memoryHost({ [UNIT]: LOOSE }), "format", ...argv).stderr.split("\n")[0] ?? "";
    assert.match(called(), /name a unit file or a folder to format$/);
    assert.match(called("--check", "--write", UNIT), /--check and --write exclude each other$/);
    assert.match(called("--stdin-path", "x.service", UNIT), /--stdin-path formats standard input alone/);
    assert.match(runOver(memoryHost({}), "format", "--help").stdout, /\nformat: /);
  });
});
