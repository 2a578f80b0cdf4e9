import assert from "node:assert/strict";
import { LEARNT_EXAMPLE } from "../../server/src/rules/learn/example.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

/** What is said of a service, without advice: line, code and message. */
function said(lines: readonly string[], more: Readonly<Record<string, string>> = {}, path = "/u/x.service") {
  const files = { "/u/x.service": `[Service]\nExecStart=/usr/bin/x\n${lines.join("\n")}\n`, ...more };
  const { stdout } = runOver(memoryHost(files), "check", "--profile", "off", "--format", "json", path);
  const { files: found } = JSON.parse(stdout);
  return found.flatMap((file: { findings: readonly { start: { line: number }; code: string; message: string }[] }) =>
    file.findings.map(({ start, code, message }) => `${start.line + 1} ${code} ${message}`),
  );
}

describe("findings about statements", () => {
  it("name the word that is no need, and the one that is meant", () => {
    assert.deepEqual(said(["# unit-warden: no hardwear"]), [
      '3 style/unknown-statement Unknown need "hardwear" in a statement; did you mean hardware?',
    ]);
    assert.deepEqual(said(["# unit-warden: needs hardware=ttyUSB0 writes=many"]), [
      '3 style/unknown-statement Invalid detail "ttyUSB0" in a statement; hardware= takes a device such as /dev/ttyUSB0 or char-input',
      '3 style/unknown-statement Invalid detail "many" in a statement; writes= takes an absolute path such as /srv/shop',
    ]);
    assert.deepEqual(said(["# unit-warden: no hardware=/dev/sda"]), [
      '3 style/unknown-statement Statement "no hardware" takes no details: it means all of them',
    ]);
  });

  it("tell two answers to one question at the later one, in a drop-in too", () => {
    const message = (where: string): string =>
      `style/contradicting-statements Statement "no homes" contradicts ${where}; the service keeps what it needs until one of them is removed`;
    assert.deepEqual(said(["# unit-warden: needs homes", "# unit-warden: no homes"]), [`4 ${message("line 3")}`]);
    const dropIn = { "/u/x.service.d/a.conf": "[Service]\n# unit-warden: no homes\nUMask=077\n" };
    const found = said(["# unit-warden: needs homes"], dropIn, "/u/x.service.d/a.conf");
    assert.deepEqual(found, [`2 ${message("line 3")}`]);
  });

  it("tell what the unit or a run shows against one", () => {
    assert.deepEqual(said(["DeviceAllow=/dev/ttyS0 rw", "# unit-warden: no hardware"]), [
      '4 sandbox/contradicted-statement Statement "no hardware" does not count: DeviceAllow= names /dev/ttyS0',
    ]);
    assert.deepEqual(said(["# unit-warden: no compiled-code"], { "/u/x.service.learnt.json": LEARNT_EXAMPLE }), [
      '3 sandbox/contradicted-statement Statement "no compiled-code" does not count: an observed run shows the opposite: mprotect(PROT_EXEC) was seen',
    ]);
  });

  it("name the variable of a runtime, and take no client of a container engine for one", () => {
    assert.deepEqual(said(["Environment=JAVA_OPTS=-Xmx1g", "# unit-warden: no compiled-code"]), [
      '4 sandbox/contradicted-statement Statement "no compiled-code" does not count: Environment= names JAVA_OPTS',
    ]);
    assert.deepEqual(said(["ExecStartPre=/usr/bin/docker pull x", "# unit-warden: no namespaces"]), []);
  });

  it("are none about prose, and tell of files that no service has", () => {
    assert.deepEqual(said(["# unit-warden: no changes here without a ticket"]), []);
    const socket = { "/u/x.socket": "# unit-warden: no homes\n[Socket]\nListenStream=80\n" };
    assert.deepEqual(said([], socket, "/u/x.socket"), [
      "1 style/unknown-statement Statement without a service: no only means something in the file of a service",
    ]);
  });
});
