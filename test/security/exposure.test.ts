import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CHECKS } from "../../server/src/security/checks.ts";
import {
  assess,
  exposureWith,
  formatExposure,
  levelOf,
  sortedAsSystemd,
  tableNameOf,
} from "../../server/src/security/exposure.ts";
import { type Policy, parsePolicy } from "../../server/src/security/policy.ts";
import { assessed, badness, service, unit } from "./kit.ts";

const HARDENED = [
  "DynamicUser=yes",
  "PrivateDevices=yes",
  "PrivateNetwork=yes",
  "PrivateUsers=yes",
  "ProtectControlGroups=yes",
  "ProtectKernelModules=yes",
  "ProtectKernelTunables=yes",
  "ProtectKernelLogs=yes",
  "ProtectClock=yes",
  "ProtectHome=yes",
  "ProtectHostname=yes",
  "RootDirectory=/srv",
  "LockPersonality=yes",
  "MemoryDenyWriteExecute=yes",
  "CapabilityBoundingSet=",
  "UMask=0077",
  "ProtectProc=invisible",
  "ProcSubset=pid",
  "RestrictRealtime=yes",
  "RestrictNamespaces=yes",
  "RestrictAddressFamilies=none",
  "SystemCallArchitectures=native",
  "SystemCallFilter=read",
  "IPAddressDeny=any",
].join("\n");

describe("security: exposure", () => {
  it("goes from 9.6 to 0.1, and never to 0", () => {
    assert.equal(assessed("").exposure, 94);
    assert.equal(assessed("PrivateMounts=no").exposure, 96);
    const best = assessed(HARDENED);
    assert.equal(best.exposure, 1);
    assert.deepEqual(best.level, { name: "SAFE", emoji: "😀" });
    assert.deepEqual(
      best.checks.filter((it) => it.badness).map((it) => [it.id, it.badness, it.exposure]),
      [["DeviceAllow", 5, "0.1"]],
    );
  });

  it("has names", () => {
    const names = [0, 1, 9, 10, 49, 50, 74, 75, 89, 90, 99, 100].map((it) => levelOf(it).name);
    assert.equal(names.join(" "), "PERFECT SAFE SAFE OK OK MEDIUM MEDIUM EXPOSED EXPOSED UNSAFE UNSAFE DANGEROUS");
    assert.equal(formatExposure(94), "9.4");
    assert.equal(formatExposure(100), "10.0");
    assert.equal(formatExposure(0), "0.0");
  });

  it("rounds the rows up, so that each bad one counts", () => {
    const { checks } = assessed("");
    const share = (id: string) => checks.find((it) => it.id === id)?.exposure;
    assert.equal(share("UserOrDynamicUser"), "0.4");
    assert.equal(share("ProcSubset"), "0.1");
    assert.equal(share("KeyringMode"), undefined);
    assert.equal(share("RemoveIPC"), undefined);
  });

  it("leaves out what does not apply", () => {
    const found = assess(unit("[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/true\n"));
    const out = found.checks.filter((it) => it.badness === undefined).map((it) => it.id);
    assert.deepEqual(out, [
      "SupplementaryGroups",
      "PrivateTmp",
      "ProtectHome",
      "ProtectSystem",
      "RootDirectoryOrRootImage",
      "RemoveIPC",
    ]);
    assert.equal(badness("PrivateTmp", ""), 1);
  });

  it("counts units without programs too, as systemd does", () => {
    assert.equal(assess(unit("[Timer]\nOnBootSec=1\n", { path: "a.timer" })).exposure, 98);
    assert.equal(assess(unit("[Slice]\nIPAddressDeny=any\nDevicePolicy=closed\n", { path: "a.slice" })).exposure, 94);
    assert.equal(assess(unit("[Socket]\nListenStream=/a\n", { path: "a.socket" })).exposure, 96);
  });

  it("judges a running unit otherwise", () => {
    assert.equal(assessed("", { running: true }).exposure, 96);
    assert.equal(badness("PrivateMounts", "PrivateTmp=yes", { running: true }), 0);
    assert.equal(badness("PrivateMounts", "PrivateTmp=yes\nPrivateMounts=no", { running: true }), 0);
    const lines = "IPAddressDeny=any\nIPAddressAllow=127.0.0.1";
    assert.equal(badness("IPAddressDeny", lines), 2);
    assert.equal(badness("IPAddressDeny", lines, { running: true }), 5);
  });

  it("reads drop-ins behind the file", () => {
    assert.equal(badness("ProtectHome", "ProtectHome=yes", { dropIns: ["[Service]\nProtectHome=read-only\n"] }), 5);
    assert.equal(badness("ProtectHome", "", { dropIns: ["ProtectHome=yes\n", ""] }), 10);
  });

  it("tells what more assignments would do, and leaves the unit as it is", () => {
    const it = service("SystemCallFilter=@system-service\nDeviceAllow=/dev/fuse rw\nRestrictAddressFamilies=AF_UNIX");
    const before = assess(it).exposure;
    const extra = [
      { directive: "ProtectHome", value: "tmpfs" },
      { directive: "SystemCallFilter", value: "~@resources" },
      { directive: "RestrictAddressFamilies", value: "~AF_UNIX" },
      { directive: "DeviceAllow", value: "" },
    ];
    const lines = extra.map(({ directive, value }) => `${directive}=${value}`).join("\n");
    const after = assess(unit(`${it.file.text}${lines}\n`)).exposure;
    assert.equal(exposureWith(it, extra), after);
    assert.ok(after !== undefined && before !== undefined && after < before);
    assert.equal(exposureWith(it, []), before);
    assert.equal(assess(it).exposure, before);
    assert.equal(
      exposureWith(it, [{ directive: "DefaultDependencies", value: "no" }]),
      assess(unit(`[Unit]\nDefaultDependencies=no\n${it.file.text}`)).exposure,
    );
  });

  it("has a place of its own for each outcome of a check, but for what systemd says in one word of many", () => {
    const shared = (text: string): boolean => /too early|No list denies calls/.test(text);
    for (const text of ["", "User=app", "SystemCallFilter=@swap", "SystemCallFilter=~@swap", "ProtectSystem=full"]) {
      const rows = assessed(text).checks.filter((it) => !shared(it.text));
      assert.equal(new Set(rows.map((it) => it.place)).size, rows.length, text);
    }
  });

  it("sorts rows of one place by name", () => {
    const sorted = sortedAsSystemd(
      assess(unit("[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/a\n")).checks,
    );
    assert.deepEqual(
      sorted.slice(0, 4).map((it) => tableNameOf(it.id)),
      ["PrivateTmp=", "ProtectHome=", "ProtectSystem=", "RootDirectory=/RootImage="],
    );
  });
});

describe("security: the checks", () => {
  it("are 81 with a sum of weights of 56460", () => {
    assert.equal(new Set(CHECKS.map((it) => it.id)).size, 81);
    assert.equal(
      CHECKS.reduce((sum, it) => sum + it.weight, 0),
      56_460,
    );
  });

  it("say something in every case, without a full stop", () => {
    for (const lines of [
      "",
      HARDENED,
      "User=nobody\nSystemCallFilter=~@clock",
      "SystemCallFilter=@resources\nProtectProc=noaccess",
    ]) {
      for (const version of [257, 262]) {
        for (const path of ["x.service", "/etc/systemd/user/x.service"]) {
          const found = assess(service(lines, { path, version }));
          for (const { id, text } of found.checks) assert.match(text, /^[A-Z].{10,}[^.]$/, id);
        }
      }
    }
  });

  it("name a call that shows what a filter leaves", () => {
    const text = (lines: string) => assessed(lines).checks.find((it) => it.id === "SystemCallFilter_clock")?.text;
    assert.equal(text("SystemCallFilter=@clock"), "Its allow list has calls of @clock, such as adjtimex");
    assert.equal(text("SystemCallFilter=~adjtimex"), "Its deny list does not cover @clock, for example clock_adjtime");
    assert.equal(text("SystemCallFilter=~@clock"), "Its deny list has all calls of @clock");
  });

  const bases = [
    "",
    "User=x",
    "CapabilityBoundingSet=CAP_KILL CAP_CHOWN CAP_SYS_ADMIN",
    "SystemCallFilter=@known",
    "SystemCallFilter=~read",
    "RestrictAddressFamilies=AF_INET AF_VSOCK",
    "RestrictAddressFamilies=~AF_VSOCK",
    "RestrictNamespaces=net user",
    "ProtectHome=tmpfs",
    "SystemCallArchitectures=x86",
    "DevicePolicy=closed\nDeviceAllow=/dev/fuse",
    "Delegate=yes\nNotifyAccess=all\nKeyringMode=shared\nPrivateMounts=no\nAmbientCapabilities=CAP_KILL",
  ];
  for (const version of [257, 262]) {
    it(`offer only fixes that make them better (${version})`, () => {
      for (const lines of bases) {
        const before = assessed(lines, { version });
        for (const { id, fix, badness: old } of before.checks) {
          if (fix === undefined || old === undefined) continue;
          const now = badness(id, `${lines}\n${fix}`, { version });
          assert.ok(now === undefined || now < old, `${lines}: ${fix} leaves ${id} at ${now}`);
        }
      }
    });
  }

  it("offer a user service nothing that only the system's manager can do", () => {
    const { checks } = assess(service("", { path: "/etc/systemd/user/x.service", version: 257 }));
    const fixes = checks.flatMap((it) => it.fix ?? []);
    for (const name of ["DynamicUser", "CapabilityBoundingSet", "ProtectProc", "ProcSubset", "RemoveIPC"]) {
      assert.ok(!fixes.some((it) => it.startsWith(name)), name);
    }
    assert.ok(fixes.includes("ProtectHome=tmpfs"));
  });
});

describe("security: policy files", () => {
  /** A policy that must be read. */
  function policyOf(json: unknown): { policy: Policy; ignored: readonly string[] } {
    const result = parsePolicy(JSON.stringify(json));
    assert.ok(result.kind === "policy");
    return result;
  }

  it("change weights, ranges and texts", () => {
    const { policy, ignored } = policyOf({
      PrivateNetwork: { weight: 0 },
      ProtectHome: { weight: 10_000, range: 20 },
      PrivateTmp: { description_bad: "Shared", description_good: "Own" },
      SupplementaryGroups: { description_na: "Whatever" },
    });
    assert.deepEqual(ignored, []);
    const { checks, exposure } = assessed("", { policy });
    const found = (id: string) => checks.find((it) => it.id === id);
    assert.deepEqual(
      [found("PrivateNetwork")?.badness, found("PrivateNetwork")?.text],
      [undefined, "The policy excludes this"],
    );
    assert.deepEqual([found("ProtectHome")?.weight, found("ProtectHome")?.range], [10_000, 20]);
    assert.equal(found("ProtectHome")?.exposure, "0.8");
    assert.equal(found("PrivateTmp")?.text, "Shared");
    assert.equal(found("SupplementaryGroups")?.text, "Whatever");
    assert.equal(exposure, exposureWith(service(""), [], { policy }));
    assert.notEqual(exposure, 94);
  });

  it("can leave everything out", () => {
    const { policy } = policyOf(Object.fromEntries(CHECKS.map((it) => [it.id, { weight: 0 }])));
    assert.equal(assessed("", { policy }).exposure, 0);
  });

  it("are told what counts for nothing", () => {
    const { policy, ignored } = policyOf({
      Typo: {},
      ProtectHome: { weight: -1, range: 0, description_bad: 5, colour: "red" },
      PrivateTmp: 3,
      "CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW)": { weight: 1.5 },
    });
    assert.deepEqual(ignored, [
      "Unknown check Typo",
      "ProtectHome.weight is not a whole number of at least 0",
      "ProtectHome.range is not a whole number of at least 1",
      "ProtectHome.description_bad is not a string",
      "Unknown key ProtectHome.colour",
      "PrivateTmp is not an object",
      "CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW).weight is not a whole number of at least 0",
    ]);
    assert.equal(assessed("", { policy }).exposure, 94);
  });

  it("must be JSON objects", () => {
    for (const text of ["", "{", "[]", "null", "5"]) assert.equal(parsePolicy(text).kind, "error", text);
    const result = parsePolicy('{"ProtectHome":}');
    assert.match(result.kind === "error" ? result.message : "", /^The security policy is not valid JSON: /);
    assert.equal(parsePolicy("\ufeff{}").kind, "policy");
  });
});
