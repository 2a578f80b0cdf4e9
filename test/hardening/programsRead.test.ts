import assert from "node:assert/strict";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { safeSettings } from "../../server/src/hardening/hardening.ts";
import type { Profile } from "../../server/src/hardening/profiles.ts";
import { nodeProgramFiles } from "../../server/src/main/nodeProgramFiles.ts";
import type { ProgramFiles } from "../../server/src/program/files.ts";
import { readUnit } from "../../server/src/units/unit.ts";
import { underManager } from "../../server/src/units/unitDefaults.ts";

const machine = nodeProgramFiles("/");
const PROGRAM = "/usr/sbin/zorb-packetd";
const TRIED = "/usr/sbin/lighttpd";
const real = (path: string): string => (path === PROGRAM || path === TRIED ? "/usr/bin/true" : path);

/** This machine with two more programs, which do nothing. */
const FILES: ProgramFiles = {
  look: (path) => machine.look(real(path)),
  read: (path, ...span) => machine.read(real(path), ...span),
  list: (path) => machine.list(path),
  packageOf: (path) => machine.packageOf(real(path)),
};

/** What a profile adds to a service of root, by lines, with the grade of each. */
function added(section: string, files?: ProgramFiles, profile: Profile = "basic"): ReadonlyMap<string, string> {
  const path = checkedPath("/usr/lib/systemd/system/zorb.service");
  assert.ok(path && "kind" in path);
  const unit = readUnit(path, `[Unit]\nDescription=Packet capture probe\n[Service]\n${section}`, 257);
  const defaults = { restrictSuidSgid: false, ...(files ? { files } : {}) };
  return new Map(safeSettings(underManager(unit, defaults), profile).map((it) => [it.line, it.grade ?? ""]));
}

describe("hardening a service of root whose program can be read", () => {
  const ONLY = `ExecStart=${PROGRAM}\n`;

  it("adds what the program proves, whatever its description speaks of", () => {
    assert.equal(added(ONLY).has("ProtectKernelModules=yes"), false);
    assert.equal(added(ONLY, FILES).get("ProtectKernelModules=yes"), "proven");
  });

  it("lets root gain no rights where it starts no programs", () => {
    assert.equal(added(ONLY).has("NoNewPrivileges=yes"), false);
    assert.equal(added(ONLY, FILES).get("NoNewPrivileges=yes"), "proven");
  });

  it("takes away capabilities that nothing in it has a use for", () => {
    const line = [...added(ONLY, FILES).keys()].find((it) => it.startsWith("CapabilityBoundingSet="));
    assert.match(line ?? "", /^CapabilityBoundingSet=~.*\bCAP_SYS_ADMIN\b/);
    assert.doesNotMatch(line ?? "", /CAP_NET|CAP_DAC/);
  });

  it("keeps of those that such programs need what this one calls", () => {
    const kept = (files?: ProgramFiles): readonly string[] =>
      [...added(`ExecStart=${TRIED}\n`, files, "strict").keys()].filter((it) =>
        it.startsWith("CapabilityBoundingSet="),
      );
    assert.match(kept().join(), /^CapabilityBoundingSet=CAP_.*CAP_SETUID/);
    assert.match(kept(FILES).join(), /^CapabilityBoundingSet=CAP_DAC_OVERRIDE(?!.*CAP_SETUID)/);
  });

  it("takes none where another command is not read, or the owner says what it needs", () => {
    const lines = (text: string): string => [...added(text, FILES).keys()].join("\n");
    for (const text of [
      `ExecStartPre=/sbin/modprobe zorb\n${ONLY}`,
      `User=zorb\n${ONLY}`,
      `# unit-warden: needs mounts\n${ONLY}`,
    ])
      assert.doesNotMatch(lines(text), /CapabilityBoundingSet=~/, text);
  });
});
