import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { diagnose } from "../../server/src/failures/diagnose.ts";
import { readEvidence } from "../../server/src/failures/evidence.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { skip } from "../../test/kit/skip.ts";

/** A unit that does not start, the setting that is to blame, and the line that the best fix leaves in the file. */
interface Failure {
  readonly lines: readonly string[];
  readonly blamed: string;
  readonly fixed: string;
  /** The program of which the log of the kernel has an audit line. */
  readonly kernel?: string;
}

const python = (code: string): string => `ExecStart=/usr/bin/python3 -c "${code}"`;

const FAILURES: readonly Failure[] = [
  {
    lines: ["ExecStart=/bin/true", "ReadWritePaths=/run/nothing", "ReadOnlyPaths=/srv"],
    blamed: "ReadWritePaths=/run/nothing",
    fixed: "ReadWritePaths=-/run/nothing",
  },
  {
    lines: ["ExecStart=/bin/true", "ProtectHome=tmpfs", "ReadWritePaths=/home/x/app"],
    blamed: "ReadWritePaths=/home/x/app",
    fixed: "BindPaths=/home/x/app",
  },
  {
    lines: ["ExecStart=/bin/true", "BindReadOnlyPaths=/srv/data /srv/missing:/mnt"],
    blamed: "BindReadOnlyPaths=/srv/data /srv/missing:/mnt",
    fixed: "BindReadOnlyPaths=/srv/data -/srv/missing:/mnt",
  },
  {
    lines: ["ExecStart=/bin/touch /srv/data/f", "ProtectSystem=strict", "PrivateTmp=yes"],
    blamed: "ProtectSystem=strict",
    fixed: "ReadWritePaths=/srv/data",
  },
  {
    lines: ["ExecStart=/bin/mkdir -p /var/lib/mine", "ProtectSystem=strict"],
    blamed: "ProtectSystem=strict",
    fixed: "StateDirectory=mine",
  },
  {
    lines: ["ExecStart=/bin/touch /etc/app/f", "ProtectSystem=full", "ProtectHome=read-only"],
    blamed: "ProtectSystem=full",
    fixed: "ReadWritePaths=/etc/app",
  },
  {
    lines: ["ExecStart=/bin/touch /home/x/app/f", "ProtectHome=read-only", "ProtectSystem=full"],
    blamed: "ProtectHome=read-only",
    fixed: "ReadWritePaths=/home/x/app",
  },
  {
    lines: ["ExecStart=/bin/touch /var/cache/dyn/f", "DynamicUser=yes"],
    blamed: "DynamicUser=yes",
    fixed: "CacheDirectory=dyn",
  },
  {
    lines: ["ExecStart=/bin/touch /srv/data/f", "ReadOnlyPaths=/srv/data", "ProtectSystem=yes"],
    blamed: "ReadOnlyPaths=/srv/data",
    fixed: "",
  },
  {
    lines: ["ExecStart=/bin/cat /home/x/app/conf", "ProtectHome=yes", "PrivateTmp=yes"],
    blamed: "ProtectHome=yes",
    fixed: "ProtectHome=tmpfs",
  },
  {
    lines: ["ExecStart=/bin/cat /opt/a/conf", "InaccessiblePaths=/opt", "PrivateTmp=yes"],
    blamed: "InaccessiblePaths=/opt",
    fixed: "BindReadOnlyPaths=/opt/a/conf",
  },
  {
    lines: ["ExecStart=/home/x/app/run", "ProtectHome=tmpfs", "ProtectSystem=full"],
    blamed: "ProtectHome=tmpfs",
    fixed: "BindReadOnlyPaths=/home/x/app",
  },
  {
    lines: ["ExecStart=/opt/a/run", "NoExecPaths=/opt", "ProtectSystem=full"],
    blamed: "NoExecPaths=/opt",
    fixed: "ExecPaths=/opt/a/run",
  },
  {
    lines: ["ExecStart=/bin/true", "NoExecPaths=/", "ExecPaths=/usr/bin/true"],
    blamed: "NoExecPaths=/",
    fixed: "ExecPaths=/usr/bin/true /usr/lib -/usr/lib64",
  },
  {
    lines: ["ExecStart=/bin/true", "ExecPaths=/usr/bin", "NoExecPaths=/usr"],
    blamed: "NoExecPaths=/usr",
    fixed: "ExecPaths=/usr/bin /usr/lib -/usr/lib64",
  },
  {
    lines: ["ExecStart=/bin/sh -c /bin/true", "NoExecPaths=/", "ExecPaths=/usr/bin/dash /usr/lib"],
    blamed: "NoExecPaths=/",
    fixed: "ExecPaths=/usr/bin/dash /usr/lib /bin/true",
  },
  {
    lines: ["ExecStart=/bin/true", "WorkingDirectory=/var/lib/nowhere", "PrivateTmp=yes"],
    blamed: "WorkingDirectory=/var/lib/nowhere",
    fixed: "StateDirectory=nowhere",
  },
  {
    lines: ["ExecStart=/bin/true", "LogsDirectory=out", "StandardOutput=append:/var/log/out/log"],
    blamed: "StandardOutput=append:/var/log/out/log",
    fixed: "StandardOutput=append:/var/log/out-log",
  },
  {
    lines: ["ExecStart=/bin/true", "Group=nobody-knows", "User=daemon"],
    blamed: "Group=nobody-knows",
    fixed: "",
  },
  {
    lines: ["ExecStart=/bin/true", "User=nobody-knows", "PrivateTmp=yes"],
    blamed: "User=nobody-knows",
    fixed: "DynamicUser=yes",
  },
  {
    lines: ["ExecStart=/bin/true", "LoadCredential=key:/etc/nowhere/key", "PrivateTmp=yes"],
    blamed: "LoadCredential=key:/etc/nowhere/key",
    fixed: "LoadCredential=key",
  },
  {
    lines: ["ExecStart=/bin/true", "EnvironmentFile=/etc/nowhere/env", "PrivateTmp=yes"],
    blamed: "EnvironmentFile=/etc/nowhere/env",
    fixed: "EnvironmentFile=-/etc/nowhere/env",
  },
  {
    lines: ["ExecStart=/bin/chmod 700 /srv/data/mode", "SystemCallFilter=~fchmodat fchmodat2", "PrivateTmp=yes"],
    blamed: "SystemCallFilter=~fchmodat fchmodat2",
    fixed: "SystemCallFilter=fchmodat fchmodat2",
  },
  {
    lines: [python("import os; os.getpriority(0, 0)"), "SystemCallFilter=~getpriority", "PrivateTmp=yes"],
    blamed: "SystemCallFilter=~getpriority",
    fixed: "SystemCallFilter=getpriority",
    kernel: "python3",
  },
  {
    lines: [
      python("import os; os.chroot('/srv')"),
      "SystemCallFilter=@system-service",
      "SystemCallErrorNumber=EPERM",
      "PrivateTmp=yes",
    ],
    blamed: "SystemCallFilter=@system-service",
    fixed: "SystemCallFilter=@system-service chroot",
  },
  {
    lines: [
      python("import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)"),
      "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
      "CapabilityBoundingSet=CAP_KILL",
    ],
    blamed: "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
    fixed: "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
  },
  {
    lines: [
      "ExecStart=/bin/chown daemon /srv/data/mode",
      "CapabilityBoundingSet=CAP_KILL CAP_FOWNER",
      "PrivateTmp=yes",
    ],
    blamed: "CapabilityBoundingSet=CAP_KILL CAP_FOWNER",
    fixed: "CapabilityBoundingSet=CAP_KILL CAP_FOWNER CAP_CHOWN",
  },
  {
    lines: [python("import socket; socket.socket().bind(('127.0.0.1', 80))"), "User=daemon", "PrivateTmp=yes"],
    blamed: "User=daemon",
    fixed: "AmbientCapabilities=CAP_NET_BIND_SERVICE",
  },
  {
    lines: [
      python("import socket; socket.socket().bind(('127.0.0.1', 80))"),
      "User=daemon",
      "CapabilityBoundingSet=",
      "PrivateTmp=yes",
    ],
    blamed: "User=daemon",
    fixed: "AmbientCapabilities=CAP_NET_BIND_SERVICE",
  },
  {
    lines: [python("import socket; socket.socket().bind(('127.0.0.1', 80))"), "CapabilityBoundingSet="],
    blamed: "CapabilityBoundingSet=",
    fixed: "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
  },
  {
    lines: ["ExecStart=/usr/bin/logger -s hello", "RestrictAddressFamilies=AF_INET", "PrivateTmp=yes"],
    blamed: "RestrictAddressFamilies=AF_INET",
    fixed: "RestrictAddressFamilies=AF_INET AF_UNIX",
  },
  {
    lines: [python("import socket; socket.create_connection(('127.0.0.1', 8088))"), "PrivateNetwork=yes"],
    blamed: "PrivateNetwork=yes",
    fixed: "IPAddressAllow=localhost",
  },
  {
    lines: [python("import socket; socket.create_connection(('127.0.0.1', 8088), 2)"), "IPAddressDeny=any"],
    blamed: "IPAddressDeny=any",
    fixed: "IPAddressAllow=localhost",
  },
  {
    lines: [
      python("import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.9', 53))"),
      "IPAddressDeny=any",
      "IPAddressAllow=localhost",
    ],
    blamed: "IPAddressDeny=any",
    fixed: "IPAddressAllow=localhost 192.0.2.9",
  },
  {
    lines: ["ExecStart=/bin/touch /etc/new", "ProtectSystem=full", "PrivateTmp=yes"],
    blamed: "ProtectSystem=full",
    fixed: "ProtectSystem=yes",
  },
  {
    lines: ["ExecStart=/bin/touch /root/new", "ProtectHome=read-only", "PrivateTmp=yes"],
    blamed: "ProtectHome=read-only",
    fixed: "ProtectHome=no",
  },
  {
    lines: ["ExecStart=/bin/touch /tmp/new", "ProtectSystem=strict", "ProtectHome=yes"],
    blamed: "ProtectSystem=strict",
    fixed: "PrivateTmp=yes",
  },
  {
    lines: [python("import tempfile; tempfile.mkstemp()"), "ProtectSystem=strict", "ProtectHome=yes"],
    blamed: "ProtectSystem=strict",
    fixed: "PrivateTmp=yes",
  },
  {
    lines: [
      "ExecStart=/usr/bin/setpriv --reuid=1 --regid=1 --clear-groups /bin/true",
      "CapabilityBoundingSet=CAP_KILL",
    ],
    blamed: "CapabilityBoundingSet=CAP_KILL",
    fixed: "CapabilityBoundingSet=CAP_KILL CAP_SETUID CAP_SETGID",
  },
  {
    lines: [
      python("import os; os.setgroups([]); os.setgid(1); os.setuid(1)"),
      "SystemCallFilter=~@privileged",
      "SystemCallErrorNumber=EPERM",
    ],
    blamed: "SystemCallFilter=~@privileged",
    fixed: "SystemCallFilter=setgroups setuid setresuid setreuid",
  },
  {
    lines: ["ExecStart=/bin/mount -t tmpfs none /mnt", "SystemCallFilter=~@mount", "SystemCallErrorNumber=EPERM"],
    blamed: "SystemCallFilter=~@mount",
    fixed: "SystemCallFilter=mount umount2 fsopen fsconfig fsmount fspick move_mount open_tree mount_setattr",
  },
  {
    lines: ["ExecStart=/bin/sh -c 'sleep 1 & sleep 1 & sleep 1 & wait'", "LimitNPROC=2", "User=daemon"],
    blamed: "LimitNPROC=2",
    fixed: "User=daemon",
  },
  {
    lines: ["ExecStart=/usr/bin/node -e 0", "LimitAS=500M", "PrivateTmp=yes"],
    blamed: "LimitAS=500M",
    fixed: "PrivateTmp=yes",
  },
  {
    lines: ["ExecStart=/bin/true", "RootDirectory=/srv/empty"],
    blamed: "RootDirectory=/srv/empty",
    fixed: "BindReadOnlyPaths=/usr -/bin -/sbin -/lib -/lib64",
  },
  {
    lines: [python("import socket; socket.socket(socket.AF_UNIX).bind('/run/own-app/s')"), "User=daemon"],
    blamed: "RuntimeDirectory=",
    fixed: "RuntimeDirectory=own-app",
  },
  {
    lines: ["ExecStart=/bin/sh -c 'node -v'", "TemporaryFileSystem=/usr/bin", "BindReadOnlyPaths=/usr/bin/sh"],
    blamed: "TemporaryFileSystem=/usr/bin",
    fixed: "BindReadOnlyPaths=/usr/bin/sh /usr/bin/node",
  },
  {
    lines: ["ExecStart=/bin/hostname other", "ProtectHostname=yes", "PrivateTmp=yes"],
    blamed: "ProtectHostname=yes",
    fixed: "ProtectHostname=no",
  },
  {
    lines: ["ExecStart=/bin/touch /srv/data/new", "BindReadOnlyPaths=/srv/data"],
    blamed: "BindReadOnlyPaths=/srv/data",
    fixed: "BindPaths=/srv/data",
  },
  {
    lines: [python("import multiprocessing; multiprocessing.Lock()"), "InaccessiblePaths=/dev/shm"],
    blamed: "InaccessiblePaths=/dev/shm",
    fixed: "",
  },
  {
    lines: ["ExecStart=/usr/bin/ip addr show dev eth0", "PrivateNetwork=yes"],
    blamed: "PrivateNetwork=yes",
    fixed: "PrivateNetwork=no",
  },
  {
    lines: ["ExecStart=/usr/bin/curl -sS http://127.0.0.1:8088/", "RestrictAddressFamilies=AF_UNIX"],
    blamed: "RestrictAddressFamilies=AF_UNIX",
    fixed: "RestrictAddressFamilies=AF_UNIX AF_INET",
  },
  {
    lines: ["ExecStart=/usr/bin/unshare --net /bin/true", "RestrictNamespaces=yes", "LockPersonality=yes"],
    blamed: "RestrictNamespaces=yes",
    fixed: "RestrictNamespaces=net",
  },
  {
    lines: ["ExecStart=/usr/bin/chrt -f 1 /bin/true", "RestrictRealtime=yes", "RestrictNamespaces=yes"],
    blamed: "RestrictRealtime=yes",
    fixed: "RestrictRealtime=no",
  },
  {
    lines: ["ExecStart=/usr/bin/setarch linux32 /bin/true", "LockPersonality=yes", "RestrictRealtime=yes"],
    blamed: "LockPersonality=yes",
    fixed: "LockPersonality=no",
  },
  {
    lines: ["ExecStart=/usr/bin/chmod 4755 /srv/data/mode", "RestrictSUIDSGID=yes", "RestrictNamespaces=yes"],
    blamed: "RestrictSUIDSGID=yes",
    fixed: "RestrictSUIDSGID=no",
  },
  {
    lines: ["ExecStart=/bin/cat /proc/meminfo", "ProcSubset=pid", "PrivateTmp=yes"],
    blamed: "ProcSubset=pid",
    fixed: "ProcSubset=all",
  },
  {
    lines: ["ExecStart=/bin/mkdir -p /sys/fs/cgroup/made", "ProtectControlGroups=yes", "PrivateTmp=yes"],
    blamed: "ProtectControlGroups=yes",
    fixed: "ProtectControlGroups=no",
  },
  {
    lines: ["ExecStart=/bin/ls /dev/own", "PrivateDevices=yes", "PrivateTmp=yes"],
    blamed: "PrivateDevices=yes",
    fixed: "BindPaths=/dev/own",
  },
  {
    lines: ["ExecStart=/bin/ls /usr/lib/modules/own", "ProtectKernelModules=yes", "PrivateTmp=yes"],
    blamed: "ProtectKernelModules=yes",
    fixed: "ProtectKernelModules=no",
  },
  {
    lines: ["ExecStart=/bin/cat /opt/a/conf", "TemporaryFileSystem=/opt", "PrivateTmp=yes"],
    blamed: "TemporaryFileSystem=/opt",
    fixed: "BindReadOnlyPaths=/opt/a/conf",
  },
  {
    lines: ["ExecStart=/bin/mkdir -p /var/lib/owned/data", "User=daemon", "PrivateTmp=yes"],
    blamed: "User=daemon",
    fixed: "StateDirectory=owned",
  },
  {
    lines: [python("f = open('/srv/data/large', 'wb'); f.write(bytes(9000000))"), "LimitFSIZE=1M", "PrivateTmp=yes"],
    blamed: "LimitFSIZE=1M",
    fixed: "",
  },
  {
    lines: [python("l = [open('/dev/null') for i in range(99)]"), "LimitNOFILE=20", "PrivateTmp=yes"],
    blamed: "LimitNOFILE=20",
    fixed: "",
  },
  {
    lines: ["ExecStart=/usr/bin/node -e 0", "MemoryDenyWriteExecute=yes", "PrivateTmp=yes"],
    blamed: "MemoryDenyWriteExecute=yes",
    fixed: "MemoryDenyWriteExecute=no",
  },
  {
    lines: ["Type=notify", "ExecStart=/bin/true", "PrivateTmp=yes"],
    blamed: "Type=notify",
    fixed: "Type=exec",
  },
  {
    lines: ["Type=forking", "TimeoutStartSec=1", "ExecStart=/bin/sleep 60", "PrivateTmp=yes"],
    blamed: "Type=forking",
    fixed: "Type=exec",
  },
  {
    lines: [
      "Type=forking",
      "TimeoutStartSec=1",
      "ExecStart=/bin/sh -c 'sleep 60 & echo $! > /tmp/d.pid'",
      "PIDFile=/tmp/d.pid",
      "PrivateTmp=yes",
    ],
    blamed: "PrivateTmp=yes",
    fixed: "PrivateTmp=no",
  },
];

describe(`failures in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, () => {
  let box: Box | undefined;

  before(function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    box = startBox();
    box.run(
      "mkdir",
      "-p",
      "/home/x/app",
      "/opt/a",
      "/srv/data",
      "/srv/empty",
      "/etc/app",
      "/var/cache/dyn",
      "/usr/lib/modules/own",
    );
    for (const folder of ["/home/x/app", "/opt/a"]) {
      box.run("cp", "/bin/true", `${folder}/run`);
      box.put(`${folder}/conf`, "A=1\n");
    }
    box.put("/srv/data/mode", "");
    box.run("mknod", "/dev/own", "c", "1", "3");
    box.run("systemd-run", "--unit=web", "/usr/bin/python3", "-m", "http.server", "8088");
  });

  after(() => box?.stop());

  for (const [i, { lines, blamed, fixed, kernel }] of FAILURES.entries()) {
    it(`${blamed}: ${lines.join(" · ")}`, function () {
      // On a busy machine the journal may have words of a program before those of the manager that starts it.
      this.retries(3);
      if (!box) return skip(this, "nothing can be started in a box");
      const name = `failure${i}.service`;
      const text = serviceOf(lines);
      const told = start(box, name, text, kernel);
      assert.ok(told !== undefined, "the unit as it is should not start");
      const path = unitPath(name);
      assert.ok(path);
      const [first] = diagnose(readUnit(path, text, 257), readEvidence(told));
      assert.equal(first?.setting, blamed, told);
      const edits = first.fixes[0]?.edits() ?? [];
      const better = applyEdits(text, edits);
      assert.ok(better !== text && better.split("\n").includes(fixed), better);
      assert.equal(start(box, name, better), undefined, better);
    });
  }
});

const serviceOf = (lines: readonly string[]): string =>
  `[Service]\n${lines.some((it) => it.startsWith("Type=")) ? "" : "Type=oneshot\n"}${lines.join("\n")}\n`;

/** Starts a unit: what systemd has to say where that fails. */
function start(box: Box, name: string, text: string, kernel?: string): string | undefined {
  box.put(`/etc/systemd/system/${name}`, text);
  box.run("systemctl", "daemon-reload");
  const { status } = box.run("systemctl", "start", name);
  if (status === 0) return undefined;
  box.run("journalctl", "--sync");
  // Not by unit: lines of a process that has ended already may have lost theirs.
  const journal = box.run("journalctl", "-n", "60", "--no-pager").output;
  const audit = kernel === undefined ? "" : box.run("sh", "-c", auditLine(kernel)).output;
  return `${journal}\n${audit}\n${box.run("systemctl", "show", name).output}`;
}

/** The last call of a program that a filter stopped, as the kernel logs it. */
const auditLine = (program: string): string => `dmesg | grep type=1326 | grep 'comm="${program}"' | tail -n 1`;
