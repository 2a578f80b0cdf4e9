import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Host } from "../../server/src/cli/host.ts";
import { findingsOf } from "../kit/fixture.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { memoryFiles } from "../program/kit.ts";

const USER = "/etc/systemd/user/x.service";
const service = (...lines: readonly string[]): string => `[Service]\nExecStart=/usr/bin/d\n${lines.join("\n")}\n`;

/** What is found in a user unit, by its severity and the end of its message. */
const said = (version: number, ...lines: readonly string[]): readonly string[] =>
  findingsOf(service(...lines), USER, { profile: "off" }, version)
    .filter((it) => it.code === "sandbox/user-namespace")
    .map(({ severity, message }) => `${severity} ${message.replace(/=.*(?: do, |: )/s, "= ")}`);

describe("settings of a user unit that need a user namespace", () => {
  it("fail the start with their status, or are dropped", () => {
    assert.deepEqual(said(257, "ProtectClock=yes"), ["info ProtectClock= the start fails with 218/CAPABILITIES"]);
    assert.deepEqual(said(257, "PrivateUsers=yes"), ["info PrivateUsers= the start fails with 217/USER"]);
    assert.deepEqual(said(257, "TemporaryFileSystem=/srv"), [
      "info TemporaryFileSystem= the start fails with 226/NAMESPACE",
    ]);
    assert.deepEqual(said(257, "PrivateTmp=yes", "ProtectSystem=full"), [
      "info PrivateTmp= it has no effect, and the service runs without this protection",
    ]);
  });

  it("have no effect before the user manager made one", () => {
    assert.deepEqual(said(253, "ProtectHome=yes"), [
      "warning ProtectHome= the user manager has no right to mount, and ignores it",
    ]);
  });
});

describe("a drop-in of a user unit", () => {
  it("is judged for the manager that the command line names", () => {
    const files = {
      "/src/app.service": service(),
      "/src/app.service.d/x.conf": "[Service]\nProtectClock=yes\n",
    };
    const found = (...argv: readonly string[]): string =>
      runOver(memoryHost(files), "check", "/src/app.service.d/x.conf", "--profile", "off", ...argv).stdout;
    assert.match(found("--user"), /sandbox\/user-namespace/);
    assert.doesNotMatch(found("--system"), /sandbox\/user-namespace/);
  });
});

describe("a socket of a user manager", () => {
  const told = (...lines: readonly string[]): readonly string[] =>
    findingsOf(`[Socket]\n${lines.join("\n")}\n`, "/etc/systemd/user/x.socket", { profile: "off" }).flatMap((it) =>
      it.code.startsWith("sandbox/") ? `${it.code} ${it.fixes.map(({ title }) => title).join()}` : [],
    );

  it("is made where the user may make one, on a port that anybody may open", () => {
    assert.deepEqual(told("ListenStream=/run/x.sock"), ["sandbox/user-path Change /run to %t"]);
    assert.deepEqual(told("ListenFIFO=/var/lib/x/f"), ["sandbox/user-path Change /var/lib to %S"]);
    assert.deepEqual(told("ListenStream=127.0.0.1:80"), ["sandbox/denied-port Change to 127.0.0.1:8080"]);
    assert.deepEqual(told("ListenDatagram=[::1]:53"), ["sandbox/denied-port Change to [::1]:8053"]);
    assert.deepEqual(told("ListenStream=8080", "ListenStream=vsock:2:80", "ListenStream=%t/x.sock"), []);
  });
});

describe("a compiler in the folder of a program", () => {
  /** What is found where the machine has some files. */
  function found(files: Readonly<Record<string, string>>): string {
    const path = "/etc/systemd/system/x.service";
    const text = "[Service]\nExecStart=/opt/app/server\nMemoryDenyWriteExecute=yes\nSystemCallArchitectures=native\n";
    const host: Host = { ...memoryHost({ [path]: text }), programFiles: () => memoryFiles(files) };
    return runOver(host, "check", path, "--profile", "off").stdout;
  }

  it("fails under MemoryDenyWriteExecute=", () => {
    const files = { "/opt/app/server": "", "/opt/app/libcoreclr.so": "" };
    assert.match(found(files), /blocks the JIT compiler of the \.NET runtime in the folder of server/);
    assert.doesNotMatch(found({ "/opt/app/server": "", "/opt/app/libfoo.so": "" }), /sandbox\/jit/);
  });
});
