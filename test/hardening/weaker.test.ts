import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hasEvidence } from "../../server/src/hardening/evidence.ts";
import { type Fit, fitOf } from "../../server/src/hardening/fit.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import type { HardeningDirective } from "../../server/src/hardening/profiles.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { findings, fits, rowOf, safe, service, unitOf } from "./kit.ts";

/** How a row fits the unit of a package with these lines. */
const fitsAs = (name: HardeningDirective, stem: string, ...lines: readonly string[]): Fit =>
  fitOf(rowOf(name), factsOf(unitOf(service(...lines), `/usr/lib/systemd/system/${stem}.service`)), "isolated");

/** What the strict profile adds to such a unit, in the first step or in both. */
const added = (stem: string, lines: readonly string[], sure?: "likely"): readonly string[] =>
  safe(lines, "strict", `/usr/lib/systemd/system/${stem}.service`, sure);

describe("hardening: weaker instead of nothing", () => {
  it("leaves a daemon of root the capabilities with which such daemons worked", () => {
    const of = (...lines: readonly string[]) => fits("CapabilityBoundingSet", ...lines);
    const kept = (of().safeValue ?? "").split(" ");
    for (const it of ["CAP_CHOWN", "CAP_SETUID", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT"])
      assert.ok(kept.includes(it), it);
    for (const it of [
      "CAP_SYS_ADMIN",
      "CAP_NET_ADMIN",
      "CAP_NET_RAW",
      "CAP_SYS_PTRACE",
      "CAP_SYS_MODULE",
      "CAP_SYS_TIME",
    ])
      assert.ok(!kept.includes(it), it);
    assert.deepEqual(
      [of().value, of().doubt],
      ["", "if it needs no rights of root but those over files, users and ports"],
    );
    assert.equal(of("ExecStart=/usr/sbin/nginx").doubt, undefined);
    assert.equal(of("ExecStart=/opt/nginx/sbin/nginx").doubt, of().doubt, "not the distribution's");
    const chrony = unitOf(service("ExecStart=/usr/sbin/ntpd"), "/etc/systemd/system/openntpd.service");
    const clock = fitOf(rowOf("CapabilityBoundingSet"), factsOf(chrony));
    assert.match(clock.safeValue ?? "", / CAP_SYS_TIME /);
    assert.equal(clock.doubt, "if it runs no helpers with needs of their own");
    for (const line of ["/usr/sbin/openvpn x", "/usr/sbin/zebra", "/usr/sbin/tcpdump"]) {
      const { safeValue, doubt } = of(`ExecStart=${line}`);
      assert.match(safeValue ?? "", / CAP_NET_ADMIN CAP_NET_RAW/, line);
      assert.match(doubt ?? "", /^if /, line);
    }
    for (const line of ["ExecStart=/usr/local/bin/fan-control", "Type=oneshot", "ExecStartPre=/bin/mount /x"])
      assert.equal(of(line).safeValue, undefined, line);
    assert.ok(!safe([], "strict").some((it) => it.startsWith("CapabilityBoundingSet=")), "only likely");
    assert.ok(safe([], "strict", undefined, "likely").some((it) => it.startsWith("CapabilityBoundingSet=CAP_CHOWN ")));
  });

  it("filters calls of kinds whose scripts and helpers nobody knows, as likely", () => {
    for (const [line, doubt] of [
      ["/usr/sbin/nginx", "if its scripts make no calls beyond those of usual services"],
      ["/usr/sbin/exim4 -bd", "if its filters and delivery agents make no calls beyond those of usual services"],
      ["/usr/sbin/smbd", "if no part of it runs in the kernel, as NFS does"],
    ] as const) {
      const fit = fits("SystemCallFilter", `ExecStart=${line}`);
      assert.deepEqual([fit.safeValue?.split(" ")[0], fit.doubt], ["@system-service", doubt]);
      assert.ok(fit.lines.includes("SystemCallErrorNumber=EPERM"), line);
    }
    const [first, both] = [undefined, "likely" as const].map((it) => added("nginx", ["ExecStart=/usr/sbin/nginx"], it));
    assert.ok(!first?.some((it) => it.startsWith("SystemCallFilter=@")));
    assert.ok(both?.includes("SystemCallFilter=@system-service chroot"));
  });

  it("gives kinds the calls that they need in addition", () => {
    assert.equal(
      fitsAs("SystemCallFilter", "chrony", "ExecStart=/usr/sbin/chronyd").safeValue,
      "@system-service chroot @clock",
    );
    const kept = "CapabilityBoundingSet=CAP_SYS_TIME";
    assert.notEqual(fitsAs("SystemCallFilter", "openntpd", "ExecStart=/usr/sbin/ntpd", kept).safeValue, undefined);
    const { safeValue, doubt } = fits("SystemCallFilter", kept);
    assert.deepEqual([safeValue, doubt], ["@system-service chroot @clock", "if it makes no calls beyond these"]);
  });

  it("takes limits and priorities out of the calls of daemons that did without them", () => {
    const own = added("beanstalkd", ["User=beanstalkd", "ExecStart=/usr/bin/beanstalkd"]);
    assert.deepEqual(
      own.filter((it) => it.startsWith("SystemCallFilter=")),
      ["SystemCallFilter=@system-service chroot", "SystemCallFilter=~@privileged @resources"],
    );
    assert.ok(added("named", ["ExecStart=/usr/sbin/named -f -u bind"]).includes("SystemCallFilter=~@resources"));
    for (const lines of [["User=x"], ["DynamicUser=yes"], ["ExecStart=/opt/named"]])
      assert.ok(
        !added("x", lines).some((it) => it.startsWith("SystemCallFilter=~") && it.includes("@resources")),
        lines.join(),
      );
  });

  it("makes the system read-only but for /var and /run where daemons keep to them, in the strict profile", () => {
    const named = ["ExecStart=/usr/sbin/named -f -u bind"];
    const left = added("named", named).filter((it) => /^(?:ProtectSystem|ReadWritePaths)=/.test(it));
    assert.deepEqual(left, ["ProtectSystem=strict", "ReadWritePaths=-/var -/run"]);
    assert.ok(safe(named, "basic", "/usr/lib/systemd/system/named.service").includes("ProtectSystem=full"));
    const exim = added("exim4", ["ExecStart=/usr/sbin/exim4 -bd"]);
    assert.ok(exim.includes("ReadWritePaths=-/var -/run -/tmp"), "its /tmp is that of all");
    for (const [stem, ...lines] of [
      ["named", "ExecStart=/usr/sbin/named -c /srv/bind/named.conf"],
      ["nginx", "ExecStart=/usr/sbin/nginx"],
      ["x", "ExecStart=/usr/sbin/x --port 8080"],
      ["named", "ExecStart=/opt/bind/named"],
    ] as const)
      assert.ok(!added(stem, lines).includes("ProtectSystem=strict"), lines.join());
  });

  it("raises what an earlier profile left in place", () => {
    const unit = unitOf(
      service("ExecStart=/usr/sbin/named", "ProtectSystem=full"),
      "/usr/lib/systemd/system/named.service",
    );
    const lines = hardenUnit(unit, "strict").settings.map((it) => it.line);
    assert.ok(lines.includes("ProtectSystem=strict") && lines.includes("ReadWritePaths=-/var -/run"), lines.join());
  });

  it("takes its own list of capabilities for no sign of anything", () => {
    const text = service("User=root", "ExecStart=/usr/sbin/named");
    const hardened = applyEdits(text, hardenUnit(unitOf(text), "strict").edits);
    assert.match(hardened, /^CapabilityBoundingSet=CAP_CHOWN .*CAP_DAC_READ_SEARCH/m);
    assert.equal(hasEvidence(factsOf(unitOf(hardened))), false);
  });

  it("leaves a printing program its own directory below /etc", () => {
    const cups = ["ExecStart=/usr/sbin/cupsd -l"];
    const of = (profile: "basic" | "strict") => safe(cups, profile, "/usr/lib/systemd/system/cups.service").slice(0, 2);
    assert.deepEqual(of("basic"), ["ProtectSystem=full", "ReadWritePaths=-/etc/cups -/etc/cupsd"]);
    assert.deepEqual(of("strict"), ["ProtectSystem=strict", "ReadWritePaths=-/var -/run -/etc/cups -/etc/cupsd"]);
  });

  it("lets root's backups read everything, and takes the rest", () => {
    const backup = ["Type=oneshot", "ExecStart=/usr/bin/restic backup /"];
    const first = added("restic", backup);
    for (const it of [
      "ProtectHostname=yes",
      "ProtectKernelLogs=yes",
      "ProtectControlGroups=yes",
      "LockPersonality=yes",
    ])
      assert.ok(first.includes(it), it);
    const more = added("restic", [...backup, "ExecStartPre=/usr/sbin/prepare"]);
    assert.ok(!more.includes("ProtectHostname=yes"), "who knows what else it sets up");
    const both = added("restic", backup, "likely");
    for (const it of ["ProtectClock=yes", "ProtectKernelModules=yes", "ProtectKernelTunables=yes"])
      assert.ok(!first.includes(it) && both.includes(it), it);
    const never =
      /^(?:ProtectSystem|ProtectHome|PrivateTmp|PrivateDevices|CapabilityBoundingSet|SystemCallFilter|NoNewPrivileges)=/;
    assert.deepEqual(
      both.filter((it) => never.test(it)),
      [],
    );
    assert.match(
      findings(backup, "basic").get("ProtectHome")?.message ?? "",
      /; not safe for a backup program: it must read/,
    );
    const mounting = added("borg", ["ExecStart=/usr/bin/borg mount /srv/backup /mnt"], "likely");
    assert.ok(!mounting.some((it) => /^Protect(?:Hostname|Kernel|Control)/.test(it)), mounting.join());
  });

  it("asks for a policy of devices where a private /dev does not do", () => {
    assert.equal(findings([], "strict").has("DevicePolicy"), false);
    const clock = added("chrony", ["ExecStart=/usr/sbin/chronyd"], "likely");
    assert.deepEqual(
      clock.filter((it) => it.startsWith("Device")),
      ["DevicePolicy=closed", "DeviceAllow=char-rtc rw", "DeviceAllow=char-pps rw", "DeviceAllow=char-ptp rw"],
    );
    const user = findings(["NoNewPrivileges=yes"], "strict", "/usr/lib/systemd/user/a.service");
    assert.deepEqual([user.has("DevicePolicy"), user.has("PrivateBPF")], [false, false]);
    const serial = safe(["ExecStart=/usr/bin/x /dev/ttyS0"], "strict", undefined, "likely");
    for (const line of ["DevicePolicy=closed", "DeviceAllow=/dev/ttyS0 rw"]) assert.ok(serial.includes(line), line);
    for (const line of ["SupplementaryGroups=dialout", "DeviceAllow=/dev/fuse", "ExecStart=/usr/bin/x /dev/ttyS%i"])
      assert.ok(!safe([line], "strict", undefined, "likely").some((it) => it.startsWith("DevicePolicy=")), line);
  });

  it("is only likely to hold where others may meet the service", () => {
    const of = (name: HardeningDirective, ...lines: readonly string[]) => {
      const { safeValue, doubt } = fitsAs(name, "foo", ...lines);
      return `${safeValue}${doubt === undefined ? "" : `, ${doubt}`}`;
    };
    assert.equal(of("UMask"), "0027, if no other users open its files and sockets");
    assert.equal(of("UMask", "DynamicUser=yes"), "0077");
    assert.equal(of("RemoveIPC", "User=foo"), "yes");
    assert.equal(of("RemoveIPC", "User=bar"), "yes, if nothing else runs as its user");
    assert.equal(of("RemoveIPC", "User=www-data"), "undefined");
    assert.equal(of("PrivateUsers", "User=foo"), "yes, if it has nothing to do with the files and users of others");
    assert.equal(of("PrivateUsers"), "undefined");
    assert.equal(of("PrivateUsers", "User=foo", "SupplementaryGroups=bar"), "undefined");
    assert.equal(of("ProcSubset", "User=foo"), "pid, if it reads nothing in /proc but processes");
    assert.equal(of("ProcSubset", "ExecStart=/usr/bin/java -jar /usr/share/x.jar"), "undefined");
    assert.equal(of("PrivateBPF"), "yes, if it shares no BPF programs or maps with others");
  });

  it("isolates a daemon that was tried with a user namespace; of files of the kernel no trial tells", () => {
    const strict = added("memcached", ["User=memcache", "ExecStart=/usr/bin/memcached"]);
    const lines = ["User=memcache", "ExecStart=/usr/bin/memcached"];
    const isolated = safe(lines, "isolated", "/usr/lib/systemd/system/memcached.service");
    assert.deepEqual(
      isolated.filter((it) => !strict.includes(it) && !/ExecPaths=|^BindReadOnlyPaths=/.test(it)),
      ["PrivateUsers=yes"],
    );
  });
});
