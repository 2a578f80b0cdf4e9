import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { knownOf } from "../../server/src/hardening/beyondRuns.ts";
import { learn } from "../../server/src/learn/learn.ts";
import { readLearnt, writeLearnt } from "../../server/src/learn/learntFile.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { proven, settingsToProve } from "../../server/src/learn/proof.ts";
import { relearn } from "../../server/src/learn/relearn.ts";
import { withKnowledge } from "../../server/src/units/readUnit.ts";
import { skip } from "../kit/skip.ts";
import { compiled, hasCompiler } from "../program/compiled.ts";
import { memoryFiles } from "../program/kit.ts";
import { needsOf, serviceOf, sight, uses } from "./kit.ts";

/** A run that only read, of root that became one user. */
const READING = needsOf({
  paths: { "/usr/bin/x": uses(1, "execute", "map") },
  capabilities: { CAP_SETUID: { reason: "become another user", sight: sight(3) } },
});

/** What is learnt about a service with these lines, as `KEY=VALUE` or `KEY: sentence`. */
function learnt(lines: readonly string[], name?: string, needs: Needs = READING, trusted = false) {
  const unit = serviceOf(lines, name);
  const { settings } = learn(needs, unit, { known: knownOf(unit), trusted });
  const own = settings.filter((it) => it.part === "settings");
  return {
    value: (key: string) =>
      own
        .filter((it) => it.key === key && it.grade !== "refused")
        .map((it) => it.value)
        .join(" | "),
    against: (key: string) => own.find((it) => it.key === key && it.grade === "refused")?.evidence,
    mayBreak: (key: string) => own.find((it) => it.key === key)?.mayBreak,
  };
}

/** Real commands of the daemons that broke, with what speaks against settings that a run had shown. */
const REFUSED: Readonly<Record<string, readonly [command: string, keys: readonly string[], reason: RegExp]>> = {
  smbd: ["/usr/sbin/smbd --foreground", ["ProtectHome", "PrivateTmp", "NoNewPrivileges", "UMask"], /for a file server/],
  rsync: ["/usr/bin/rsync --daemon --no-detach", ["ProtectHome", "PrivateTmp"], /its shares may be anywhere/],
  "pure-ftpd": ["/usr/sbin/pure-ftpd-wrapper", ["ProtectHome", "PrivateTmp"], /its shares may be anywhere/],
  tftpd: ["/usr/sbin/in.tftpd --foreground -c --secure /srv/tftp", ["ProtectHome"], /its shares may be anywhere/],
  nbd: ["/usr/bin/nbd-server", ["PrivateDevices", "ProtectClock"], /its exports may be disks of the machine/],
  "rest-server": ["/usr/bin/rest-server --path /srv/restic", ["ProtectHome"], /its shares may be anywhere/],
  collectd: ["/usr/sbin/collectd", ["ProcSubset", "ProtectProc"], /it monitors all processes/],
  snmpd: ["/usr/sbin/snmpd -f", ["PrivateNetwork"], /it counts what goes over the interfaces of the host/],
  fcgiwrap: ["/usr/sbin/fcgiwrap", ["NoNewPrivileges", "PrivateUsers"], /they may send mail through set-gid programs/],
  lighttpd: ["/usr/sbin/lighttpd -D", ["NoNewPrivileges"], /they may send mail through set-gid programs/],
};

describe("what hardening knows of a service, in learning", () => {
  for (const [name, [command, keys, reason]] of Object.entries(REFUSED))
    it(`refuses ${keys.map((it) => `${it}=`).join(", ")} for ${name}, though a run speaks for it`, () => {
      const found = learnt([`ExecStart=${command}`, "User=x"], `${name}.service`, needsOf());
      for (const key of keys) assert.match(found.against(key) ?? "", reason, key);
      assert.equal(learnt(["ExecStart=/usr/bin/food", "User=x"]).against(keys[0] ?? ""), undefined);
    });

  it("keeps /tmp writable where a service that makes files there does not get one of its own", () => {
    const making = needsOf({ paths: { "/tmp/x": uses(1, "make", "write") } });
    const own = learnt(["ExecStart=/usr/bin/food"], "food.service", making);
    assert.deepEqual([own.value("PrivateTmp"), own.value("ReadWritePaths")], ["yes", ""]);
    const shared = learnt(["ExecStart=/usr/bin/rsync --daemon --no-detach"], "rsync.service", making);
    assert.equal(shared.value("PrivateTmp"), "");
    assert.equal(shared.value("ReadWritePaths"), shared.value("ProtectSystem") === "strict" ? "-/tmp | -/var/tmp" : "");
    const unit = serviceOf(["ExecStart=/usr/bin/food"], "food.service");
    const known = (key: string) =>
      key === "PrivateTmp" ? ({ reason: "if it shares none", isDoubt: true } as const) : undefined;
    const { settings } = learn(making, unit, { known, trusted: false });
    const room = settings.filter((it) => it.key === "ReadWritePaths" && it.part === "settings").map((it) => it.value);
    assert.deepEqual(room, ["-/tmp", "-/var/tmp"]);
  });

  it("lets programs that keep the capability for chroot() call it", () => {
    const tftpd = learnt(["ExecStart=/usr/sbin/in.tftpd --listen --secure /srv/tftp"], "tftpd-hpa.service", needsOf());
    assert.match(tftpd.value("CapabilityBoundingSet"), /CAP_SYS_CHROOT/);
    assert.match(tftpd.value("SystemCallFilter"), /@system-service chroot/);
    assert.doesNotMatch(learnt(["ExecStart=/usr/bin/food"]).value("SystemCallFilter"), /chroot/);
  });

  it("does not close new files where only a run that made none speaks for it, and they can be made", () => {
    assert.equal(learnt(["ExecStart=/usr/bin/food"], "food.service", needsOf()).value("UMask"), "0077");
    assert.equal(learnt(["ExecStart=/usr/sbin/collectd"], "collectd.service", needsOf()).value("UMask"), "");
  });

  it("leaves the gentler value of a setting whose strict one is not borne, without room that nothing closes", () => {
    const writes = needsOf({
      paths: { "/var/lib/samba/a": uses(1, "write"), "/etc/samba/smbpasswd": uses(2, "write") },
    });
    const smbd = learnt(["ExecStart=/usr/sbin/smbd"], "smbd.service", writes);
    assert.equal(smbd.value("ProtectSystem"), "full");
    assert.equal(smbd.value("ReadWritePaths"), "-/etc/samba");
    const web = learnt(["ExecStart=/usr/sbin/nginx"], "nginx.service", writes);
    assert.deepEqual([web.value("ProtectSystem"), web.value("ProtectHome")], ["strict", "read-only"]);
    assert.match(web.value("ReadWritePaths"), /-\/var\/lib\/samba/);
    assert.equal(web.mayBreak("ProtectHome"), "Files below /home, /root and /run/user cannot be written.");
    assert.equal(smbd.mayBreak("ProtectSystem"), "Files below /usr, /boot, /efi and /etc cannot be written.");
  });

  it("keeps the rights and families that such programs may need, and the calls for them", () => {
    const rsync = learnt(["ExecStart=/usr/bin/rsync --daemon"], "rsync.service");
    for (const name of ["CAP_CHOWN", "CAP_FOWNER", "CAP_SETUID", "CAP_DAC_OVERRIDE"])
      assert.ok(rsync.value("CapabilityBoundingSet").includes(name), name);
    assert.equal(rsync.value("RestrictAddressFamilies"), "AF_INET AF_INET6 AF_NETLINK AF_UNIX");
    assert.match(rsync.value("SystemCallFilter"), /^@system-service(?: \S+)* \| ~@resources(?: \||$)/);
    const plain = learnt(["ExecStart=/usr/bin/food"]);
    assert.equal(plain.value("CapabilityBoundingSet"), "CAP_SETUID");
    assert.match(plain.value("SystemCallFilter"), /~@privileged @resources/);
  });

  it("says what has to hold, which no proof shows", () => {
    const unit = serviceOf(["ExecStart=/usr/sbin/fcgiwrap", "User=www-data"], "fcgiwrap.service");
    const { settings } = learn(READING, unit, { known: knownOf(unit) });
    const filter = settings.find((it) => it.key === "SystemCallFilter");
    assert.match(filter?.mayBreak ?? "", /Known to hold only if the applications make no calls beyond those of usual/);
    const tried = settingsToProve(settings, {});
    const held = tried.map(({ lines }) => ({ outcome: "held" as const, lines, reason: undefined }));
    const after = proven(settings, tried, { setup: tried.map((it) => it.lines), settings: held, tries: 1 });
    const gradeOf = (key: string) => after.find((it) => it.key === key)?.grade;
    assert.deepEqual([gradeOf("SystemCallFilter"), gradeOf("PrivateDevices")], ["seen", "proven"]);
  });

  it("leaves capabilities seen of what copies attributes of files, which are proven of other file servers", () => {
    const capabilities = (command: string, name: string) => {
      const unit = serviceOf([`ExecStart=${command}`], name);
      const { settings } = learn(READING, unit, { known: knownOf(unit) });
      const tried = settingsToProve(settings, {});
      const held = tried.map(({ lines }) => ({ outcome: "held" as const, lines, reason: undefined }));
      const after = proven(settings, tried, { setup: tried.map((it) => it.lines), settings: held, tries: 1 });
      return after.find((it) => it.key === "CapabilityBoundingSet");
    };
    const rsync = capabilities("/usr/bin/rsync --daemon", "rsync.service");
    assert.equal(rsync?.grade, "seen");
    assert.match(rsync?.mayBreak ?? "", /Known to hold only if no client sets attributes of files for which only root/);
    assert.equal(capabilities("/usr/sbin/in.tftpd --foreground", "tftpd-hpa.service")?.grade, "proven");
  });

  it("takes words of a description for a guess, and those in the name of a program for nothing", () => {
    const named = learnt(["ExecStart=/usr/local/bin/read-shadow", "User=x"], "food.service", needsOf());
    assert.equal(named.against("NoNewPrivileges"), undefined);
    const unit = serviceOf(["ExecStart=/opt/x/food", "User=x", "[Unit]", "Description=VPN tunnel"], "food.service");
    const { settings } = learn(needsOf(), unit, { known: knownOf(unit) });
    const own = settings.find((it) => it.key === "NoNewPrivileges");
    assert.deepEqual([own?.grade, own?.known], ["seen", true]);
    assert.match(own?.mayBreak ?? "", /^It may be not safe here: its description speaks of a VPN \(".*"\), /);
  });

  it("proves no line that only loosens what stays seen", () => {
    const unit = serviceOf(["ExecStart=/opt/x/food", "[Unit]", "Description=VPN tunnel"], "food.service");
    const { settings } = learn(needsOf(), unit, { known: knownOf(unit) });
    const tried = settingsToProve(settings, {});
    const added = (name: string) => (name === "SystemCallFilter" ? ["SystemCallFilter=ptrace"] : []);
    const results = tried.map(({ name, lines }) => ({
      ...{ outcome: "weaker" as const, reason: "ptrace() fails with EPERM" },
      lines: [...lines, ...added(name)],
    }));
    const all = proven(settings, tried, { settings: results, setup: [], tries: 2 });
    const filter = all.filter((it) => it.key === "SystemCallFilter");
    assert.ok(filter.some((it) => it.value === "ptrace"));
    assert.deepEqual([...new Set(filter.map((it) => it.grade))], ["seen"]);
  });

  it("cuts off no addresses where such services may need sockets of IP, nor where a proof needed one", () => {
    assert.equal(learnt(["ExecStart=/usr/bin/food"]).value("IPAddressDeny"), "any");
    assert.equal(learnt(["ExecStart=/usr/bin/rsync --daemon"], "rsync.service").value("IPAddressDeny"), "");
    const { settings } = learn(READING, serviceOf());
    const tried = settingsToProve(settings, {});
    const results = tried.map(({ name, lines }) => ({
      ...{ outcome: "weaker" as const, reason: "socket() fails with EAFNOSUPPORT" },
      lines: name === "RestrictAddressFamilies" ? [...lines, "RestrictAddressFamilies=AF_INET"] : lines,
    }));
    const after = proven(settings, tried, { settings: results, setup: [], tries: 2 });
    assert.ok(settings.some((it) => it.key === "IPAddressDeny") && !after.some((it) => it.key === "IPAddressDeny"));
  });

  it("takes what hardening adds without a run, or the gentler value of it", function () {
    if (!hasCompiler("gcc")) skip(this, "there is no gcc");
    const program = compiled('#include <stdio.h>\nint main() { return puts("x"); }\n');
    const learntAs = (name: string, user: string, key: string) => {
      const files = memoryFiles({ [`/usr/sbin/${name}`]: program });
      const unit = serviceOf([`ExecStart=/usr/sbin/${name}`, user], `${name}.service`);
      const read = withKnowledge(unit, { defaults: { restrictSuidSgid: false, files } });
      return learn(READING, read, { known: knownOf(read) }).settings.filter((it) => it.key === key);
    };
    const bounding = (name: string, user: string) =>
      learntAs(name, user, "CapabilityBoundingSet").map((it) => [it.grade, it.value]);
    assert.deepEqual(bounding("collectd", "User=x"), [["seen", "CAP_SETUID"]]);
    const [grade, value] = bounding("sndiod", "")[0] ?? [];
    assert.equal(grade, "seen");
    assert.match(value ?? "", /^~CAP_\w+(?: CAP_\w+)*$/);
    const [filter] = learntAs("fcgiwrap", "User=x", "SystemCallFilter");
    assert.deepEqual([filter?.value, filter?.known], ["@system-service", undefined]);
  });

  it("takes what the kernel refuses anyway to a user without rights, whatever its kind may need", () => {
    const colord = (...lines: readonly string[]) =>
      learnt(["ExecStart=/usr/libexec/colord", ...lines], "colord.service", needsOf());
    const user = colord("User=colord");
    assert.equal(user.value("SystemCallFilter"), "~@module @mount @raw-io @reboot @swap");
    assert.deepEqual([user.value("CapabilityBoundingSet"), user.against("CapabilityBoundingSet")], ["", undefined]);
    assert.match(colord("User=colord", "RestrictNamespaces=").against("PrivateDevices") ?? "", /it opens devices/);
    // With rights left it may do what its kind may need.
    for (const lines of [[], ["User=colord", "AmbientCapabilities=CAP_SYS_ADMIN CAP_SYS_RAWIO"]]) {
      const other = colord(...lines);
      assert.doesNotMatch(other.value("SystemCallFilter"), /@swap/);
      assert.match(other.against("CapabilityBoundingSet") ?? "", /it opens devices/);
    }
    assert.match(colord("User=colord", "PAMName=login").against("CapabilityBoundingSet") ?? "", /it opens devices/);
  });

  it("leaves out what such programs start where this one can start nothing", function () {
    if (!hasCompiler("gcc")) skip(this, "there is no gcc");
    const broker = (code: string) => {
      const files = memoryFiles({ "/usr/libexec/rtkit-daemon": compiled(code) });
      const unit = withKnowledge(serviceOf(["ExecStart=/usr/libexec/rtkit-daemon"], "rtkit-daemon.service"), {
        defaults: {
          ...{ restrictSuidSgid: false, files },
        },
      });
      const { settings } = learn(needsOf(), unit, { known: knownOf(unit) });
      return ["PrivateTmp", "ProtectHome", "ProtectProc"].map((key) => settings.find((it) => it.key === key)?.grade);
    };
    assert.deepEqual(broker('#include <stdio.h>\nint main() { return puts("x"); }\n'), ["seen", "seen", "refused"]);
    const starting = "#include <unistd.h>\nint main(int n, char **a) { return execv(a[1], a); }\n";
    assert.deepEqual(broker(starting), ["refused", "refused", "refused"]);
  });

  it("closes homes to what never asks for files there, and only empties them for other programs", function () {
    if (!hasCompiler("gcc")) skip(this, "there is no gcc");
    const homes = (code: string, needs = needsOf()) => {
      const files = memoryFiles({ "/opt/x/food": compiled(code) });
      const unit = withKnowledge(serviceOf(["ExecStart=/opt/x/food"], "food.service"), {
        defaults: {
          ...{ restrictSuidSgid: false, files },
        },
      });
      return learn(needs, unit).settings.find((it) => it.key === "ProtectHome")?.value;
    };
    const silent = '#include <stdio.h>\nint main() { return puts("x"); }\n';
    assert.equal(homes(silent), "yes");
    assert.equal(
      homes(silent, needsOf({ paths: { "/root/.x": { ...uses(1), failed: { ENOENT: sight(1) } } } })),
      "tmpfs",
    );
    assert.equal(homes("#include <unistd.h>\nint main(int n, char **a) { return execv(a[1], a); }\n"), "tmpfs");
    assert.equal(homes("#include <pwd.h>\nint main() { return getpwent() != 0; }\n"), "tmpfs");
  });

  it("asks code that can be read about what words let suspect", function () {
    if (!hasCompiler("gcc")) skip(this, "there is no gcc");
    const lines = ["ExecStart=/opt/x/food", "User=x", "[Unit]", "Description=VPN tunnel"];
    const doubtful = (program: string | Uint8Array) => {
      const files = memoryFiles({ "/opt/x/food": program });
      const unit = withKnowledge(serviceOf(lines, "food.service"), { defaults: { restrictSuidSgid: false, files } });
      return learn(needsOf(), unit, { known: knownOf(unit) }).settings.flatMap((it) => (it.known ? it.key : []));
    };
    // Scripts that start what is not there show little; those read as a whole show all.
    assert.ok(doubtful("#!/bin/sh\nfood2 up\n").includes("NoNewPrivileges"));
    assert.ok(!doubtful("#!/bin/sh\ntrue\n").includes("NoNewPrivileges"));
    const silent = compiled('#include <stdio.h>\nint main() { return puts("x"); }\n');
    assert.ok(!doubtful(silent).includes("NoNewPrivileges"));
    const starting = compiled("#include <unistd.h>\nint main(int n, char **a) { return execv(a[1], a); }\n");
    assert.ok(doubtful(starting).includes("NoNewPrivileges"));
  });

  it("refuses a user of its own and an empty root with what they imply", () => {
    const unit = serviceOf(["ExecStart=/usr/sbin/smbd"], "smbd.service");
    const { settings } = learn(READING, unit, { known: knownOf(unit) });
    const root = settings.filter((it) => it.part === "root");
    assert.deepEqual(
      root.map((it) => `${it.grade} ${it.key}: ${it.evidence}`),
      ["refused RootDirectory: not safe for a file server: its shares may be anywhere"],
    );
  });

  it("counts for nothing where the owner trusts the run, which the file keeps", () => {
    const trusted = learnt(["ExecStart=/usr/sbin/smbd"], "smbd.service", READING, true);
    assert.deepEqual([trusted.value("ProtectSystem"), trusted.value("ProtectHome")], ["strict", "tmpfs"]);
    const unit = serviceOf(["ExecStart=/usr/sbin/smbd"], "smbd.service");
    const first = learn(READING, unit, { known: knownOf(unit), trusted: true });
    const read = readLearnt(writeLearnt(first));
    assert.ok("learnt" in read && read.learnt.trusted);
    const again = relearn(read.learnt, READING, unit, { known: knownOf(unit) });
    assert.equal(again.settings.find((it) => it.key === "ProtectSystem")?.value, "strict");
  });

  it("refuses all of a service that opens a session of PAM for a person, be it only one", () => {
    const unit = serviceOf(["ExecStart=/usr/sbin/food"]);
    const paths = { "/usr/lib/x86_64-linux-gnu/security/pam_unix.so": uses(1, "map") };
    const asUser = (uid: string) => learn(needsOf({ paths, users: { [uid]: sight(4) } }), unit).refused;
    assert.equal(asUser("1000"), "It opens sessions of users with PAM; a run cannot show what they do");
    assert.equal(asUser("106"), undefined, "the daemon's own user");
  });

  it("gives the same once more from the file", () => {
    const unit = serviceOf(["ExecStart=/usr/sbin/smbd"], "smbd.service");
    const from = { known: knownOf(unit) };
    const first = learn(READING, unit, from);
    const again = relearn(first, READING, unit, from);
    const lines = (it: typeof first) =>
      it.settings.map(({ grade, key, value, part }) => `${grade} ${part} ${key}=${value}`);
    assert.deepEqual(lines(again), lines(first));
  });
});
