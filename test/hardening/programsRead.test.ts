import assert from "node:assert/strict";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { safeSettings } from "../../server/src/hardening/hardening.ts";
import type { Profile } from "../../server/src/hardening/profiles.ts";
import { nodeProgramFiles } from "../../server/src/main/nodeProgramFiles.ts";
import type { ProgramFiles } from "../../server/src/program/files.ts";
import { readUnit, withKnowledge } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { memoryFiles } from "../program/kit.ts";

const machine = nodeProgramFiles("/");
const PROGRAM = "/usr/sbin/zorb-packetd";
const TRIED = "/usr/sbin/lighttpd";
const STARTING = "/usr/sbin/zorb-startd";
const KNOWN = "/usr/sbin/minidlnad";
const TUNNEL = "/usr/sbin/redsocks";
const PLAYER = "/usr/bin/mpd";
const HOOKS = "/usr/sbin/openfortivpn";
const MONITORING = "/usr/bin/prometheus-node-exporter";
const REAL: Readonly<Record<string, string>> = {
  [PROGRAM]: "/usr/bin/true",
  [TRIED]: "/usr/bin/true",
  [STARTING]: "/usr/bin/env",
  [KNOWN]: "/usr/bin/env",
  [TUNNEL]: "/usr/bin/true",
  [PLAYER]: "/usr/bin/true",
  [HOOKS]: "/usr/bin/env",
};
const real = (path: string): string => REAL[path] ?? path;

/** This machine with more programs: two that do nothing, and two that start others. */
const FILES: ProgramFiles = {
  look: (path) => machine.look(real(path)),
  read: (path, ...span) => machine.read(real(path), ...span),
  list: (path) => machine.list(path),
  packageOf: (path) => machine.packageOf(real(path)),
};

function unitOf(section: string, files?: ProgramFiles, description = "Packet capture probe"): Unit {
  const path = checkedPath("/usr/lib/systemd/system/zorb.service");
  assert.ok(path && "kind" in path);
  const unit = readUnit(path, `[Unit]\nDescription=${description}\n[Service]\n${section}`, 257);
  return withKnowledge(unit, { defaults: { restrictSuidSgid: false, ...(files ? { files } : {}) } });
}

/** What a profile adds to a service, by lines, with the grade of each. */
function added(section: string, files?: ProgramFiles, profile: Profile = "basic"): ReadonlyMap<string, string> {
  return new Map(safeSettings(unitOf(section, files), profile).map((it) => [it.line, it.grade ?? ""]));
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
    assert.doesNotMatch(line ?? "", /CAP_NET_(?!RAW)|CAP_DAC/);
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

describe("hardening a service whose kind and words say less than its program", () => {
  const lines = (text: string, files?: ProgramFiles, description = "Zorb"): readonly string[] =>
    safeSettings(unitOf(text, files, description), "strict").map((it) => it.line);
  const has = (all: readonly string[], line: string): boolean => all.includes(line);

  it("closes what others of its kind open, where it opens none of that and starts nothing", () => {
    const own = lines(`ExecStart=${TUNNEL}\n`, FILES);
    for (const it of ["PrivateDevices=yes", "ProtectKernelTunables=yes", "RestrictNamespaces=yes"])
      assert.deepEqual([it, has(own, it), has(lines(`ExecStart=${HOOKS}\n`, FILES), it)], [it, true, false]);
    assert.ok(has(own, "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK"));
    assert.doesNotMatch(own.join("\n"), /@module/);
  });

  it("leaves the devices of hardware open, which no run of ours had", () => {
    assert.equal(has(lines(`ExecStart=${PLAYER}\n`, FILES), "PrivateDevices=yes"), false);
  });

  it("adds what all bear whose programs leave it open, whatever its description leaves open", () => {
    const loading = memoryFiles({ "/usr/bin/zorbgate": "#!/usr/bin/perl\nmy $name = shift; require $name;\n" });
    const text = "User=zorb\nExecStart=/usr/bin/zorbgate\n";
    for (const it of ["RestrictNamespaces=yes", "PrivateDevices=yes"])
      assert.deepEqual(
        [
          it,
          has(lines(text, loading, "Gateway for orders"), it),
          has(lines(text, undefined, "Gateway for orders"), it),
        ],
        [it, true, false],
      );
  });

  it("lets sockets be of the families that all measured daemons had enough with", () => {
    const families = (text: string, files?: ProgramFiles): string | undefined =>
      lines(`${text}ExecStart=${STARTING}\n`, files, "Music server").find((it) => it.startsWith("RestrictAddr"));
    const usual = "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK";
    assert.equal(families("", FILES), `${usual} AF_PACKET`);
    assert.equal(families("CapabilityBoundingSet=CAP_SETUID\n", FILES), usual);
    assert.equal(families("User=zorb\n", FILES), usual);
  });

  it("takes the right to load modules from a user who never had it", () => {
    const text = `User=zorb\nAmbientCapabilities=CAP_NET_ADMIN\nExecStart=${PROGRAM}\n`;
    assert.ok(has(lines(text, FILES), "ProtectKernelModules=yes"));
    assert.ok(!has(lines(text.replace("NET_ADMIN", "SYS_MODULE"), FILES), "ProtectKernelModules=yes"));
  });

  it("hides homes from root, too, where its program reads none", () => {
    assert.ok(has(lines(`ExecStart=${PROGRAM}\n`, FILES), "ProtectHome=tmpfs"));
    assert.ok(!has(lines(`ExecStart=${PROGRAM}\n`), "ProtectHome=tmpfs"));
  });

  it("counts a command that runs the same program as that program", () => {
    const text = `ExecStartPre=${TUNNEL} --test\nExecStart=${TUNNEL}\n`;
    assert.match(lines(text, FILES).join("\n"), /^CapabilityBoundingSet=~.*CAP_SYS_ADMIN/m);
  });
});

describe("hardening a service of a user whose program can be read", () => {
  const NOTHING = "CapabilityBoundingSet=";

  it("takes all capabilities where the kernel gives it none", () => {
    const isTaken = (text: string, files?: ProgramFiles): boolean =>
      safeSettings(unitOf(`User=zorb\n${text}`, files, "Zorb"), "basic").some((it) => it.line === NOTHING);
    assert.ok(isTaken(`ExecStart=${PROGRAM}\n`, FILES));
    assert.ok(isTaken(`NoNewPrivileges=yes\nExecStart=${STARTING}\n`, FILES));
    assert.equal(isTaken(`ExecStart=${STARTING}\n`, FILES), false);
    assert.equal(isTaken(`NoNewPrivileges=yes\nExecStart=${STARTING}\n`), false);
  });

  it("denies what the kernel refuses without rights, whatever its kind", () => {
    const lists = (text: string, files?: ProgramFiles): readonly string[] =>
      safeSettings(unitOf(`User=zorb\n${text}ExecStart=${MONITORING}\n`, files, "Zorb"), "strict")
        .map((it) => it.line)
        .filter((it) => it.includes("=~"));
    const opening = (family: string): ProgramFiles =>
      memoryFiles({ [MONITORING]: `#!/usr/bin/python3\nimport socket\nsocket.socket(${family})\n` });
    const calls = "SystemCallFilter=~@module @raw-io @reboot @swap";
    assert.deepEqual(lists("NoNewPrivileges=yes\n", opening("kind")).toSorted(), [
      "RestrictAddressFamilies=~AF_PACKET",
      calls,
    ]);
    assert.deepEqual(lists("NoNewPrivileges=yes\n", opening("socket.AF_PACKET")), [calls]);
    assert.deepEqual(lists("NoNewPrivileges=yes\n"), []);
    assert.deepEqual(lists("AmbientCapabilities=CAP_NET_RAW\n", opening("kind")), []);
  });

  it("takes them with the setting that lets it gain none, or not at all", () => {
    const unit = unitOf(`User=zorb\nExecStart=${KNOWN}\n`, FILES, "Zorb");
    const lines = (unwanted: (code: string) => boolean): readonly string[] =>
      safeSettings(unit, "basic", unwanted).map((it) => it.line);
    const both = lines(() => false).filter((it) => it === NOTHING || it.startsWith("NoNew"));
    assert.deepEqual(both.toSorted(), [NOTHING, "NoNewPrivileges=yes"]);
    const neither = lines((code) => code === "hardening/no-new-privileges");
    assert.ok(neither.includes("ProtectHostname=yes"));
    assert.equal(neither.includes(NOTHING), false);
  });
});
