import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { RHEL_8, RHEL_9 } from "../../server/src/facts/targets.ts";
import { OLDEST_VERSION, VERSIONS } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

function assessed(lines: string, version: number, name = "x.service") {
  const path = unitPath(name);
  assert.ok(path);
  return assess(readUnit(path, lines, version));
}

const service = (lines: string, version: number) => assessed(`[Service]\nExecStart=/bin/true\n${lines}`, version);
const exposures = (lines: string, ...versions: readonly number[]) => versions.map((it) => service(lines, it).exposure);
const loads = (lines: string, ...versions: readonly number[]) => versions.map((it) => service(lines, it).loads);

describe("exposure: versions", () => {
  it("have as many checks as their tables", () => {
    const counts = [OLDEST_VERSION, RHEL_8, 242, 244, 245, 247, 252, 253, RHEL_9.nine, 254, 255, 262];
    assert.deepEqual(
      counts.map((it) => service("", it).checks.length),
      [74, 75, 76, 77, 78, 80, 81, 80, 80, 81, 81, 81],
    );
  });

  it("count an unset PrivateMounts= until 253, and not as long as something implies it later", () => {
    assert.deepEqual(exposures("", 252, 253, 254, 257), [96, 96, 94, 94]);
    assert.deepEqual(exposures("PrivateMounts=yes\n", 252, 254), [94, 94]);
    assert.deepEqual(exposures("PrivateMounts=\n", 252, 254), [96, 94]);
  });

  it("ignore values that only later ones take", () => {
    assert.deepEqual(exposures("PrivateTmp=disconnected\n", 256, 257), [94, 92]);
    assert.deepEqual(exposures("PrivateUsers=self\n", 254, 257), [94, 92]);
  });

  it("ignore directives that only later ones read", () => {
    assert.deepEqual(exposures("ProtectProc=invisible\n", 246, 247), [96, 94]);
    assert.equal(service("RestrictSUIDSGID=yes\n", 241).exposure, service("", 241).exposure);
    assert.ok((service("RestrictSUIDSGID=yes\n", RHEL_8).exposure ?? 0) < (service("", RHEL_8).exposure ?? 0));
  });

  it("give every service of every version an exposure", () => {
    for (const version of VERSIONS) assert.ok((service("", version).exposure ?? 0) > 90, String(version));
  });
});

describe("refusals: versions", () => {
  it("take a oneshot service that is restarted, once they can", () => {
    assert.deepEqual(loads("Type=oneshot\nRestart=on-failure\n", 243, 244), [false, true]);
    assert.deepEqual(loads("Type=oneshot\nRestartForceExitStatus=3 SIGTERM\n", 255, 256), [false, true]);
    assert.deepEqual(loads("Type=oneshot\nRestartForceExitStatus=3\nRestartForceExitStatus=\n", 255), [true]);
  });

  it("take longer names of programs, until they are those of files", () => {
    const lines = `ExecStartPre=/bin/${"a".repeat(300)}\n`;
    assert.deepEqual(loads(lines, 247, 248, 262), [true, false, false]);
  });

  it("look at dynamic users and at what is mounted, once they do", () => {
    assert.deepEqual(loads("DynamicUser=yes\nWorkingDirectory=~\n", 255, 256), [true, false]);
    assert.deepEqual(loads("ProtectSystem=yes\nWorkingDirectory=/proc\n", 256, 257), [true, false]);
  });

  it("want a session of a socket to be killed whole, and later as that of a service", () => {
    const socket = "[Socket]\nListenStream=80\nPAMName=x\nKillMode=mixed\n";
    assert.deepEqual(
      [256, 257].map((it) => assessed(socket, it, "x.socket").loads),
      [false, true],
    );
    assert.deepEqual(loads("PAMName=x\nKillMode=mixed\n", 252, 257), [true, true]);
  });

  it("do not let a unit take the mount of /run/lock where Debian has it", () => {
    const mount = "[Mount]\nWhat=tmpfs\nWhere=/run/lock\n";
    assert.deepEqual(
      [247, 252, RHEL_9.nine, 257].map((it) => assessed(mount, it, "run-lock.mount").loads),
      [false, false, true, true],
    );
  });
});
