import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { directive } from "../../server/src/catalog/catalog.ts";
import { SECTIONS, type SectionName } from "../../server/src/catalog/sections.ts";
import { EXIT_STATUSES } from "../../server/src/facts/exitStatuses.ts";
import { systemCallName } from "../../server/src/facts/systemCallNumbers.ts";
import { systemCalls } from "../../server/src/facts/systemCalls.ts";
import { diagnose } from "../../server/src/failures/diagnose.ts";
import { readEvidence } from "../../server/src/failures/evidence.ts";
import { headingsOf, signalHeading, statusHeading } from "../../server/src/failures/headings.ts";
import { looksLikeFailure } from "../../server/src/failures/looksLikeFailure.ts";
import { RESULTS, SIGNAL_MEANINGS, STEPS } from "../../server/src/failures/meanings.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { certaintyOf } from "../../server/src/features/failure.ts";
import { effective } from "../../server/src/security/effective.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

function unitOf(lines: readonly string[], dropIns: readonly string[] = [], name = "x.service"): Unit {
  const path = unitPath(name);
  assert.ok(path);
  const texts = dropIns.map((it) => `[Service]\n${it}\n`);
  return readUnit(path, `[Service]\nExecStart=/usr/bin/x\n${lines.join("\n")}\n`, 257, { dropIns: texts });
}

/** What is named, with what the best fix makes of the lines; a fix of a drop-in by its title. */
function named(told: string, lines: readonly string[], dropIns: readonly string[] = []): string[] {
  const unit = unitOf(lines, dropIns);
  return diagnose(unit, readEvidence(told)).map(({ setting, fixes: [fix] }) => {
    if (!fix) return setting;
    const edits = fix.edits();
    if (edits.length === 0) return `${setting} → ${fix.title}`;
    const before = new Set(unit.file.text.split("\n"));
    const after = applyEdits(unit.file.text, edits).split("\n");
    const added = after.filter((it) => !before.has(it));
    return `${setting} → ${added.length > 0 ? added.join(" + ") : "removed"}`;
  });
}

/** What is named, with how sure it is. */
const certain = (told: string, lines: readonly string[]): string[] =>
  diagnose(unitOf(lines), readEvidence(told)).map((it) => `${it.setting} ${certaintyOf(it)}`);

describe("evidence of a failure", () => {
  it("reads lines of the journal as systemd writes them", () => {
    const { statuses, results, messages } = readEvidence(
      [
        "Nov 24 22:01:42 box systemd[1]: Starting n1.service...",
        "Nov 24 22:01:42 box (true)[137]: n1.service: Failed to set up mount namespacing: /run/nix: No such file or directory",
        "Nov 24 22:01:42 box (true)[137]: n1.service: Failed at step NAMESPACE spawning /bin/true: No such file or directory",
        "Nov 24 22:01:42 box systemd[1]: n1.service: Main process exited, code=exited, status=226/NAMESPACE",
        "Nov 24 22:01:42 box systemd[1]: n1.service: Failed with result 'exit-code'.",
      ].join("\n"),
    );
    assert.deepEqual([statuses, results], [[226], ["exit-code"]]);
    assert.deepEqual(
      messages.filter((it) => it.error === "ENOENT").map((it) => it.paths),
      [["/run/nix"], ["/bin/true"]],
    );
  });

  it("reads a single line about a limit of time", () => {
    for (const [line, result] of [
      ["x.service: start operation timed out. Terminating.", "timeout"],
      ["x.service: Watchdog timeout (limit 5s)!", "watchdog"],
    ] as const) {
      assert.deepEqual(readEvidence(line).results, [result], line);
      assert.ok(looksLikeFailure(line), line);
    }
  });

  it("takes the program that speaks for none of the paths that it speaks of", () => {
    const said = "/bin/sh: 1: cannot create /run/f5/f5.pid: Directory nonexistent";
    const told = `${said}\nx.service: Control process exited, code=exited, status=2/INVALIDARGUMENT\n`;
    assert.deepEqual(named(told, ["ProtectSystem=strict", "User=nobody"]), ["RuntimeDirectory= → RuntimeDirectory=f5"]);
  });

  it("counts only the last of several attempts that failed", () => {
    const attempt = (status: string) =>
      `Nov 24 22:01:42 box systemd[1]: Starting n.service...\nNov 24 22:01:42 box systemd[1]: n.service: Main process exited, code=exited, status=${status}\n`;
    assert.deepEqual(readEvidence(attempt("226/NAMESPACE") + attempt("203/EXEC")).statuses, [203]);
    const running = `${attempt("203/EXEC")}Nov 24 22:01:43 box systemd[1]: Starting n.service...\n`;
    assert.deepEqual(readEvidence(running).statuses, [203]);
  });

  it("keeps the words of the program where systemd gave up after restarts, with properties behind", () => {
    const { messages, results } = readEvidence(
      [
        "Nov 24 22:01:42 box systemd[1]: Starting n.service...",
        "Nov 24 22:01:42 box n[1]: cannot open socket: Address family not supported by protocol",
        "Nov 24 22:01:42 box systemd[1]: n.service: Main process exited, code=exited, status=1/FAILURE",
        "Nov 24 22:01:43 box systemd[1]: n.service: Scheduled restart job, restart counter is at 5.",
        "Nov 24 22:01:43 box systemd[1]: n.service: Start request repeated too quickly.",
        "Nov 24 22:01:43 box systemd[1]: n.service: Failed with result 'exit-code'.",
        "ExecStart={ path=/bin/n ; code=exited ; status=1 }",
      ].join("\n"),
    );
    assert.deepEqual(
      messages.map((it) => it.error),
      ["EAFNOSUPPORT"],
    );
    assert.deepEqual(results, ["start-limit-hit", "exit-code"]);
  });

  it("reads properties of systemctl show, in which signals have numbers too", () => {
    assert.deepEqual(readEvidence("Result=exit-code\nExecMainCode=1\nExecMainStatus=226").statuses, [226]);
    const killed = readEvidence("Result=core-dump\nExecMainStatus=31\nExecMainCode=3");
    assert.deepEqual([killed.statuses, killed.signals, killed.results], [[], ["SIGSYS"], ["core-dump"]]);
    const fine = readEvidence("Result=success\nExecMainCode=1\nExecMainStatus=0\nStatusErrno=0");
    assert.deepEqual([fine.statuses, fine.signals, fine.results, fine.messages], [[], [], [], []]);
    assert.equal(readEvidence("StatusErrno=13\nResult=exit-code").messages[0]?.error, "EACCES");
  });

  it("reads systemctl status", () => {
    const { statuses, results } = readEvidence(
      "× n3.service\n     Active: failed (Result: timeout) since Tue\n   Main PID: 193 (code=exited, status=1/FAILURE)",
    );
    assert.deepEqual([statuses, results], [[1], ["timeout"]]);
  });

  it("takes a status, signal or result by itself", () => {
    for (const it of ["226", "226/NAMESPACE", "NAMESPACE", "status=226/NAMESPACE", "code=exited, status=226/NAMESPACE"])
      assert.deepEqual(readEvidence(it).statuses, [226], it);
    for (const it of ["31/SYS", "SIGSYS", "code=dumped, status=31/SYS", "Bad system call (core dumped)"])
      assert.deepEqual(readEvidence(it).signals, ["SIGSYS"], it);
    for (const it of ["watchdog", "Result=watchdog"]) assert.deepEqual(readEvidence(it).results, ["watchdog"], it);
    for (const it of ["", "999", "constructor", "227/NAMESPACE"]) assert.deepEqual(readEvidence(it).statuses, [], it);
  });

  it("names the call of an audit line on x86-64 and arm64", () => {
    const line = (arch: string, call: number) =>
      `audit: type=1326 audit(1795556798.184:14): pid=1 comm="x" exe="/x" sig=31 arch=${arch} syscall=${call} compat=0`;
    assert.deepEqual(readEvidence(line("c000003e", 161)).calls, [
      { name: "chroot", number: 161, architecture: "x86-64" },
    ]);
    assert.equal(readEvidence(line("c00000b7", 51)).calls[0]?.name, "chroot");
    assert.deepEqual(readEvidence(line("40000003", 61)).calls, [{ name: undefined, number: 61, architecture: "x86" }]);
    assert.equal(
      readEvidence("type=SECCOMP msg=audit(1): sig=31 arch=c000003e syscall=165 SYSCALL=mount").calls[0]?.name,
      "mount",
    );
  });

  it("knows by number every call that systemd knows on x86-64", () => {
    const numbered = new Set(Array.from({ length: 600 }, (_, i) => systemCallName("c000003e", i)));
    const missing = [...systemCalls(257).native].filter((it) => !numbered.has(it));
    assert.ok(missing.length < 12, missing.join(" "));
  });

  it("tells a log from other texts", () => {
    for (const it of ["226/NAMESPACE", "SIGSYS", "x.service: Failed with result 'exit-code'.", "Result=timeout"])
      assert.ok(looksLikeFailure(it), it);
    for (const it of ["", "[Service]\nExecStart=/bin/true\nProtectSystem=strict", "hello", "12"])
      assert.ok(!looksLikeFailure(it), it);
  });
});

describe("the meaning of statuses, signals and results", () => {
  it("explains every status of systemd's own", () => {
    const own = EXIT_STATUSES.filter((it) => it.class === "systemd").map((it) => it.number);
    assert.deepEqual(
      own.filter((it) => !STEPS.has(it)),
      [],
    );
    for (const { number, name } of EXIT_STATUSES) assert.equal(statusHeading(number)?.name, `${number}/${name}`);
    assert.equal(statusHeading(300), undefined);
    assert.match(statusHeading(137)?.summary ?? "", /SIGKILL/);
    assert.equal(signalHeading("SIGSYS")?.name, "31/SYS");
  });

  it("names only settings that there are", () => {
    const known = (name: string): boolean =>
      (Object.keys(SECTIONS) as SectionName[]).some((it) => directive(it, name) !== undefined);
    const all = [...STEPS, ...RESULTS, ...SIGNAL_MEANINGS].map(([, it]) => it);
    assert.deepEqual(
      all.flatMap((it) => it.settings).filter((it) => !known(it)),
      [],
    );
  });

  it("says of a failure what says most", () => {
    const names = (told: string) => headingsOf(readEvidence(told)).map((it) => it.name);
    assert.deepEqual(names("Result=exit-code\nExecMainCode=1\nExecMainStatus=226"), ["226/NAMESPACE"]);
    assert.deepEqual(names("Result=watchdog\nExecMainCode=3\nExecMainStatus=6"), ["6/ABRT", "Result=watchdog"]);
    assert.deepEqual(names("Result=exit-code"), ["Result=exit-code"]);
  });
});

const AUDIT = (call: number) => `type=1326 audit(1:1): comm="x" sig=31 arch=c000003e syscall=${call} compat=0`;

describe("causes of a failure", () => {
  it("blames the setting that makes a path read-only, and opens the least", () => {
    const told = "x: cannot open '/var/lib/x/db': Read-only file system";
    assert.deepEqual(named(told, ["ProtectSystem=strict", "ProtectHome=yes"]), [
      "ProtectSystem=strict → StateDirectory=x",
    ]);
    assert.deepEqual(named("open /srv/x: Read-only file system", ["ProtectSystem=strict"]), [
      "ProtectSystem=strict → ReadWritePaths=/srv",
    ]);
    assert.deepEqual(named("open /x: Read-only file system", ["ProtectSystem=strict"]), [
      "ProtectSystem=strict → ProtectSystem=full",
    ]);
    assert.deepEqual(named(told, ["ProtectSystem=full"]), []);
  });

  it("looks at what the commands name where a message names no path", () => {
    const unit = ["ExecStart=", "ExecStart=/usr/bin/x --data-dir /var/lib/x/db", "ProtectSystem=strict"];
    assert.deepEqual(named("x: Read-only file system", unit), ["ProtectSystem=strict → StateDirectory=x"]);
  });

  it("gives a place that is hidden back to the one path", () => {
    const told = "x: /home/u/conf: Permission denied";
    assert.deepEqual(named(told, ["ProtectHome=tmpfs"]), ["ProtectHome=tmpfs → BindReadOnlyPaths=/home/u/conf"]);
    assert.deepEqual(named(told, ["ProtectHome=tmpfs", "BindReadOnlyPaths=/home/u"]), []);
    assert.deepEqual(named("open /dev/ttyUSB0: No such file or directory", ["PrivateDevices=yes"]), [
      "PrivateDevices=yes → BindPaths=/dev/ttyUSB0 + DeviceAllow=/dev/ttyUSB0 rw",
    ]);
    assert.deepEqual(named("open /dev/ttyUSB0: Operation not permitted", ["DevicePolicy=closed"]), [
      "DevicePolicy=closed → DeviceAllow=/dev/ttyUSB0 rw",
    ]);
  });

  it("names the lists of paths where the log names none", () => {
    assert.deepEqual(named("226/NAMESPACE", ["ReadWritePaths=/run/x", "InaccessiblePaths=-/srv"]), [
      "ReadWritePaths=/run/x → ReadWritePaths=-/run/x",
      "InaccessiblePaths=-/srv",
    ]);
  });

  it("allows the call that was stopped, in allow lists and in deny lists", () => {
    assert.deepEqual(named(AUDIT(161), ["SystemCallFilter=@system-service"]), [
      "SystemCallFilter=@system-service → SystemCallFilter=@system-service chroot",
    ]);
    assert.deepEqual(named(AUDIT(161), ["SystemCallFilter=~@mount"]), [
      "SystemCallFilter=~@mount → SystemCallFilter=chroot",
    ]);
    assert.deepEqual(named(AUDIT(0), ["SystemCallFilter=@system-service"]), []);
    const unit = unitOf(["SystemCallFilter=@system-service", "SystemCallFilter=~@resources"]);
    for (const { fixes } of diagnose(unit, readEvidence(AUDIT(161)))) {
      const [fix] = fixes;
      const path = unitPath("x.service");
      assert.ok(fix && path);
      const better = readUnit(path, applyEdits(unit.file.text, fix.edits()), 257);
      assert.deepEqual(diagnose(better, readEvidence(AUDIT(161))), []);
    }
  });

  it("names the architecture of a program for another processor", () => {
    const told = 'type=1326 audit(1:1): comm="x" sig=31 arch=40000003 syscall=61 compat=1';
    assert.deepEqual(named(told, ["SystemCallArchitectures=native"]), [
      "SystemCallArchitectures=native → SystemCallArchitectures=native x86",
    ]);
  });

  it("adds the capability that is missing, and to a user other than root as an ambient one", () => {
    const told = "x: chown /srv/f: Operation not permitted";
    assert.deepEqual(named(told, ["CapabilityBoundingSet=CAP_KILL"]), [
      "CapabilityBoundingSet=CAP_KILL → CapabilityBoundingSet=CAP_KILL CAP_CHOWN",
    ]);
    assert.deepEqual(named(told, ["CapabilityBoundingSet=~CAP_CHOWN"]), [
      "CapabilityBoundingSet=~CAP_CHOWN → CapabilityBoundingSet=CAP_CHOWN",
    ]);
    assert.deepEqual(
      named("bind: Permission denied", ["User=x"])[0],
      "User=x → AmbientCapabilities=CAP_NET_BIND_SERVICE",
    );
  });

  it("gives a low port to a user by both sets, and to root by the bounding set alone", () => {
    const told = "nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)";
    const both = "CapabilityBoundingSet=CAP_NET_BIND_SERVICE + AmbientCapabilities=CAP_NET_BIND_SERVICE";
    const empty = ["User=x", "CapabilityBoundingSet="];
    assert.deepEqual(named(told, empty), [`User=x → ${both}`, `CapabilityBoundingSet= → ${both}`]);
    assert.deepEqual(certain(told, empty), ["User=x sure", "CapabilityBoundingSet= likely"]);
    const [, bounding] = diagnose(unitOf(empty), readEvidence(told));
    assert.equal(bounding?.origin?.node.firstLine, 3);
    assert.deepEqual(certain("bind: Permission denied", ["User=x"]), ["User=x likely"]);
    assert.deepEqual(named(told, ["CapabilityBoundingSet="]), [
      "CapabilityBoundingSet= → CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
    ]);
    const ambient = ["User=x", "AmbientCapabilities=CAP_NET_BIND_SERVICE", "CapabilityBoundingSet=CAP_KILL"];
    assert.deepEqual(named(told, ambient), [
      "CapabilityBoundingSet=CAP_KILL → CapabilityBoundingSet=CAP_KILL CAP_NET_BIND_SERVICE",
    ]);
  });

  it("takes no high port and no socket with a path for a low port", () => {
    for (const told of ["10:20:30 bind() to [::]:8080 failed (13: Permission denied)", "bind 127.0.0.1:1024: EACCES"])
      assert.deepEqual(named(told, ["CapabilityBoundingSet=CAP_KILL"]), [], told);
    const told = "bind() to unix:/run/x/x.sock failed (13: Permission denied)";
    const settings = named(told, ["User=x", "CapabilityBoundingSet=CAP_KILL"]);
    assert.deepEqual(settings, ["User=x → RuntimeDirectory=x"]);
  });

  it("names what the manager may not take, of an empty set too", () => {
    const lines = ["CapabilityBoundingSet=", "SecureBits=noroot", "AmbientCapabilities=CAP_KILL"];
    assert.deepEqual(named("213/SECUREBITS", lines), ["SecureBits=noroot → removed"]);
    assert.deepEqual(named("218/CAPABILITIES", lines), [
      "CapabilityBoundingSet= → removed",
      "AmbientCapabilities=CAP_KILL → removed",
    ]);
    assert.deepEqual(certain("218", ["ProtectClock=yes", "ProtectHome=yes"]), ["ProtectClock=yes possible"]);
    const told = "x.service: Failed to apply ambient capabilities (before UID change): Operation not permitted";
    assert.deepEqual(named(`${told}\ncode=exited, status=218/CAPABILITIES`, lines), [
      "AmbientCapabilities=CAP_KILL → removed",
    ]);
    const path = unitPath("/etc/systemd/user/x.service");
    assert.ok(path);
    const unit = readUnit(path, "[Service]\nExecStart=/x\nCapabilityBoundingSet=\n", 257);
    const [cause] = diagnose(unit, readEvidence("218"));
    assert.deepEqual(
      cause?.fixes.map((it) => it.title),
      ["Add PrivateUsers=yes", "Remove CapabilityBoundingSet="],
    );
  });

  it("is sure of a working directory only where the log says what is wrong with it", () => {
    const lines = ["WorkingDirectory=/srv/x", "User=x"];
    assert.deepEqual(certain("200/CHDIR", lines), ["WorkingDirectory=/srv/x likely", "User=x possible"]);
    const told = "x.service: Changing to the requested working directory failed: No such file or directory";
    assert.deepEqual(certain(`${told}\ncode=exited, status=200/CHDIR`, lines), ["WorkingDirectory=/srv/x sure"]);
  });

  it("names a setting that stands alone with the need for a namespace", () => {
    for (const line of ["PrivateTmp=true", "ProtectSystem=full", "ProtectKernelLogs=yes", "DynamicUser=yes"])
      assert.deepEqual(certain("226/NAMESPACE", [line]), [`${line} possible`], line);
    assert.deepEqual(certain("226/NAMESPACE", ["PrivateTmp=off", "ProtectHome=no"]), []);
  });

  it("blames a switch before the capabilities that it takes", () => {
    const told = "date: cannot set date: Operation not permitted";
    const causes = named(told, ["ProtectClock=yes", "CapabilityBoundingSet=CAP_SYS_TIME"]);
    assert.deepEqual(causes, ["ProtectClock=yes → ProtectClock=no"]);
  });

  it("offers the family of sockets that the text names", () => {
    assert.deepEqual(
      named("socket(AF_PACKET): Address family not supported by protocol", ["RestrictAddressFamilies=AF_UNIX"]),
      ["RestrictAddressFamilies=AF_UNIX → RestrictAddressFamilies=AF_UNIX AF_PACKET"],
    );
    assert.deepEqual(named("socket: Address family not supported by protocol", ["RestrictAddressFamilies=none"]), [
      "RestrictAddressFamilies=none → RestrictAddressFamilies=AF_NETLINK",
    ]);
  });

  it("is sure of a family only where the message tells of one or one alone is missing", () => {
    const told = "Address family not supported by protocol";
    assert.deepEqual(certain(told, ["RestrictAddressFamilies=AF_INET"]), ["RestrictAddressFamilies=AF_INET likely"]);
    const most = "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_PACKET";
    assert.deepEqual(certain(told, [most]), [`${most} sure`]);
    const log = `logger: socket /dev/log: ${told}`;
    assert.deepEqual(certain(log, ["RestrictAddressFamilies=AF_INET"]), ["RestrictAddressFamilies=AF_INET sure"]);
    assert.deepEqual(named(log, ["RestrictAddressFamilies=AF_INET"]), [
      "RestrictAddressFamilies=AF_INET → RestrictAddressFamilies=AF_INET AF_UNIX",
    ]);
  });

  it("names NoExecPaths= for what a program is run with, too", () => {
    const told = "x.service: Failed to execute /bin/true: Permission denied\ncode=exited, status=203/EXEC";
    const more = "-/usr/lib64";
    assert.deepEqual(
      named(told, ["ExecStart=/bin/true", "NoExecPaths=/", "ExecPaths=/usr/bin/true"])[0],
      `NoExecPaths=/ → ExecPaths=/usr/bin/true /usr/lib ${more}`,
    );
    assert.deepEqual(
      named(told, ["ExecStart=/bin/true", "ExecPaths=/usr/bin", "NoExecPaths=/usr"])[0],
      `NoExecPaths=/usr → ExecPaths=/usr/bin /usr/lib ${more}`,
    );
    assert.deepEqual(named(told, ["NoExecPaths=/opt /usr/lib"])[0], "NoExecPaths=/opt /usr/lib → NoExecPaths=/opt");
    assert.deepEqual(
      named("203/EXEC", ["NoExecPaths=/", "ExecPaths=/usr/bin/x"])[0],
      `NoExecPaths=/ → ExecPaths=/usr/bin/x /usr/lib ${more}`,
    );
    for (const line of ["ReadOnlyPaths=/usr", "ExecPaths=/usr"])
      assert.ok(!named(told, ["NoExecPaths=/", line]).some((it) => it.startsWith("NoExecPaths=")), line);
    assert.deepEqual(named("/bin/sh: 1: /bin/true: Permission denied", ["NoExecPaths=/", "ExecPaths=/usr/bin/sh"]), [
      "NoExecPaths=/ → ExecPaths=/usr/bin/sh /bin/true",
    ]);
  });

  it("offers only what makes a path writable", () => {
    const told = (path: string) => `touch: cannot touch '${path}': Read-only file system`;
    const cases = [
      ["/etc/f", "ProtectSystem=full", "ProtectSystem=yes"],
      ["/etc/x/f", "ProtectSystem=full", "ReadWritePaths=/etc/x"],
      ["/usr/f", "ProtectSystem=yes", "ProtectSystem=no"],
      ["/root/f", "ProtectHome=read-only", "ProtectHome=no"],
      ["/tmp/f", "ProtectSystem=strict", "PrivateTmp=yes"],
    ] as const;
    for (const [path, line, fixed] of cases) assert.deepEqual(named(told(path), [line]), [`${line} → ${fixed}`], path);
  });

  it("gives both capabilities and all calls to who changes the user", () => {
    const told = "setpriv: setresuid failed: Operation not permitted";
    assert.deepEqual(named(told, ["CapabilityBoundingSet=CAP_KILL"]), [
      "CapabilityBoundingSet=CAP_KILL → CapabilityBoundingSet=CAP_KILL CAP_SETUID CAP_SETGID",
    ]);
    assert.match(
      named(told, ["SystemCallFilter=@system-service", "SystemCallFilter=~@privileged"])[0] ?? "",
      /~@privileged → SystemCallFilter=.*setgroups.*setuid/,
    );
  });

  it("points at the line that takes a call out", () => {
    const lines = ["SystemCallFilter=@system-service @mount", "SystemCallFilter=~@mount", "SystemCallFilter=~@swap"];
    assert.equal(diagnose(unitOf(lines), readEvidence(AUDIT(161)))[0]?.setting, lines[1]);
    const allowed = ["SystemCallFilter=@system-service", "SystemCallFilter=~@swap"];
    assert.equal(diagnose(unitOf(allowed), readEvidence(AUDIT(161)))[0]?.setting, allowed[0]);
  });

  it("reads what programs say without a path or a number", () => {
    const cases = [
      ["/bin/sh: 0: Cannot fork", "LimitNPROC=2", "removed"],
      ["RuntimeError: can't start new thread", "TasksMax=4", "removed"],
      ["# Fatal process OOM in Failed to reserve virtual memory for CodeRange", "LimitAS=500M", "removed"],
      ['sysctl: permission denied on key "vm.swappiness"', "ProtectKernelTunables=yes", "ProtectKernelTunables=no"],
      ["hostname: you must be root to change the host name", "ProtectHostname=yes", "ProtectHostname=no"],
      ["/bin/sh: 1: node: not found", "TemporaryFileSystem=/usr/bin", "BindReadOnlyPaths=/usr/bin/node"],
      ["No usable temporary directory found in ['/tmp', '/var/tmp']", "ProtectSystem=strict", "PrivateTmp=yes"],
      ["curl: (6) Could not resolve host: example.com", "PrivateNetwork=yes", "PrivateNetwork=no"],
      ['Device "eth0" does not exist.', "PrivateNetwork=yes", "PrivateNetwork=no"],
      [
        "Failed to connect to bus: No such file or directory",
        "TemporaryFileSystem=/run",
        "BindReadOnlyPaths=/run/dbus/system_bus_socket",
      ],
      [
        'open() "/var/log/n/error.log" failed (2: No such file or directory)',
        "TemporaryFileSystem=/var/log",
        "BindPaths=/var/log/n",
      ],
      ["keyctl: Operation not permitted", "SystemCallFilter=~@keyring", "SystemCallFilter=keyctl"],
      ["touch: /srv/d/f: Read-only file system", "BindReadOnlyPaths=/srv/d", "BindPaths=/srv/d"],
      ["shm_open: Read-only file system: '/x'", "ReadOnlyPaths=/dev/shm", "removed"],
      [
        "curl: (7) Failed to connect to 127.0.0.1 port 80 after 0 ms: Could not connect to server",
        "RestrictAddressFamilies=AF_UNIX",
        "RestrictAddressFamilies=AF_UNIX AF_INET",
      ],
      ["mount: /mnt: permission denied.", "SystemCallFilter=~mount", "SystemCallFilter=mount"],
      [
        "install: cannot change permissions of '/x': Operation not permitted",
        "RestrictSUIDSGID=yes",
        "RestrictSUIDSGID=no",
      ],
    ] as const;
    for (const [told, line, fixed] of cases) assert.equal(named(told, [line])[0], `${line} → ${fixed}`, told);
    const bind = "  socket.bind('/run/a/a.sock')\nFileNotFoundError: [Errno 2] No such file or directory";
    assert.deepEqual(named(bind, ["User=x"]), ["RuntimeDirectory= → RuntimeDirectory=a"]);
  });

  it("gives a program of the system all that it is loaded from in its own root directory", () => {
    const told =
      "x.service: Unable to locate executable '/usr/bin/x': No such file or directory\ncode=exited, status=203/EXEC";
    assert.equal(
      named(told, ["RootDirectory=/srv/x"])[0],
      "RootDirectory=/srv/x → BindReadOnlyPaths=/usr -/bin -/sbin -/lib -/lib64",
    );
  });

  it("looks for the network that a program does not reach", () => {
    const network = ["PrivateNetwork=yes", "NetworkNamespacePath=/run/netns/x"];
    const refused = "psycopg2: connection to server at 127.0.0.1, port 5432 failed: Connection refused";
    assert.deepEqual(certain(refused, network), [
      "PrivateNetwork=yes likely",
      "NetworkNamespacePath=/run/netns/x possible",
    ]);
    assert.deepEqual(named(refused, network.slice(0, 1)), [
      "PrivateNetwork=yes → PrivateNetwork=no + IPAddressDeny=any + IPAddressAllow=localhost",
    ]);
    assert.deepEqual(named(refused, ["IPAddressDeny=any", "ProtectSystem=strict"]), []);
    assert.deepEqual(certain("Error: connect ENETUNREACH 192.0.2.9:80", network), [
      "PrivateNetwork=yes sure",
      "NetworkNamespacePath=/run/netns/x likely",
    ]);
    for (const told of [
      "connect() to unix:/run/x.sock failed (111: Connection refused)",
      "x.service: Failed to connect",
    ])
      assert.deepEqual(named(told, network), [], told);
  });

  it("looks for the addresses to which packets are stopped", () => {
    const lists = ["IPAddressDeny=any", "IPAddressAllow=localhost 10.0.0.0/8"];
    const stopped = ["IPAddressDeny=any → IPAddressAllow=localhost 10.0.0.0/8 192.0.2.9"];
    for (const told of [
      "curl: (7) Failed to connect to 192.0.2.9 port 80 after 2 ms: Could not connect to server",
      "dial tcp 192.0.2.9:80: i/o timeout",
      "Error: connect ETIMEDOUT 192.0.2.9:80",
      "sendto(192.0.2.9): Operation not permitted",
    ])
      assert.deepEqual(named(told, lists), stopped, told);
    for (const told of ["connect to 10.1.2.3:80: Connection timed out", "connect to [::1]:80: timed out"])
      assert.deepEqual(named(told, lists), [], told);
    const unknown = "curl: (6) Could not resolve host: db.example";
    assert.deepEqual(named(unknown, ["IPAddressDeny=any"]), ["IPAddressDeny=any → IPAddressAllow=localhost"]);
    assert.deepEqual(certain(unknown, lists), ["IPAddressDeny=any possible"]);
    assert.deepEqual(certain("could not connect to db.example: timed out", lists), ["IPAddressDeny=any possible"]);
  });

  it("says of a setting in a drop-in that the change is one of the drop-in", () => {
    const told = "x: /home/u/conf: Permission denied";
    assert.deepEqual(named(told, [], ["ProtectHome=tmpfs"]), ["ProtectHome=tmpfs → BindReadOnlyPaths=/home/u/conf"]);
    const [cause] = diagnose(unitOf([], ["PrivateTmp=yes", "ProtectHome=yes"]), readEvidence(told));
    assert.equal(cause?.origin?.dropIn, 1);
    assert.deepEqual(named(AUDIT(161), ["SystemCallFilter=@system-service"], ["SystemCallFilter=~@mount"]), [
      "SystemCallFilter=~@mount → Add SystemCallFilter=chroot, in the drop-in",
    ]);
    assert.deepEqual(named("226/NAMESPACE", ["ReadWritePaths=/a"], ["ReadWritePaths=", "ReadWritePaths=/b"]), [
      "ReadWritePaths=/b → Change to ReadWritePaths=-/b, in the drop-in",
    ]);
  });

  it("knows what keeps a service from being ready", () => {
    const lines = ["Type=notify", "RestrictAddressFamilies=AF_INET", "ProtectSystem=strict"];
    assert.deepEqual(named("Result=timeout", lines), [
      "RestrictAddressFamilies=AF_INET → RestrictAddressFamilies=AF_INET AF_UNIX",
      "Type=notify → Type=exec",
    ]);
    assert.equal(
      named(
        "x.service: Got notification message from PID 12, but reception only permitted for main PID 11\n(Result: timeout)",
        ["Type=notify"],
      )[0],
      "NotifyAccess= → NotifyAccess=all",
    );
    assert.deepEqual(named("watchdog", ["WatchdogSec=5"]), ["WatchdogSec=5 → removed"]);
  });

  it("looks at the paths that the program spoke of, where it says no more", () => {
    const told =
      "n[1]: creating /var/lib/n/db/drift\nn[1]: Terminating\nn.service: Main process exited, code=exited, status=1";
    assert.deepEqual(named(told, ["ProtectSystem=strict"]), ["ProtectSystem=strict → StateDirectory=n"]);
  });

  it("reads what Node.js says of a name that cannot be resolved", () => {
    for (const told of ["getaddrinfo ENOTFOUND db.local", "Error: getaddrinfo EAI_AGAIN db.local"])
      assert.deepEqual(
        named(told, ["PrivateNetwork=yes"]).map((it) => it.split(" ")[0]),
        ["PrivateNetwork=yes"],
        told,
      );
  });

  it("does not blame a filter that gives errors for the end of a program", () => {
    const filter = ["SystemCallFilter=@system-service", "SystemCallArchitectures=native"];
    const settings = (more: readonly string[]) => named("31/SYS", [...filter, ...more]).map((it) => it.split("=")[0]);
    const both = ["SystemCallFilter", "SystemCallArchitectures"];
    assert.deepEqual(settings([]), both);
    assert.deepEqual(settings(["SystemCallErrorNumber=kill"]), both);
    assert.deepEqual(settings(["SystemCallErrorNumber=EPERM"]), ["SystemCallArchitectures"]);
    assert.deepEqual(settings(["SystemCallErrorNumber=EPERM", "SystemCallFilter=~@clock:kill"]).toSorted(), [
      "SystemCallArchitectures",
      "SystemCallFilter",
    ]);
  });

  it("names the condition that is not met", () => {
    const told = "x.service was skipped because of an unmet condition check (ConditionPathExists=/etc/x).";
    const path = unitPath("x.service");
    assert.ok(path);
    const unit = readUnit(
      path,
      "[Unit]\nConditionPathExists=/etc/x\nConditionPathExists=/etc/y\n[Service]\nExecStart=/x\n",
      257,
    );
    assert.deepEqual(
      diagnose(unit, readEvidence(told)).map((it) => it.setting),
      ["ConditionPathExists=/etc/x"],
    );
  });

  it("is silent where the unit has nothing to do with it", () => {
    for (const told of [
      "1/FAILURE",
      "226/NAMESPACE",
      "31/SYS",
      "x: Permission denied",
      "x: Read-only file system",
      "watchdog",
    ])
      assert.deepEqual(named(told, ["Description=none"]), [], told);
  });

  const told = fc.array(
    fc.oneof(
      fc.string(),
      fc.constantFrom(
        "code=exited, status=226/NAMESPACE",
        "status=203/EXEC",
        "Failed at step EXEC spawning /usr/bin/x: Permission denied",
        "x: /home/u: Permission denied",
        "x: /etc/x: Read-only file system",
        "bind: Operation not permitted",
        "socket: Address family not supported by protocol",
        "Result=timeout",
        "StatusErrno=99999",
        AUDIT(161),
        AUDIT(999999),
      ),
    ),
  );
  const lines = fc.array(
    fc.constantFrom(
      "ProtectSystem=strict",
      "ProtectHome=yes",
      'ReadWritePaths="/a b" /c',
      "ReadWritePaths=-/home/u",
      "SystemCallFilter=~@mount",
      "SystemCallFilter=@system-service \\",
      "CapabilityBoundingSet=",
      "CapabilityBoundingSet=CAP_KILL",
      "InaccessiblePaths=/home /etc",
      "NoExecPaths=/",
      "RestrictAddressFamilies=none",
      "Type=notify",
      "User=x",
      "DynamicUser=yes",
      "[Unit]",
      "[Service]",
      "=",
    ),
    { maxLength: 8 },
  );

  it("throws on nothing, and each fix leaves a unit that systemd takes as before", () => {
    fc.assert(
      fc.property(told, lines, lines, (texts, own, others) => {
        const unit = unitOf(own, [others.join("\n")]);
        const path = unitPath("x.service");
        assert.ok(path);
        for (const { fixes } of diagnose(unit, readEvidence(texts.join("\n")))) {
          for (const fix of fixes) {
            const text = applyEdits(unit.file.text, fix.edits());
            const after = readUnit(path, text, 257, { dropIns: unit.dropIns.map((it) => it.text) });
            assert.equal(effective(after).refusal?.code, effective(unit).refusal?.code, `${fix.title}\n${text}`);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
