import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitDocument } from "../../server/src/families/document.ts";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { eachFinding } from "../../server/src/features/hardeningSummary.ts";
import { viewOf } from "../../server/src/features/view.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { leftOut } from "../../server/src/hardening/leftOut.ts";
import { hardenAsDropIn, hardenUnit } from "../../server/src/hardening/profile.ts";
import { check, type Selection } from "../../server/src/rules/check.ts";
import { effective } from "../../server/src/security/effective.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { service, unitOf } from "./kit.ts";

const PATH = "/etc/systemd/system/x.service";
const PROFILES = ["basic", "strict", "isolated"] as const;

const advice = (text: string, selection: Selection): Finding[] =>
  check(unitOf(text), { ...selection, select: ["hardening"] });
const codes = (found: readonly Finding[]): string[] => found.map((it) => it.code);

function hardened(text: string, profile: (typeof PROFILES)[number]): string {
  return applyEdits(text, hardenUnit(unitOf(text), profile).edits);
}

describe("hardening: beyond what is known to be safe", () => {
  it("a profile leaves no finding of its own behind", () => {
    for (const lines of [
      [],
      ["User=foo"],
      ["DynamicUser=yes", "StateDirectory=foo"],
      ["User=foo", "ProtectSystem=yes", "ProtectHome=read-only", "ProtectProc=noaccess"],
      ["User=foo", "RestrictAddressFamilies="],
      ["User=foo", "RestrictAddressFamilies=~AF_PACKET", "SystemCallFilter=~@mount", "SystemCallFilter=~@clock"],
    ])
      for (const profile of PROFILES) {
        const before = service(...lines);
        assert.notDeepEqual(advice(before, { profile }), [], `${profile} on ${lines.join()}`);
        assert.deepEqual(codes(advice(hardened(before, profile), { profile })), [], `${profile} on ${lines.join()}`);
      }
  });

  it("what it leaves to the reader is offered with its reason, and no diagnostic tells of it", () => {
    const text = hardened(service("User=foo", "ExecStart=/usr/sbin/foo --device /dev/ttyS%i"), "basic");
    const found = advice(text, { profile: "basic", beyond: true });
    assert.ok(found.every((it) => it.beyond));
    const view = viewOf(unitDocument(unitOf(text).path, text), 262);
    const start = text.indexOf("[Service]");
    const actions = codeActions(view, "file:///x.service", { start, end: start }, eachFinding(found));
    const clock = actions.find((it) => it.title.startsWith("Add ProtectClock=yes; "));
    assert.match(clock?.title ?? "", /^Add ProtectClock=yes; not safe here: .*uses \/dev\/ttyS%i \(\d\.\d → \d\.\d\)$/);
    assert.equal(clock?.diagnostics, undefined);
    assert.ok(actions.every((it) => !it.title.startsWith("Ignore ")));
  });

  it("as long as something safe is missing, what may be right is told, and never what the service cannot bear", () => {
    const text = hardened(service("User=foo", "ExecStart=/usr/sbin/foo --device /dev/ttyS%i"), "basic");
    const missing = text.replace("LockPersonality=yes\n", "");
    const found = codes(advice(missing, { profile: "basic" }));
    assert.ok(found.includes("hardening/lock-personality"));
    assert.ok(found.includes("hardening/no-new-privileges") || !/NoNewPrivileges/.test(missing));
    assert.ok(!found.includes("hardening/protect-clock"));
    assert.ok(!found.includes("hardening/private-devices"));
  });

  it("what a program cannot bear is no finding of any profile, and is left out with its reason", () => {
    for (const [program, directive, reason] of [
      ["/usr/sbin/chronyd", "ProtectClock", /^not safe for a time program: /],
      ["/usr/sbin/modprobe -a loop", "ProtectKernelModules", /^not safe (?:for a|here: )/],
      ["/usr/sbin/tcpdump -i any", "DynamicUser", /^not safe for a packet capture program: /],
    ] as const) {
      const text = `[Service]\nExecStart=${program}\n`;
      for (const profile of PROFILES) {
        const found = advice(text, { profile });
        assert.ok(!found.some((it) => it.directive === directive), `${program} is told of ${directive}=`);
        assert.ok(!found.some((it) => it.message.includes("not safe ") && !it.fixes.some((fix) => fix.suits)));
      }
      const left = leftOut(unitOf(text), "strict").find((it) => it.line.startsWith(`${directive}=`));
      assert.equal(left?.kind, "against");
      assert.match(left.reason, reason);
    }
  });

  it("a weak value that is all that the kind of program bears is no finding either", () => {
    const bears = "[Service]\nUser=x\nStateDirectory=x\nExecStart=/usr/bin/foo\nProtectSystem=full\n";
    const system = (text: string) => advice(text, { profile: "basic" }).find((it) => it.directive === "ProtectSystem");
    assert.equal(system(bears)?.severity, "warning");
    assert.equal(system(bears.replace("/usr/bin/foo", "/usr/sbin/cron")), undefined);
    const devices = "[Service]\nUser=x\nExecStart=/usr/bin/foo --device /dev/ttyS0\nPrivateDevices=no\n";
    assert.deepEqual(
      codes(advice(devices, { profile: "basic" })).filter((it) => it.includes("devices")),
      [],
    );
  });

  it("a gentler list that suits the kind of program is offered first, with its doubt", () => {
    const text = "[Service]\nExecStart=/usr/sbin/chronyd\n";
    const calls = advice(text, { profile: "strict" }).find((it) => it.directive === "SystemCallFilter");
    assert.match(calls?.message ?? "", /; likely safe here, if it runs no helpers with needs of their own$/);
    assert.match(calls?.fixes[0]?.title ?? "", /^Add SystemCallFilter=@system-service chroot @clock with /);
  });

  it("a kind of program that bears nothing is left in peace", () => {
    assert.deepEqual(codes(advice("[Service]\nExecStart=/usr/sbin/cron -f\n", { profile: "basic" })), []);
    assert.ok(leftOut(unitOf("[Service]\nExecStart=/usr/sbin/cron -f\n"), "basic").length > 10);
  });

  it("a value that is weaker on purpose stays as it is and stays a finding", () => {
    const text = hardened(service("User=foo", "PrivateTmp=no"), "basic");
    assert.match(text, /^PrivateTmp=no$/m);
    const [only, ...more] = advice(text, { profile: "basic" });
    assert.deepEqual([only?.code, only?.severity, more], ["hardening/private-tmp", "warning", []]);
    assert.deepEqual(
      leftOut(unitOf(text), "basic").find((it) => it.line === "PrivateTmp=yes")?.reason,
      "the unit sets PrivateTmp=no",
    );
  });

  it("an allow list comes before the deny lists, which go on to count", () => {
    const before = service("User=foo", "RestrictAddressFamilies=~AF_NETLINK", "SystemCallFilter=~@clock");
    const after = hardened(before, "strict");
    assert.match(after, /^RestrictAddressFamilies=AF_UNIX .*\nRestrictAddressFamilies=~AF_NETLINK$/m);
    assert.match(after, /^SystemCallFilter=@system-service chroot\nSystemCallFilter=~@clock$/m);
    assert.match(after, /^SystemCallErrorNumber=EPERM$/m);
    const badness = (text: string, id: string): number | undefined =>
      assess(unitOf(text)).checks.find((it) => it.id === id)?.badness;
    for (const id of [
      "RestrictAddressFamilies_AF_NETLINK",
      "RestrictAddressFamilies_AF_PACKET",
      "SystemCallFilter_clock",
    ])
      assert.equal(badness(after, id), 0, id);
    const dropIn = hardenAsDropIn(unitOf(before), "strict", undefined);
    const extended = unitOf(before, PATH, [dropIn.text]);
    const badnesses = (unit: Unit) => assess(unit).checks.map((it) => [it.id, it.badness]);
    assert.deepEqual(badnesses(extended), badnesses(unitOf(after)));
    assert.deepEqual(hardenAsDropIn(extended, "strict", dropIn.text).edits, []);
    assert.match(
      dropIn.text,
      /\n# Note: .*\nSystemCallFilter=\nSystemCallFilter=@system-service.*\n(?:SystemCallFilter=~.*\n)+/,
    );
  });

  it("as a drop-in denies all that the unit denied, and all that it denies in place", () => {
    for (const lines of [
      ["SystemCallFilter=~@mount @clock:EPERM", "SystemCallFilter=umount2", "SystemCallFilter=~read:EPERM"],
      [
        "SystemCallFilter=@clock",
        "SystemCallFilter=",
        "SystemCallFilter=~@io-event",
        "SystemCallFilter=epoll_wait @clock",
      ],
      ["RestrictAddressFamilies=~AF_UNIX AF_INET", "RestrictAddressFamilies=AF_INET"],
    ]) {
      const text = service("User=foo", ...lines);
      const dropIn = hardenAsDropIn(unitOf(text), "strict", undefined);
      const [before, after] = [effective(unitOf(text)).settings, effective(unitOf(text, PATH, [dropIn.text])).settings];
      assert.ok(lines[0]?.startsWith("Restrict") || after.systemCalls?.allow, dropIn.text);
      if (before.systemCalls)
        assert.ok(before.systemCalls.members.every((bits, i) => (bits & (after.systemCalls?.members[i] ?? -1)) === 0));
      for (const family of before.addressFamilies.members ?? []) {
        assert.ok(after.addressFamilies.allow && !after.addressFamilies.members?.has(family), dropIn.text);
      }
      const inPlace = effective(unitOf(hardened(text, "strict"))).settings;
      assert.deepEqual([after.systemCalls, after.addressFamilies], [inPlace.systemCalls, inPlace.addressFamilies]);
    }
  });

  it("a comment that silences such advice is not called needless", () => {
    const text = `# unit-warden: ignore-file hardening/no-new-privileges -- sudo is needed\n${service()}`;
    const found = check(unitOf(hardened(text, "basic")), { profile: "basic" });
    assert.deepEqual(codes(found), []);
  });
});
