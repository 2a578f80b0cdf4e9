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
