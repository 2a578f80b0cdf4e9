import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { findingsIn } from "../../server/src/rules/ruleFacts.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { type Claim, codesOf, itShows } from "../../test/kit/claims.ts";
import { skip } from "../../test/kit/skip.ts";

const SEES_KERNEL = "[ -d /proc/1 ] && echo proc; [ -e /dev/null ] && echo null; true";
const EMPTY = ["TemporaryFileSystem=/:ro", "BindReadOnlyPaths=/usr /bin /lib /srv"];
const LOADER = "BindReadOnlyPaths=-/lib64";
const NOTIFY = ["Type=notify", "NotifyAccess=all", "RemainAfterExit=yes", "TimeoutStartSec=5"];
const WRITES = "touch /new 2>&- && echo written || echo kept";
const OWN_ROOT = ["User=daemon", "RuntimeDirectory=claim-root", "RootDirectory=/run/claim-root"];
const BINDS = ["BindReadOnlyPaths=/usr /bin /lib /srv", LOADER];
/** What gives a service no mount namespace. */
const NOT_IMPLYING: readonly (string | undefined)[] = [
  "ProtectClock=yes",
  "ProtectHostname=yes",
  "PrivateUsers=yes",
  "StateDirectory=claim-mounts",
  "MountFlags=shared",
];
const SAME_NETWORK = '[ "$(readlink /proc/self/ns/net)" = "$(cat /srv/host-net)" ] && echo host || echo own';
const SAME_IPC = '[ "$(readlink /proc/self/ns/ipc)" = "$(cat /srv/host-ipc)" ] && echo host || echo own';

const CLAIMS: readonly Claim[] = [
  {
    code: "sandbox/denied-start",
    command: "/bin/true",
    lines: ["SystemCallFilter=~execve"],
    prints: "failed",
    status: 31,
    better: ["SystemCallFilter=~@process"],
    printsThen: "",
  },
  {
    code: "sandbox/denied-start",
    command: "/bin/true",
    lines: ["SystemCallFilter=~execve", "SystemCallErrorNumber=EPERM"],
    prints: "failed",
    status: 203,
    better: ["SystemCallFilter=~execveat", "SystemCallErrorNumber=EPERM"],
    printsThen: "",
  },
  {
    code: "sandbox/denied-start",
    command: "/bin/true",
    lines: ["SystemCallFilter=mount:EPERM @sytem-service"],
    prints: "failed",
    status: 31,
    better: ["SystemCallFilter=@system-service"],
    printsThen: "",
  },
  {
    code: "sandbox/notify-unreachable",
    command: "/usr/bin/systemd-notify --ready",
    lines: [...NOTIFY, "RestrictAddressFamilies=AF_INET"],
    prints: "failed",
    better: [...NOTIFY, "RestrictAddressFamilies=AF_INET AF_UNIX"],
    printsThen: "",
  },
  {
    code: "sandbox/notify-unreachable",
    command: "/usr/bin/systemd-notify --ready",
    lines: [...NOTIFY, "TemporaryFileSystem=/run"],
    prints: "failed",
    better: [...NOTIFY, "TemporaryFileSystem=/run", "BindReadOnlyPaths=/run/systemd/notify"],
    printsThen: "",
  },
  {
    code: "sandbox/notify-unreachable",
    command: "/usr/bin/systemd-notify --ready",
    lines: [...NOTIFY, ...EMPTY, LOADER, "MountAPIVFS=yes"],
    prints: "failed",
    better: [...NOTIFY, ...EMPTY, LOADER, "MountAPIVFS=yes", "BindReadOnlyPaths=/run/systemd/notify"],
    printsThen: "",
  },
  {
    code: "sandbox/empty-root",
    script: SEES_KERNEL,
    lines: [...EMPTY, LOADER],
    prints: "",
    better: [...EMPTY, LOADER, "MountAPIVFS=yes"],
    printsThen: "proc\nnull",
  },
  {
    code: "sandbox/mount-api-vfs",
    script: SEES_KERNEL,
    lines: [...EMPTY, LOADER, "MountAPIVFS=no", "ProtectKernelTunables=yes"],
    prints: "proc\nnull",
    better: [...EMPTY, LOADER, "MountAPIVFS=no"],
    printsThen: "",
  },
  {
    code: "sandbox/mount-api-vfs",
    script: SEES_KERNEL,
    lines: [...EMPTY, LOADER, "MountAPIVFS=no", "ProtectProc=ptraceable"],
    prints: "proc\nnull",
    better: [...EMPTY, LOADER, "MountAPIVFS=no", "PrivateNetwork=yes"],
    printsThen: "",
  },
  {
    code: "sandbox/writable-root",
    script: WRITES,
    lines: [...OWN_ROOT, ...BINDS],
    prints: "written",
    better: [...OWN_ROOT, ...BINDS, "ReadOnlyPaths=+/"],
    printsThen: "kept",
  },
  {
    code: "sandbox/writable-root",
    script: WRITES,
    lines: [...OWN_ROOT, ...BINDS, "ReadOnlyPaths=/"],
    prints: "written",
    better: [...OWN_ROOT, ...BINDS, "ProtectSystem=strict"],
    printsThen: "kept",
  },
  ...["ReadWritePaths", "InaccessiblePaths", "NoExecPaths", "BindReadOnlyPaths"].map(
    (name): Claim => ({
      code: "sandbox/optional-path",
      command: "/bin/true",
      lines: [`${name}=/snap`],
      prints: "failed",
      status: 226,
      better: [`${name}=-/snap`],
      printsThen: "",
    }),
  ),
  {
    code: "sandbox/missing-device",
    script: "(exec 3</dev/net/tun) && echo there || echo missing",
    lines: ["PrivateDevices=yes", "DeviceAllow=/dev/net/tun rw"],
    prints: "missing",
    better: ["PrivateDevices=yes", "BindPaths=-/dev/net/tun", "DeviceAllow=/dev/net/tun rw"],
    printsThen: "there",
  },
  {
    code: "sandbox/namespace-path",
    script: SAME_NETWORK,
    lines: ["NetworkNamespacePath=/proc/1/ns/net", "PrivateNetwork=yes"],
    prints: "host",
    better: ["PrivateNetwork=yes"],
    printsThen: "own",
  },
  {
    code: "sandbox/namespace-path",
    script: SAME_IPC,
    lines: ["IPCNamespacePath=/proc/1/ns/ipc", "PrivateIPC=yes"],
    prints: "host",
    better: ["PrivateIPC=yes"],
    printsThen: "own",
  },
  {
    code: "sandbox/proc-subset",
    command: "/bin/cat /proc/sys/kernel/ostype",
    lines: ["ProcSubset=pid"],
    prints: "failed",
    better: ["ProcSubset=all"],
    printsThen: "Linux",
  },
  {
    code: "unit/overwritten-output",
    script: "echo main",
    lines: ["ExecStartPre=/bin/echo one", "StandardOutput=truncate:/run/claim.out"],
    prints: "main",
    better: ["ExecStartPre=/bin/echo one", "StandardOutput=append:/run/claim.out"],
    printsThen: "one\nmain",
  },
  {
    code: "unit/late-environment",
    script: "echo $X",
    lines: ["ExecStartPre=/bin/sh -c 'echo X=1 >/run/claim.env'", "EnvironmentFile=/run/claim.env"],
    prints: "failed",
    better: ["ExecStartPre=/bin/sh -c 'echo X=1 >/run/claim.env'", "EnvironmentFile=-/run/claim.env"],
    printsThen: "1",
  },
];

/** What a user manager cannot do: the line, and the status with which the service ends. */
const USER_LINES: readonly (readonly [string, number])[] = [
  ["CapabilityBoundingSet=CAP_KILL", 218],
  ["CapabilityBoundingSet=", 218],
  ["CapabilityBoundingSet=~CAP_SYS_ADMIN", 218],
  ["AmbientCapabilities=CAP_NET_RAW", 218],
  ["SecureBits=noroot", 213],
  ["User=daemon", 216],
  ["SupplementaryGroups=daemon", 216],
];

/** What brings a user namespace, in which capabilities can be taken away, and what does not. */
const USER_NAMESPACES: readonly (readonly [string, boolean])[] = [
  ["ProtectSystem=yes", true],
  ["ProtectClock=yes", true],
  ["ProtectHostname=yes", true],
  ["PrivateNetwork=yes", true],
  ["PrivateIPC=yes", true],
  ["PrivateMounts=yes", true],
  ["MountAPIVFS=yes", true],
  ["ProtectControlGroups=yes", true],
  ["ReadWritePaths=/srv", true],
  ["MountFlags=slave", false],
  ["RootDirectory=/", true],
  ["ProtectProc=invisible", false],
  ["ProcSubset=pid", false],
];

const USER_FINE = [
  "CapabilityBoundingSet=~",
  "CapabilityBoundingSet=CAP_KILL\nPrivateUsers=yes",
  "SecureBits=noroot\nPrivateUsers=yes",
  "User=%u",
];

/** What brings a user namespace with nobody but the user in it, where a set-uid copy of id keeps the rights of that. */
const USER_ALONE = ["PrivateUsers=yes", "ProtectHostname=yes", "ProtectClock=yes"];

/** Settings that a user manager reads and does not heed, with what shows it. */
const USER_IDLE: readonly (readonly [string, string])[] = [
  ["RemoveIPC=yes", "true"],
  ["ProcSubset=pid", "test -e /proc/meminfo"],
  ["ProtectProc=invisible", "test -d /proc/1"],
];

describe(`traps in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, () => {
  let box: Box | undefined;

  before(function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    box = startBox();
    box.run("sh", "-c", "readlink /proc/1/ns/net >/srv/host-net; readlink /proc/1/ns/ipc >/srv/host-ipc");
    box.run("sh", "-c", "mkdir -p /dev/net && mknod /dev/net/tun c 10 200");
  });

  after(() => box?.stop());

  itShows(CLAIMS, () => box);

  it("sandbox/remove-ipc: a segment of root stays, one of another user goes", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const make = "use IPC::SysV q(IPC_CREAT); exit(defined(shmget(4711,4096,IPC_CREAT|0600))?0:1)";
    const left = (line: string): boolean => {
      const text = `[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nRemoveIPC=yes\n${line}\nExecStart=/usr/bin/perl -e "${make}"\n`;
      assert.equal(codesOf(text).includes("sandbox/remove-ipc"), line === "User=root");
      box?.put("/run/systemd/system/ipc.service", text);
      box?.run("systemctl", "daemon-reload");
      assert.equal(box?.run("systemctl", "start", "ipc.service").status, 0);
      return box?.run("ipcrm", "-M", "4711").status === 0;
    };
    assert.equal(left("User=daemon"), false);
    assert.equal(left("Group=daemon"), false);
    assert.equal(left("User=root"), true);
  });

  /** What a port of the box answers; empty where nobody listens. */
  const ask = (port: number): string => {
    const script = `socket(S,PF_INET,SOCK_STREAM,0); alarm 3; connect(S,pack_sockaddr_in(${port},INADDR_LOOPBACK)) or die; print <S>`;
    return box?.run("perl", "-MSocket", "-e", script).output ?? "";
  };

  it("sandbox/socket-lists: the list of the service does not hold for what the socket passes in", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const answers = (port: number, list: string): boolean => {
      box?.put(
        "/run/systemd/system/lists.socket",
        `[Unit]\nDefaultDependencies=no\n[Socket]\nAccept=yes\nListenStream=127.0.0.1:${port}\n${list}`,
      );
      box?.put(
        "/run/systemd/system/lists@.service",
        "[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/echo hello\nStandardInput=socket\nIPAddressDeny=any\n",
      );
      box?.run("systemctl", "daemon-reload");
      box?.run("systemctl", "start", "lists.socket");
      const output = ask(port);
      box?.run("systemctl", "stop", "lists.socket");
      return output.includes("hello");
    };
    assert.equal(answers(8111, ""), true);
    assert.equal(answers(8112, "IPAddressDeny=any\n"), false);
  });

  it("sandbox/private-mounts: the mounts are the same without it, and not the same where the rule is silent", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const mounts = (lines: readonly string[]): string => {
      const exec = "ExecStart=/bin/findmnt -rno TARGET,PROPAGATION,OPTIONS";
      const service = ["Type=oneshot", "StandardOutput=file:/srv/mounts.out", exec, ...lines];
      const text = `[Unit]\nDefaultDependencies=no\nStartLimitIntervalSec=0\n[Service]\n${service.join("\n")}\n`;
      box?.put("/run/systemd/system/mounts.service", text);
      box?.run("systemctl", "daemon-reload");
      assert.equal(box?.run("systemctl", "start", "mounts.service").status, 0, lines.join(" "));
      const codes = codesOf(text);
      assert.ok(
        !lines.includes(PRIVATE) || codes.includes("sandbox/private-mounts") !== NOT_IMPLYING.includes(lines[0]),
      );
      return box?.run("sort", "/srv/mounts.out").output ?? "";
    };
    const PRIVATE = "PrivateMounts=yes";
    for (const line of [
      "ProtectSystem=yes",
      "ProtectHome=read-only",
      "PrivateTmp=yes",
      "PrivateTmp=disconnected",
      "PrivateDevices=yes",
      "ProtectKernelTunables=yes",
      "ProtectKernelModules=yes",
      "ProtectControlGroups=yes",
      "ProtectControlGroups=strict",
      "DynamicUser=yes",
    ]) {
      const alone = mounts([line]);
      assert.match(alone, /slave/, line);
      assert.equal(mounts([line, PRIVATE]), alone, line);
    }
    for (const line of NOT_IMPLYING) assert.notEqual(mounts([String(line), PRIVATE]), mounts([String(line)]), line);
  });

  it("sandbox/closed-socket: nobody gets an answer, nor does the list of the service matter", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const closed = "IPAddressDeny=any\n";
    const local = "IPAddressDeny=any\nIPAddressAllow=localhost\n";
    for (const [port, socketList, serviceList, answer] of [
      [8115, closed, "", false],
      [8116, closed, local, false],
      [8117, local, closed, true],
      [8118, local, "IPAddressDeny=any\nIPAddressAllow=10.0.0.0/8\n", true],
    ] as const) {
      const socket = `[Unit]\nDefaultDependencies=no\n[Socket]\nAccept=yes\nListenStream=127.0.0.1:${port}\n${socketList}`;
      assert.equal(codesOf(socket, "lists.socket").includes("sandbox/closed-socket"), socketList === closed);
      box.put("/run/systemd/system/lists.socket", socket);
      box.put(
        "/run/systemd/system/lists@.service",
        `[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/echo hello\nStandardInput=socket\n${serviceList}`,
      );
      box.run("systemctl", "daemon-reload");
      box.run("systemctl", "start", "lists.socket");
      const output = ask(port);
      box.run("systemctl", "stop", "lists.socket");
      assert.equal(output.includes("hello"), answer, `${socketList} ${serviceList}`);
    }
  });

  it("sandbox/socket-lists: nor for a socket of another name, whether that names the service or the service names it", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const unit = "[Unit]\nDefaultDependencies=no\n";
    const answers = (port: number, naming: { readonly socket?: string; readonly service?: string }): boolean => {
      box?.put("/srv/answer.pl", "open(S,'+<&=3'); accept(C,S); syswrite(C,qq(hello\\n)); sleep 1;\n");
      box?.put(
        "/run/systemd/system/gate.socket",
        `${unit}[Socket]\nListenStream=127.0.0.1:${port}\n${naming.socket ?? ""}`,
      );
      box?.put(
        "/run/systemd/system/answer.service",
        `${unit}[Service]\nExecStart=/usr/bin/perl /srv/answer.pl\nIPAddressDeny=any\n${naming.service ?? ""}`,
      );
      box?.put("/run/systemd/system/gate.service", `${unit}[Service]\nExecStart=/bin/sleep 60\n`);
      box?.run("systemctl", "daemon-reload");
      box?.run("systemctl", "start", "gate.socket");
      if (naming.service !== undefined) box?.run("systemctl", "start", "answer.service");
      const output = ask(port);
      box?.run("systemctl", "stop", "gate.socket", "answer.service", "gate.service");
      return output.includes("hello");
    };
    assert.equal(answers(8113, { socket: "Service=answer.service\n" }), true);
    assert.equal(answers(8114, { service: "Sockets=gate.socket\n" }), true);
  });

  it("sandbox/socket-sandbox: neither the socket nor the service behind it has what the socket unit says", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const idle = [
      "User=daemon",
      "Group=daemon",
      "NoNewPrivileges=yes",
      "CapabilityBoundingSet=",
      "CapabilityBoundingSet=CAP_KILL",
      "SystemCallFilter=~@network-io",
      "RestrictAddressFamilies=AF_NETLINK",
      "ProtectSystem=strict",
      "PrivateDevices=yes",
      "PrivateTmp=yes",
    ];
    const socket = (lines: readonly string[]): string =>
      `[Unit]\nDefaultDependencies=no\n[Socket]\nAccept=yes\nListenStream=/run/idle.sock\nListenStream=127.0.0.1:8131\n${lines.join("\n")}\n`;
    const owner = (lines: readonly string[]): string | undefined => {
      box?.run("systemctl", "stop", "idle.socket");
      box?.put("/run/systemd/system/idle.socket", socket(lines));
      box?.run("systemctl", "daemon-reload");
      assert.equal(box?.run("systemctl", "start", "idle.socket").status, 0);
      return box?.run("stat", "-c", "%U:%G", "/run/idle.sock").output.trim();
    };
    box.put(
      "/run/systemd/system/idle@.service",
      "[Unit]\nDefaultDependencies=no\n[Service]\nStandardInput=socket\nExecStart=/bin/sh -c 'echo $(id -un) $(sed -n \"s/^\\(NoNewPrivs\\|Seccomp\\):[^0-9]*//p\" /proc/self/status) $(touch /usr/idle && echo written)'\n",
    );
    const found = codesOf(socket(idle), "idle.socket");
    assert.equal(found.filter((it) => it === "sandbox/socket-sandbox").length, idle.length - 1);
    assert.equal(owner(idle), "root:root");
    assert.equal(ask(8131).trim(), "root 0 0 written");
    assert.equal(owner(["SocketUser=daemon", "SocketGroup=daemon"]), "daemon:daemon");
    box.run("install", "-d", "-o", "daemon", "/run/idle");
    assert.equal(owner(["ExecStartPre=/bin/sh -c 'id -un >/run/idle/who'", "User=daemon"]), "root:root");
    assert.equal(box.run("cat", "/run/idle/who").output.trim(), "daemon");
    box.run("systemctl", "stop", "idle.socket");
  });

  it("sandbox/dynamic-user-files: only its own directories are handed over to the number that it has now", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const owner = (line: string): string | undefined => {
      const text = `[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nDynamicUser=yes\n${line}\nStandardOutput=truncate:/run/dynamic.out\nExecStart=/bin/sh -c '[ $(stat -Lc %%u /var/lib/dynamic/file) = $(id -u) ] && echo own || echo other'\n`;
      assert.equal(codesOf(text).includes("sandbox/dynamic-user-files"), line.startsWith("ReadWritePaths="));
      box?.run(
        "sh",
        "-c",
        "mkdir -p /var/lib/dynamic && touch /var/lib/dynamic/file && chown -R 64000 /var/lib/dynamic",
      );
      box?.put("/run/systemd/system/dynamic.service", text);
      box?.run("systemctl", "daemon-reload");
      assert.equal(box?.run("systemctl", "start", "dynamic.service").status, 0);
      return box?.run("cat", "/run/dynamic.out").output.trim();
    };
    assert.equal(owner("ReadWritePaths=/var/lib/dynamic"), "other");
    assert.equal(owner("StateDirectory=dynamic"), "own");
  });

  it("sandbox/weakened: what the unit hides, the drop-in shows again", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const unit =
      "[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nProtectHome=yes\nStandardOutput=truncate:/run/weakened.out\nStandardError=null\nExecStart=/bin/sh -c 'ls -d /home/* | wc -l'\n";
    const dropIn = "[Service]\nProtectHome=no\n";
    const seen = (): string | undefined => {
      box?.run("systemctl", "daemon-reload");
      box?.run("systemctl", "start", "weakened.service");
      return box?.run("cat", "/run/weakened.out").output.trim();
    };
    box.run("mkdir", "-p", "/home/weakened", "/run/systemd/system/weakened.service.d");
    box.put("/run/systemd/system/weakened.service", unit);
    assert.equal(seen(), "0");
    box.put("/run/systemd/system/weakened.service.d/a.conf", dropIn);
    assert.notEqual(seen(), "0");
  });

  it("sandbox/private-listener: nobody outside of its network reaches the socket", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const answers = (port: number, line: string): boolean => {
      const text = `[Unit]\nDefaultDependencies=no\n[Socket]\nAccept=yes\nListenStream=127.0.0.1:${port}\n${line}\n`;
      assert.equal(codesOf(text, "listener.socket").includes("sandbox/private-listener"), line !== "");
      box?.put("/run/systemd/system/listener.socket", text);
      box?.put(
        "/run/systemd/system/listener@.service",
        "[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/bin/echo hello\nStandardInput=socket\nPrivateNetwork=yes\n",
      );
      box?.run("systemctl", "daemon-reload");
      assert.equal(box?.run("systemctl", "start", "listener.socket").status, 0);
      const output = ask(port);
      box?.run("systemctl", "stop", "listener.socket");
      return output.includes("hello");
    };
    assert.equal(answers(8121, ""), true);
    assert.equal(answers(8122, "PrivateNetwork=yes"), false);
  });

  it("reference/never-elapses: the timer waits for nothing until its service has run", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const service = "[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nExecStart=/bin/true\n";
    box.put("/etc/systemd/system/again.service", service);
    const shown = (name: string): string =>
      box?.run("systemctl", "show", "-P", name, "again.timer").output.trim() ?? "";
    const state = (lines: string, ...then: readonly string[]): string => {
      box?.run("systemctl", "stop", "again.timer", "again.service");
      const text = `[Unit]\nDefaultDependencies=no\n[Timer]\n${lines}[Install]\nWantedBy=box.target\n`;
      const found = findingsIn({ path: "again.timer", text, otherFiles: { "again.service": service } });
      assert.equal(found.map((it) => it.code).includes("reference/never-elapses"), !lines.includes("OnActiveSec="));
      box?.put("/etc/systemd/system/again.timer", text);
      box?.run("systemctl", "daemon-reload");
      assert.equal(box?.run("systemctl", "enable", "--now", "again.timer").status, 0);
      if (then.length > 0) assert.equal(box?.run(...then).status, 0);
      return `${shown("SubState")} ${shown("NextElapseUSecMonotonic") === "infinity" ? "never" : "later"}`;
    };
    for (const name of ["OnUnitActiveSec", "OnUnitInactiveSec"]) {
      assert.equal(state(`${name}=1h\n`), "elapsed never", name);
      assert.equal(state(`${name}=1h\nOnActiveSec=1h\n`), "waiting later", name);
    }
    assert.equal(state("OnUnitActiveSec=1h\n", "systemctl", "start", "again.service"), "waiting later");
    box.run("systemctl", "disable", "--now", "again.timer");
  });

  it("reference/ordering-cycle: systemd drops a job", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const text =
      "[Unit]\nAfter=graphical.target\n[Service]\nType=oneshot\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n";
    assert.ok(codesOf(text).includes("reference/ordering-cycle"));
    box.put("/etc/systemd/system/circle.service", text);
    box.run("systemctl", "enable", "circle.service");
    box.run("systemctl", "daemon-reload");
    let log = "";
    // What systemd logs of a start that nobody waits for may come a moment later.
    for (let i = 0; i < 50 && !/Job circle\.service\/start deleted/.test(log); i++) {
      box.run("systemctl", "start", "--no-block", "graphical.target");
      box.run("journalctl", "--sync");
      log = box.run("journalctl", "-b", "-o", "cat").output;
    }
    // Which unit of the circle systemd names first differs from run to run.
    assert.match(log, /Found ordering cycle on (?:circle\.service|graphical\.target|multi-user\.target)/);
    assert.match(log, /Job circle\.service\/start deleted/);
    box.run("systemctl", "disable", "circle.service");
  });

  it("sandbox/user-rights and sandbox/system-only: what a user manager cannot do", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const run = (...command: readonly string[]) =>
      box?.run("runuser", "-u", "claim", "--", "env", "XDG_RUNTIME_DIR=/run/user/claim", ...command);
    box.run("useradd", "-m", "claim");
    box.run("install", "-d", "-o", "claim", "/run/user/claim/systemd/user");
    box.run("chown", "-R", "claim", "/run/user/claim");
    box.put(
      "/run/systemd/system/claim-manager.service",
      "[Unit]\nDefaultDependencies=no\n[Service]\nType=notify\nUser=claim\nDelegate=yes\nEnvironment=XDG_RUNTIME_DIR=/run/user/claim\nExecStart=/usr/lib/systemd/systemd --user\n",
    );
    box.run("systemctl", "daemon-reload");
    assert.equal(box.run("systemctl", "start", "claim-manager.service").status, 0);
    const path = "/run/user/claim/systemd/user/claim.service";
    const statusOf = (lines: string): number => {
      box?.put(path, `[Unit]\nStartLimitIntervalSec=0\n[Service]\nType=oneshot\nExecStart=/bin/true\n${lines}\n`);
      run("systemctl", "--user", "daemon-reload");
      run("systemctl", "--user", "start", "claim.service");
      return Number(run("systemctl", "--user", "show", "-P", "ExecMainStatus", "claim.service")?.output);
    };
    // The box lets users have namespaces, which not every machine does.
    const found = (lines: string): string[] =>
      codesOf(`[Service]\nType=oneshot\nExecStart=/bin/true\n${lines}\n`, "/etc/systemd/user/claim.service").filter(
        (it) => it !== "sandbox/user-namespace",
      );
    for (const [line, status] of USER_LINES) {
      assert.equal(statusOf(line), status, line);
      assert.deepEqual(found(line), ["sandbox/user-rights"], line);
    }
    for (const [line, namespaced] of USER_NAMESPACES) {
      const lines = `CapabilityBoundingSet=\n${line}`;
      // Not all that is mounted then works in the box.
      assert.equal(statusOf(lines) === 218, !namespaced, line);
      assert.equal(found(lines).includes("sandbox/user-rights"), !namespaced, line);
    }
    for (const lines of USER_FINE) {
      assert.equal(statusOf(lines), 0, lines);
      assert.deepEqual(found(lines), [], lines);
    }
    assert.equal(statusOf("LogNamespace=x"), 226);
    assert.deepEqual(found("LogNamespace=x"), ["sandbox/system-only"]);
    for (const [line, test] of USER_IDLE) {
      assert.equal(statusOf(`${line}\nExecStart=/bin/sh -c '${test}'`), 0, line);
      assert.deepEqual(found(line), ["sandbox/system-only"], line);
    }
    box.run("install", "-m", "4755", "/usr/bin/id", "/usr/local/bin/sudo");
    const sudo = "ExecStart=/bin/sh -c 'test $$(/usr/local/bin/sudo -u) = 0'";
    for (const [line, fails] of [["UMask=0077", false] as const, ...USER_ALONE.map((it) => [it, true] as const)]) {
      assert.equal(statusOf(`${line}\n${sudo}`) !== 0, fails, line);
      assert.deepEqual(found(`${line}\n${sudo}`), fails ? ["sandbox/set-uid"] : [], line);
    }
    box.run("systemctl", "stop", "claim-manager.service");
  });
});
