import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { RIGHTS_RULES } from "../../server/src/rules/sandbox/rights.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

const OURS = new Set<string>(RIGHTS_RULES.map((it) => it.code));

const service = (...lines: string[]): string => `[Service]\nExecStart=/bin/true\n${lines.join("\n")}\n`;

/** The codes of these rules in a unit with drop-ins. */
function codes(text: string, path = "x.service", dropIns: readonly string[] = [], version = 262): string[] {
  const parts = unitPath(path);
  assert.ok(parts);
  return check(readUnit(parts, text, version, { dropIns }), { profile: "off" })
    .map((it) => it.code)
    .filter((it) => OURS.has(it));
}

function says(text: string, ...expected: string[]): void {
  assert.deepEqual(codes(text), expected, text);
}

/** The text after the first fix of the first finding of a code. */
function fixed(text: string, code: string): string {
  const [fix] = findingsOf(text).find((it) => it.code === code)?.fixes ?? [];
  assert.ok(fix, `${code} has no fix`);
  return applyEdits(text, fix.edits());
}

describe("sandbox: rights", () => {
  it("says where and what", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
ExecStartPre=-+/bin/mkdir /srv/x ; /bin/true
             ^^^^^^^^^^^^ sandbox/outside info: ExecStartPre= runs this command outside the sandbox: the prefix + gives it all root privileges
ProtectSystem=full
^^^^^^^^^^^^^ sandbox/undoable info: ProtectSystem= can be undone by the service: it keeps CAP_SYS_ADMIN, and no filter denies mount calls
SystemCallFilter=~@clock
ProtectProc=invisible
            ^^^^^^^^^ sandbox/protect-proc info: ProtectProc= hides no process from the service while it runs as root
`);
    expectFindings(`[Service]
ExecStart=/usr/bin/java -jar /srv/app.jar
SuccessExitStatus=143
DynamicUser=yes
PrivateUsers=yes
AmbientCapabilities=CAP_NET_BIND_SERVICE cap_kill
                    ^^^^^^^^^^^^^^^^^^^^ sandbox/private-users warning: AmbientCapabilities= has no effect for CAP_NET_BIND_SERVICE: with PrivateUsers= it only applies inside the service's own user namespace, not on the host
                                         ^^^^^^^^ sandbox/ambient-outside warning: AmbientCapabilities= cannot grant CAP_KILL: CapabilityBoundingSet= excludes it, and systemd silently ignores it
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
RestrictSUIDSGID=false
                 ^^^^^ sandbox/overridden info: RestrictSUIDSGID=false has no effect: DynamicUser= makes it yes
MemoryDenyWriteExecute=yes
^^^^^^^^^^^^^^^^^^^^^^ sandbox/jit warning: MemoryDenyWriteExecute= blocks the JIT compiler of java, and java fails
IPAddressAllow=localhost
^^^^^^^^^^^^^^ sandbox/allow-without-deny warning: IPAddressAllow= restricts nothing without IPAddressDeny=: addresses that neither names are allowed
SystemCallErrorNumber=EPERM
^^^^^^^^^^^^^^^^^^^^^ sandbox/error-number warning: SystemCallErrorNumber= has no effect without SystemCallFilter=: every call is allowed
`);
  });

  describe("sandbox/undoable", () => {
    const kept = ["ProtectHome=yes", "CapabilityBoundingSet=~CAP_SYS_PTRACE"];
    it("needs root with CAP_SYS_ADMIN and the calls", () => {
      says(service(...kept), "sandbox/undoable");
      says(service(...kept, "User=www-data"));
      says(service(...kept, "DynamicUser=yes"));
      says(service(...kept, "PrivateUsers=yes"));
      says(service(...kept, "CapabilityBoundingSet=~CAP_SYS_ADMIN"));
      says(service(...kept, "SystemCallFilter=~@mount", "SystemCallArchitectures=native"));
      says(service(...kept, "SystemCallFilter=@system-service", "SystemCallArchitectures=native"));
    });

    it("is a hint where the unit names what it needs", () => {
      for (const lines of [
        ["CapabilityBoundingSet=CAP_SYS_ADMIN CAP_KILL"],
        ["User=nobody-else", "AmbientCapabilities=CAP_SYS_ADMIN"],
        ["SystemCallFilter=@system-service @mount", "SystemCallArchitectures=native"],
      ])
        assert.deepEqual(
          findingsOf(service("ProtectHome=yes", ...lines), "x.service", { profile: "off" }).map(
            (it) => `${it.severity} ${it.code}`,
          ),
          ["hint sandbox/undoable"],
        );
    });

    it("is silent where nobody meant to restrict", () => {
      says(service("ProtectHome=yes", "ProtectSystem=strict", "PrivateDevices=yes"));
      says(service(...kept, "Delegate=yes"));
      says(service("CapabilityBoundingSet=~CAP_SYS_PTRACE", "ProtectSystem=no"));
    });

    it("denies mounting, and the calls of other architectures", () => {
      says(fixed(service(...kept), "sandbox/undoable"));
    });
  });

  describe("sandbox/other-architectures", () => {
    it("is silent once architectures are named, also in a drop-in, or nothing is filtered", () => {
      const text = service("SystemCallFilter=@system-service");
      says(text, "sandbox/other-architectures");
      assert.deepEqual(codes(text, "x.service", ["[Service]\nSystemCallArchitectures=native\n"]), []);
      says(service("SystemCallFilter=", "RestrictAddressFamilies="));
      says("[Service]\nExecStart=/usr/bin/wine /srv/x.exe\nRestrictAddressFamilies=AF_UNIX\n");
      says(fixed(text, "sandbox/other-architectures"));
    });

    it("speaks of a deny list only where a call of 32-bit x86 by another name gets through", () => {
      says(service("SystemCallFilter=~ptrace @mount @privileged"));
      says(service("SystemCallFilter=~setuid setuid32"));
      says(service("SystemCallFilter=~setuid"), "sandbox/other-architectures");
      says(service("SystemCallFilter=~@mount", "SystemCallFilter=umount"), "sandbox/other-architectures");
    });

    it("is silent for what runs programs of others, and for other machines", () => {
      const text = service("RestrictAddressFamilies=AF_UNIX");
      says(text, "sandbox/other-architectures");
      says(text.replace(/ExecStart=.*/, "ExecStart=/usr/sbin/cupsd"));
      says(`${text}Personality=x86\n`);
      says(`[Unit]\nConditionArchitecture=arm64\n${text}`);
      says(`[Unit]\nConditionArchitecture=x86-64\n${text}`, "sandbox/other-architectures");
      says(`[Unit]\nConditionFirmware=uefi\n${text}`, "sandbox/other-architectures");
    });

    it("holds for sockets, mounts and user services too", () => {
      const lines = "RestrictAddressFamilies=AF_UNIX\n";
      assert.deepEqual(codes(`[Socket]\nListenStream=1\nExecStartPre=/bin/true\n${lines}`, "x.socket"), [
        "sandbox/other-architectures",
      ]);
      assert.deepEqual(codes(service(lines), "/usr/lib/systemd/user/x.service"), ["sandbox/other-architectures"]);
    });
  });

  it("sandbox/outside is silent without a sandbox, for user services, and where the + is an argument", () => {
    says("[Service]\nExecStart=+/bin/true\n");
    says("[Service]\nExecStart=+/bin/true\nUser=x\nPrivateTmp=yes\n");
    says("[Service]\nExecStart=/bin/date +%%s\nProtectSystem=full\n");
    says("[Service]\nExecStart=+/bin/a\nExecStart=\nExecStart=/bin/b\nProtectSystem=full\n");
    const text = "[Service]\nExecStart=+/bin/true\nProtectSystem=full\n";
    assert.deepEqual(codes(text, "/usr/lib/systemd/user/x.service"), []);
    assert.deepEqual(codes(text), ["sandbox/outside"]);
  });

  it("sandbox/protect-proc knows the group of root, ptraceable and name spaces", () => {
    const proc = (...lines: string[]): string => service("ProtectProc=invisible", ...lines);
    says(proc(), "sandbox/protect-proc");
    says(proc("User=0", "CapabilityBoundingSet=", "PrivateUsers=yes"), "sandbox/protect-proc");
    says(proc("User=www-data", "Group=root"), "sandbox/protect-proc");
    says(proc("User=www-data"));
    says(proc("DynamicUser=yes"));
    says(proc("User=root", "Group=daemon", "CapabilityBoundingSet=~CAP_SYS_PTRACE"));
    says(proc("ProtectProc=ptraceable", "CapabilityBoundingSet="));
    says(proc("ProtectProc=ptraceable"), "sandbox/protect-proc");
    says(proc("ProtectProc=ptraceable", "PrivateUsers=yes"));
    says(proc("PrivatePIDs=yes"));
    says(proc("ProtectProc=default"));
    says(
      proc("User=www-data", "AmbientCapabilities=CAP_SYS_PTRACE", "CapabilityBoundingSet=~CAP_SYS_PTRACE"),
      "sandbox/ambient-outside",
    );
  });

  it("sandbox/allow-without-deny leaves slices, drop-ins and lists of everything alone", () => {
    says(service("SocketBindAllow=tcp:80"), "sandbox/allow-without-deny");
    says(service("SocketBindAllow=tcp:80", "SocketBindDeny=any"));
    says(service("SocketBindAllow=any", "IPAddressAllow=any"));
    says(service("IPAddressAllow=10.0.0.0/8", "Slice=private.slice"));
    says(service("IPAddressAllow=10.0.0.0/8", "IPAddressDeny=any", "IPAddressDeny="), "sandbox/allow-without-deny");
    assert.deepEqual(codes("[Slice]\nIPAddressAllow=localhost\n", "x.slice"), []);
    assert.deepEqual(codes("[Service]\nIPAddressAllow=localhost\n", "x.service.d/a.conf"), []);
    assert.deepEqual(codes(service("IPAddressAllow=localhost"), "x.service", ["[Service]\nIPAddressDeny=any\n"]), []);
    assert.deepEqual(codes("[Socket]\nListenStream=1\nIPAddressAllow=localhost\n", "x.socket"), [
      "sandbox/allow-without-deny",
    ]);
    says(fixed(service("SocketBindAllow=tcp:80"), "sandbox/allow-without-deny"));
  });

  it("sandbox/error-number adds a filter", () => {
    says(service("SystemCallErrorNumber=EPERM", "SystemCallErrorNumber="));
    const text = fixed(service("SystemCallErrorNumber=EPERM"), "sandbox/error-number");
    assert.equal(
      text,
      service("SystemCallErrorNumber=EPERM", "SystemCallFilter=@system-service", "SystemCallArchitectures=native"),
    );
    says(text);
  });

  it("sandbox/ambient-outside names what takes the capability, and adds it to a plain list only", () => {
    const message = (...lines: string[]): string | undefined => findingsOf(service("User=x", ...lines))[0]?.message;
    assert.match(message("AmbientCapabilities=CAP_SYS_TIME", "ProtectClock=yes") ?? "", /ProtectClock= excludes it/);
    assert.match(message("AmbientCapabilities=CAP_SYSLOG", "ProtectKernelLogs=yes") ?? "", /ProtectKernelLogs=/);
    assert.equal(message("AmbientCapabilities=CAP_KILL", "ProtectClock=yes"), undefined);
    assert.equal(message("AmbientCapabilities=~CAP_KILL", "CapabilityBoundingSet=CAP_CHOWN"), undefined);
    assert.equal(
      fixed(service("User=x", "AmbientCapabilities=CAP_KILL", "CapabilityBoundingSet="), "sandbox/ambient-outside"),
      service("User=x", "AmbientCapabilities=CAP_KILL", "CapabilityBoundingSet=CAP_KILL"),
    );
    const [denied] = findingsOf(service("User=x", "AmbientCapabilities=CAP_KILL", "CapabilityBoundingSet=~CAP_KILL"));
    assert.equal(denied?.code, "sandbox/ambient-outside");
    assert.deepEqual(denied?.fixes, []);
    assert.deepEqual(
      codes(service("User=x", "AmbientCapabilities=CAP_KILL", "CapabilityBoundingSet=CAP_KILL"), "x.service", [
        "[Service]\nCapabilityBoundingSet=\n",
      ]),
      ["sandbox/ambient-outside"],
    );
  });

  it("sandbox/private-users speaks of capabilities of the host only", () => {
    const ambient = (...lines: string[]): string => service("User=x", "PrivateUsers=identity", ...lines);
    says(ambient("AmbientCapabilities=CAP_SYS_TIME CAP_CHOWN"), "sandbox/private-users");
    says(ambient("AmbientCapabilities=CAP_CHOWN CAP_SETUID"));
    says(ambient("AmbientCapabilities=CAP_NET_ADMIN", "DelegateNamespaces=net"));
    says(service("User=x", "PrivateUsers=no", "AmbientCapabilities=CAP_NET_ADMIN"));
  });

  it("sandbox/bounding-set follows the lines", () => {
    const bounding = (...values: string[]): string => service(...values.map((it) => `CapabilityBoundingSet=${it}`));
    const loud = (...values: string[]): void => says(bounding(...values), "sandbox/bounding-set");
    loud("~CAP_SYS_ADMIN", "CAP_KILL");
    loud("", "~CAP_KILL");
    loud("CAP_KILL", "~CAP_TYPO");
    loud("CAP_TYPO CAP_TYPE");
    says(bounding(""));
    says(bounding("~"));
    says(bounding("", "CAP_KILL"));
    says(bounding("CAP_KILL", "~CAP_KILL"));
    says(bounding("CAP_KILL", "~CAP_CHOWN"));
    says(bounding("~CAP_SYS_ADMIN CAP_KILL", "CAP_KILL"));
    says(bounding("~CAP_SYS_ADMIN", "~CAP_KILL"));
    says(bounding("~CAP_SYS_ADMIN", "", "CAP_KILL"));
    says(bounding("CAP_KILL CAP_TYPO"));
  });

  it("sandbox/deny-first leaves exceptions from a deny list alone", () => {
    const filter = (...values: string[]): string =>
      service("SystemCallArchitectures=native", ...values.map((it) => `SystemCallFilter=${it}`));
    says(filter("~@clock", "@system-service"), "sandbox/deny-first");
    says(filter("~@clock", "~@mount", "@resources"), "sandbox/deny-first");
    says(filter("~@privileged", "@system-service"), "sandbox/deny-first");
    says(filter("~@privileged", "@chown"));
    says(filter("~@privileged @swap", "@chown read"), "sandbox/deny-first");
    says(filter("~chroot umount2", "@mount"), "sandbox/deny-first");
    says(filter("~@mount", "@mount", "~@clock"));
    says(filter("~@mount", "umount2 no_such_call"));
    says(filter("~@clock", "clock_settime"));
    says(filter("@system-service", "~@clock"));
    says(filter("~@clock", "", "@system-service"));
    says(filter("~@clock", "~@mount"));
    const families = (...values: string[]): string =>
      service("SystemCallArchitectures=native", ...values.map((it) => `RestrictAddressFamilies=${it}`));
    says(families("~AF_NETLINK", "AF_UNIX AF_INET"), "sandbox/deny-first");
    says(families("~AF_NETLINK AF_UNIX", "AF_UNIX"));
    says(families("~AF_NETLINK AF_UNIX", "AF_UNIX AF_INET"), "sandbox/deny-first");
    says(families("~AF_NETLINK", "AF_NETLINK"), "sandbox/deny-first");
    says(families("none", "AF_UNIX"));
  });

  it("sandbox/overridden removes what a dynamic user overrides, and only that", () => {
    const dynamic = (...lines: string[]): string => service("DynamicUser=yes", ...lines);
    says(dynamic("PrivateTmp=no", "NoNewPrivileges=no"), "sandbox/overridden", "sandbox/overridden");
    says(dynamic("ProtectHome=no", "RemoveIPC=0"), "sandbox/overridden", "sandbox/overridden");
    says(dynamic("ProtectHome=yes", "PrivateTmp=yes", "ProtectSystem=strict", "NoNewPrivileges=yes"));
    says(service("DynamicUser=no", "ProtectSystem=full", "NoNewPrivileges=no"));
    assert.equal(fixed(dynamic("ProtectSystem=full"), "sandbox/overridden"), service("DynamicUser=yes"));
  });

  it("sandbox/jit knows runtimes behind wrappers, and those that do not compile", () => {
    const runs = (command: string, ...lines: string[]): string =>
      `[Service]\nExecStart=${command}\nMemoryDenyWriteExecute=yes\n${lines.join("\n")}\n`;
    for (const it of ["/usr/bin/env node /srv/a.js", "/usr/bin/sh -c 'exec java -jar /a.jar'", "/usr/bin/dotnet a.dll"])
      says(runs(it), "sandbox/jit");
    for (const it of ["npm --version", "npx a", "yarn start", "gjs a.js", "sbcl --script a", "pypy3 a.py", "firefox"])
      says(runs(`/usr/bin/${it}`), "sandbox/jit");
    says(runs("/usr/share/elasticsearch/bin/elasticsearch"), "sandbox/jit");
    for (const it of [
      "/usr/bin/node --jitless a.js",
      "/usr/bin/python3 a.py",
      "/usr/sbin/php-fpm",
      "/usr/sbin/php-fpm8.2",
      "/usr/bin/php a.php",
      "/usr/bin/erl -noshell",
      "/usr/bin/postgres",
    ])
      says(runs(it));
    says(runs("/usr/bin/java -jar /a.jar", "MemoryDenyWriteExecute=no"));
  });

  it("sandbox/proc-subset knows programs by name", () => {
    const runs = (command: string): string => `[Service]\nExecStart=${command}\nProcSubset=pid\n`;
    says(runs("/usr/sbin/sysctl --system"), "sandbox/proc-subset");
    says(runs("/usr/bin/sh -c 'free -m'"), "sandbox/proc-subset");
    says(runs("/usr/sbin/chronyd"));
  });

  it("says nothing of a unit that systemd refuses, of a drop-in alone, and of what runs nothing", () => {
    says("[Service]\nSystemCallErrorNumber=EPERM\n");
    assert.deepEqual(codes("[Service]\nSystemCallErrorNumber=EPERM\n", "x.service.d/a.conf"), []);
    assert.deepEqual(codes("[Timer]\nOnCalendar=daily\n", "x.timer"), []);
  });
});
