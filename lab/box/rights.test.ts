import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { hardenAsDropIn } from "../../server/src/hardening/profile.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { type Claim, codesOf, itShows } from "../../test/kit/claims.ts";

const REMOUNT = "mount -o remount,bind,rw / && touch /usr/undone && echo undone || echo kept";
const SEES_INIT = "[ -d /proc/1 ] && echo seen || echo hidden";
const BIND_81 =
  "perl -MSocket -e 'socket(S,PF_INET,SOCK_STREAM,0); print bind(S,pack_sockaddr_in(81,INADDR_LOOPBACK)) ? 1 : 0, qq(\\n)'";
const SEND =
  "perl -MSocket -e 'socket(S,PF_INET,SOCK_DGRAM,0); print send(S,1,0,pack_sockaddr_in(9,INADDR_LOOPBACK)) ? 1 : 0, qq(\\n)'";
const BOUNDING =
  "[ $(sed -n 's/^CapBnd:[^0-9a-f]*//p' /proc/self/status) = 0000000000000000 ] && echo none || echo some";
const ROOTS = "CapabilityBoundingSet=CAP_CHOWN CAP_SETGID CAP_SETUID";
const AMBIENT = "sed -n 's/^CapAmb:[^0-9a-f]*//p' /proc/self/status";
/** A call of 32-bit x86 from a 64-bit program, given as what is put into its registers. */
const call32 = (registers: string): string => `/usr/bin/python3 -c '
import ctypes, mmap
code = bytes.fromhex("53${registers}cd805bc3")
page = mmap.mmap(-1, 4096, prot=7)
page.write(code)
call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
print("done" if call() >= 0 else "denied", flush=True)'`;
/** socket(AF_INET, SOCK_STREAM, 0) */
const SOCKET_32 = call32("b867010000bb02000000b90100000031d2");
/** setuid(0), which goes by setuid32 there */
const SETUID_32 = call32("b8d5000000bb00000000");
/** ptrace(PTRACE_TRACEME) */
const PTRACE_32 = call32("b81a000000bb00000000b90000000031d2");

/** mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL), as mount(8) wants to be root */
const REMOUNT_CALL = `/usr/bin/python3 -c '
import ctypes
done = ctypes.CDLL(None).mount(None, b"/", None, 4128, None) == 0
print("undone" if done else "kept", flush=True)'`;

import { skip } from "../../test/kit/skip.ts";

const CLAIMS: readonly Claim[] = [
  {
    code: "sandbox/undoable",
    script: REMOUNT,
    lines: ["ProtectSystem=strict", "CapabilityBoundingSet=~CAP_SYS_PTRACE"],
    prints: "undone",
    better: ["ProtectSystem=strict", "CapabilityBoundingSet=~CAP_SYS_ADMIN"],
    printsThen: "kept",
  },
  {
    code: "sandbox/undoable",
    script: REMOUNT,
    lines: ["ProtectSystem=strict", "SystemCallFilter=~@clock", "SystemCallErrorNumber=EPERM"],
    prints: "undone",
    better: ["ProtectSystem=strict", "SystemCallFilter=~@clock @mount", "SystemCallErrorNumber=EPERM"],
    printsThen: "kept",
  },
  {
    code: "sandbox/undoable",
    script: REMOUNT_CALL,
    needs: "/usr/bin/python3",
    lines: ["ProtectSystem=strict", "User=daemon", "AmbientCapabilities=CAP_SYS_ADMIN"],
    prints: "undone",
    better: ["ProtectSystem=strict", "User=daemon", "AmbientCapabilities=CAP_SYS_NICE"],
    printsThen: "kept",
  },
  {
    code: "sandbox/other-architectures",
    script: SOCKET_32,
    lines: ["RestrictAddressFamilies=AF_UNIX"],
    prints: "done",
    better: ["RestrictAddressFamilies=AF_UNIX", "SystemCallArchitectures=native"],
    printsThen: "failed",
    needs: "/usr/bin/python3",
  },
  {
    code: "sandbox/other-architectures",
    script: SETUID_32,
    lines: ["SystemCallFilter=~setuid", "SystemCallErrorNumber=EPERM"],
    prints: "done",
    better: ["SystemCallFilter=~setuid setuid32", "SystemCallErrorNumber=EPERM"],
    printsThen: "denied",
    needs: "/usr/bin/python3",
  },
  {
    code: "sandbox/other-architectures",
    script: PTRACE_32,
    lines: ["SystemCallFilter=@system-service @debug", "SystemCallErrorNumber=EPERM"],
    prints: "done",
    better: ["SystemCallFilter=~ptrace", "SystemCallErrorNumber=EPERM"],
    printsThen: "denied",
    needs: "/usr/bin/python3",
  },
  {
    code: "sandbox/outside",
    script: "ls -d /usr/written-*",
    lines: ["ProtectSystem=strict", "ExecStartPre=+/bin/touch /usr/written-outside"],
    prints: "/usr/written-outside",
    better: ["ProtectSystem=strict", "ExecStartPre=-/bin/touch /usr/written-inside"],
    printsThen: "/usr/written-outside",
  },
  {
    code: "sandbox/set-uid-lost",
    script: "setpriv --reuid=daemon --clear-groups id -un 2>/dev/null || echo kept",
    lines: ["User=root", "NoNewPrivileges=yes", "LockPersonality=yes", ROOTS],
    prints: "kept",
    better: ["NoNewPrivileges=yes", "LockPersonality=yes", ROOTS],
    printsThen: "daemon",
  },
  {
    code: "sandbox/set-uid-lost",
    script: "setpriv --reuid=daemon --clear-groups id -un 2>/dev/null || echo kept",
    lines: ["User=root", "NoNewPrivileges=yes", "PrivateDevices=yes", ROOTS],
    prints: "kept",
    better: ["User=root", "NoNewPrivileges=yes", "PrivateDevices=yes", ROOTS, "AmbientCapabilities=CAP_SETUID"],
    printsThen: "daemon",
  },
  {
    code: "sandbox/protect-proc",
    script: SEES_INIT,
    lines: ["ProtectProc=invisible", "CapabilityBoundingSet="],
    prints: "seen",
    better: ["ProtectProc=ptraceable", "CapabilityBoundingSet="],
    printsThen: "hidden",
  },
  {
    code: "sandbox/protect-proc",
    script: SEES_INIT,
    lines: ["ProtectProc=noaccess", "User=daemon", "AmbientCapabilities=CAP_SYS_PTRACE"],
    prints: "seen",
    better: ["ProtectProc=invisible", "User=daemon"],
    printsThen: "hidden",
  },
  {
    code: "sandbox/protect-proc",
    script: SEES_INIT,
    lines: ["ProtectProc=invisible", "User=daemon", "Group=root"],
    prints: "seen",
    better: ["ProtectProc=invisible", "User=root", "Group=daemon", "CapabilityBoundingSet="],
    printsThen: "hidden",
  },
  {
    code: "sandbox/allow-without-deny",
    script: SEND,
    lines: ["IPAddressAllow=127.0.0.9"],
    prints: "1",
    better: ["IPAddressAllow=127.0.0.9", "IPAddressDeny=any"],
    printsThen: "0",
  },
  {
    code: "sandbox/error-number",
    script: "sed -n 's/^Seccomp:[^0-9]*//p' /proc/self/status",
    lines: ["SystemCallErrorNumber=EPERM"],
    prints: "0",
    better: ["SystemCallErrorNumber=EPERM", "SystemCallFilter=@system-service"],
    printsThen: "2",
  },
  {
    code: "sandbox/ambient-outside",
    script: AMBIENT,
    lines: ["User=daemon", "AmbientCapabilities=CAP_NET_RAW", "CapabilityBoundingSet=CAP_KILL"],
    prints: "0000000000000000",
    better: ["User=daemon", "AmbientCapabilities=CAP_NET_RAW", "CapabilityBoundingSet=CAP_KILL CAP_NET_RAW"],
    printsThen: "0000000000002000",
  },
  {
    code: "sandbox/ambient-outside",
    script: AMBIENT,
    lines: ["User=daemon", "AmbientCapabilities=CAP_MKNOD CAP_KILL", "PrivateDevices=yes"],
    prints: "0000000000000020",
    better: ["User=daemon", "AmbientCapabilities=CAP_KILL", "PrivateDevices=yes"],
    printsThen: "0000000000000020",
  },
  {
    code: "sandbox/private-users",
    script: BIND_81,
    lines: ["User=daemon", "AmbientCapabilities=CAP_NET_BIND_SERVICE", "PrivateUsers=yes"],
    prints: "0",
    better: ["User=daemon", "AmbientCapabilities=CAP_NET_BIND_SERVICE"],
    printsThen: "1",
  },
  {
    code: "sandbox/bounding-set",
    script: BOUNDING,
    lines: ["CapabilityBoundingSet=", "CapabilityBoundingSet=~CAP_KILL"],
    prints: "none",
    better: ["CapabilityBoundingSet=~CAP_KILL"],
    printsThen: "some",
  },
  {
    code: "sandbox/bounding-set",
    script: BOUNDING,
    lines: ["CapabilityBoundingSet=~CAP_SYS_ADMIN", "CapabilityBoundingSet=CAP_CHOWN"],
    prints: "some",
    better: ["CapabilityBoundingSet=CAP_CHOWN", "CapabilityBoundingSet=~CAP_CHOWN"],
    printsThen: "none",
  },
  {
    code: "sandbox/bounding-set",
    script: BOUNDING,
    lines: ["CapabilityBoundingSet=", "CapabilityBoundingSet=~CAP_TYPO"],
    prints: "some",
    better: ["CapabilityBoundingSet="],
    printsThen: "none",
  },
  {
    code: "sandbox/own-unit",
    command:
      "/bin/sh -c '/usr/bin/systemd-run --quiet touch /usr/claim; sleep 1; test -e /usr/claim && echo written || echo kept'",
    lines: ["ProtectSystem=strict", "NoNewPrivileges=yes"],
    prints: "written",
    better: ["ProtectSystem=no"],
    printsThen: "written",
  },
  {
    code: "sandbox/deny-first",
    script: "unshare -m true && echo allowed || echo denied",
    lines: ["SystemCallFilter=~unshare", "SystemCallFilter=@basic-io unshare", "SystemCallErrorNumber=EPERM"],
    prints: "allowed",
    better: ["SystemCallFilter=~unshare", "SystemCallFilter=~@clock", "SystemCallErrorNumber=EPERM"],
    printsThen: "denied",
  },
  {
    code: "sandbox/deny-first",
    script: "mount -t tmpfs x /mnt && echo mounted || echo denied",
    lines: ["SystemCallFilter=~@clock", "SystemCallFilter=@system-service", "SystemCallErrorNumber=EPERM"],
    prints: "mounted",
    better: ["SystemCallFilter=@system-service", "SystemCallFilter=~@clock", "SystemCallErrorNumber=EPERM"],
    printsThen: "denied",
  },
  {
    code: "sandbox/overridden",
    script: "touch /var/lib/x && echo written || echo kept",
    lines: ["DynamicUser=yes", "ProtectSystem=no", "ReadWritePaths=/run"],
    prints: "kept",
    better: ["ProtectSystem=full"],
    printsThen: "written",
  },
  {
    code: "sandbox/jit",
    command: "/usr/bin/node -e 1",
    lines: ["MemoryDenyWriteExecute=yes"],
    prints: "failed",
    better: ["MemoryDenyWriteExecute=no"],
    printsThen: "",
    needs: "/usr/bin/node",
  },
  {
    code: "sandbox/jit",
    command: "/usr/bin/java -Xint -version",
    lines: ["MemoryDenyWriteExecute=yes"],
    prints: "failed",
    better: ["MemoryDenyWriteExecute=no"],
    printsThen: "",
    needs: "/usr/bin/java",
  },
  {
    code: "sandbox/proc-subset",
    command: "/usr/sbin/sysctl -n kernel.ostype",
    lines: ["ProcSubset=pid"],
    prints: "failed",
    better: ["ProcSubset=all"],
    printsThen: "Linux",
    needs: "/usr/sbin/sysctl",
  },
];

describe(`rights in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, () => {
  let box: Box | undefined;

  before(function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    box = startBox();
  });

  after(() => box?.stop());

  itShows(CLAIMS, () => box);

  it("harden as a drop-in: what the deny lists of the unit denied stays denied", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const lines = [
      "SystemCallFilter=~@mount @clock:EPERM",
      "SystemCallFilter=umount2",
      "RestrictAddressFamilies=~AF_PACKET AF_INET6",
    ];
    const text = `[Service]\nExecStart=/bin/true --port 8080\nUser=daemon\n${lines.join("\n")}\n`;
    const path = unitPath("/etc/systemd/system/denying.service");
    assert.ok(path);
    const dropIn = hardenAsDropIn(readUnit(path, text, 257), "strict", undefined).text;
    const shown = (name: string): readonly string[] => {
      box?.run("systemctl", "daemon-reload");
      return box?.run("systemctl", "show", "--value", "-p", name, "denying.service").output.trim().split(" ") ?? [];
    };
    const denied = (words: readonly string[]) => new Set(words.map((it) => it.replace(/^~|:.*$/g, "")));
    box.put("/etc/systemd/system/denying.service", text);
    const [calls, families] = [shown("SystemCallFilter"), shown("RestrictAddressFamilies")];
    assert.ok(calls[0]?.startsWith("~") && families[0]?.startsWith("~"));
    box.run("mkdir", "-p", "/etc/systemd/system/denying.service.d");
    box.put("/etc/systemd/system/denying.service.d/hardening.conf", dropIn);
    const [callsThen, familiesThen] = [shown("SystemCallFilter"), shown("RestrictAddressFamilies")];
    assert.ok(callsThen.includes("read") && callsThen.includes("umount2") && familiesThen.includes("AF_UNIX"), dropIn);
    // A word with an error number in an allow list is one that is denied with it.
    for (const it of denied(calls)) assert.ok(!callsThen.includes(it), it);
    for (const it of denied(families)) assert.ok(!familiesThen.includes(it), it);
    const { output, errors } = box.run("systemd-analyze", "verify", "/etc/systemd/system/denying.service");
    assert.doesNotMatch(output + errors, /denying/);
    assert.equal(box.run("systemctl", "start", "denying.service").status, 0);
  });

  it("sandbox/overridden: every setting that a dynamic user brings", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const said = ["NoNewPrivileges=no", "RestrictSUIDSGID=no", "RemoveIPC=no", "ProtectSystem=full", "ProtectHome=no"];
    const text = `[Service]\nExecStart=/bin/true\nDynamicUser=yes\n${said.join("\n")}\nPrivateTmp=no\n`;
    assert.equal(codesOf(text).filter((it) => it === "sandbox/overridden").length, 6);
    box.put("/run/systemd/system/dynamic.service", text);
    box.run("systemctl", "daemon-reload");
    const shown = box.run("systemctl", "show", "dynamic.service").output.split("\n");
    for (const it of said) assert.ok(!shown.includes(it), it);
    for (const it of ["ProtectSystem=strict", "ProtectHome=read-only", "RemoveIPC=yes"])
      assert.ok(shown.includes(it), it);
    assert.ok(!shown.includes("PrivateTmp=no"));
  });
});
