import { deepEqual, equal, match } from "node:assert/strict";
import type { PathStatus } from "../../server/src/learn/bundle.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { processUsers } from "../../server/src/learn/process/processUsers.ts";
import { needsOfLines } from "../kit/straceLog.ts";

const capabilities = (needs: Needs): readonly string[] => Object.keys(needs.capabilities);
const marks = (needs: Needs): readonly string[] => Object.keys(needs.marks);

const file = (mode: number, uid: number, gid: number, capable = false): PathStatus => ({
  mode,
  uid,
  gid,
  capabilities: capable,
  real: "",
});

const STATUS: ReadonlyMap<string, PathStatus> = new Map(
  Object.entries({
    "/srv": file(0o040755, 0, 0),
    "/srv/private": file(0o040700, 33, 33),
    "/srv/private/x": file(0o100644, 33, 33),
    "/srv/log": file(0o100640, 33, 4),
    "/srv/shared": file(0o041777, 0, 0),
    "/srv/shared/his": file(0o100600, 44, 44),
    "/usr/bin/su": file(0o104755, 0, 0),
    "/usr/bin/ping": file(0o100755, 0, 0, true),
  }).map(([path, status]) => [path, { ...status, real: path }]),
);

const asRoot = (...lines: string[]): Needs =>
  needsOfLines(
    lines.map((line) => `10 ${line}`),
    { status: STATUS },
  );
const asUser = (...lines: string[]): Needs =>
  needsOfLines(
    lines.map((line) => `10 ${line}`),
    { status: STATUS, user: 33, group: 33 },
  );

describe("needs for capabilities", () => {
  it("come from the owner and mode of files", () => {
    const needs = asRoot('openat(AT_FDCWD</>, "/srv/log", O_WRONLY|O_APPEND) = 3</srv/log>');
    equal(needs.capabilities.CAP_DAC_OVERRIDE?.reason, "open /srv/log (mode 640, owner 33)");
    deepEqual(capabilities(asRoot('openat(AT_FDCWD</>, "/srv/log", O_RDONLY) = 3</srv/log>')), ["CAP_DAC_READ_SEARCH"]);
    deepEqual(capabilities(asRoot('newfstatat(AT_FDCWD</>, "/srv/private/x", {st_mode=S_IFREG|0644, ...}, 0) = 0')), [
      "CAP_DAC_READ_SEARCH",
    ]);
    deepEqual(capabilities(asUser('openat(AT_FDCWD</>, "/srv/log", O_RDWR) = 3</srv/log>')), []);
    deepEqual(capabilities(asRoot('openat(AT_FDCWD</>, "/srv/log", O_RDWR) = -1 EACCES (Permission denied)')), []);
  });

  it("come from entries that are made and removed", () => {
    deepEqual(
      capabilities(asRoot('openat(AT_FDCWD</>, "/srv/private/pid", O_WRONLY|O_CREAT, 0644) = 3</srv/private/pid>')),
      ["CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"],
    );
    deepEqual(capabilities(asRoot('mkdir("/srv/private/new", 0700) = 0')), ["CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"]);
    deepEqual(capabilities(asRoot('unlink("/srv/shared/his") = 0')), []);
    deepEqual(
      capabilities(needsOfLines(["10 setuid(7) = 0", '10 unlink("/srv/shared/his") = 0'], { status: STATUS })),
      ["CAP_SETUID"],
    );
  });

  it("come from entries that another day would be made or removed, by who owns the directory", () => {
    const status = new Map(STATUS).set("/srv/own", { ...file(0o040755, 33, 33), real: "/srv/own" });
    status.set("/srv/own/log", { ...file(0o100644, 0, 0), real: "/srv/own/log" });
    const needed = (...lines: string[]) => needsOfLines(lines, { status }).capabilities;
    const stat = '10 stat("/srv/own/log", {st_mode=S_IFREG|0644, st_size=7, ...}) = 0';
    const open = '10 openat(AT_FDCWD</>, "/srv/own/log", O_RDWR|O_CREAT|O_APPEND, 0666) = 3</srv/own/log>';
    equal(needed(stat, open).CAP_DAC_OVERRIDE?.reason, "open /srv/own/log in /srv/own (mode 755, owner 33)");
    for (const line of [
      '10 creat("/srv/own/log", 0644) = 3</srv/own/log>',
      '10 unlink("/srv/own/pid") = -1 ENOENT (No such file or directory)',
      '10 rename("/srv/own/log", "/srv/own/log.1") = -1 ENOENT (No such file or directory)',
      '10 mkdir("/srv/own/log", 0755) = -1 EEXIST (File exists)',
      '10 symlink("/x", "/srv/own/log") = -1 EEXIST (File exists)',
      '10 openat(AT_FDCWD</>, "/srv/own/log", O_RDWR|O_CREAT|O_EXCL, 0600) = -1 EEXIST (File exists)',
    ])
      deepEqual(Object.keys(needed(stat, line)), ["CAP_DAC_OVERRIDE"], line);
    const mine = open.replaceAll("/srv/own/log", "/srv/mine");
    for (const line of [
      mine,
      '10 unlink("/srv/own/pid") = -1 EROFS (Read-only file system)',
      '10 mkdir("/srv", 0755) = -1 EEXIST (File exists)',
    ])
      deepEqual(needed(stat, line), {}, line);
    deepEqual(needed("10 setuid(33) = 0", open.replaceAll("/srv/own", "/srv/shared")), needed("10 setuid(33) = 0"));
  });

  it("knows where a process is from what it opens", () => {
    const needs = needsOfLines([
      '10 openat(AT_FDCWD</var/lib>, "/etc/ld.so.cache", O_RDONLY) = 3</etc/ld.so.cache>',
      '10 mkdir("x", 0755) = -1 EEXIST (File exists)',
    ]);
    deepEqual(Object.keys(needs.paths["/var/lib/x"]?.failed ?? {}), ["EEXIST"]);
  });

  it("are not needed for what the service made itself", () => {
    const needs = asRoot(
      'openat(AT_FDCWD</>, "/srv/new", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</srv/new>',
      "fchown(3</srv/new>, 33, 33) = 0",
    );
    deepEqual(capabilities(needs), ["CAP_CHOWN"]);
    const after = asRoot('mkdir("/srv/new", 0700) = 0', 'chown("/srv/new", 33, -1) = 0', 'chmod("/srv/new", 0750) = 0');
    deepEqual(capabilities(after), ["CAP_CHOWN", "CAP_FOWNER"]);
  });

  it("come from users and groups that a process becomes", () => {
    const needs = asRoot(
      "setgroups(1, [33]) = 0",
      "setresgid(33, 33, 33) = 0",
      "setresuid(33, 33, 33) = 0",
      "setuid(33) = 0",
    );
    deepEqual(capabilities(needs), ["CAP_SETGID", "CAP_SETUID"]);
    deepEqual(Object.keys(needs.users), ["33"]);
    deepEqual(Object.keys(needs.groups), ["33"]);
    deepEqual(capabilities(asRoot("setuid(0) = 0")), []);
    deepEqual(capabilities(asUser("setresuid(33, 33, 33) = 0")), []);
  });

  it("end where a process gives its rights up", () => {
    const bind = 'bind(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16) = 0';
    deepEqual(capabilities(asRoot(bind)), ["CAP_NET_BIND_SERVICE"]);
    deepEqual(capabilities(asRoot("setuid(33) = 0", bind)), ["CAP_SETUID"]);
    const kept =
      "capset({version=_LINUX_CAPABILITY_VERSION_3, pid=0}, {effective=1<<CAP_NET_BIND_SERVICE|1<<CAP_KILL, permitted=1<<CAP_NET_BIND_SERVICE, inheritable=0}) = 0";
    deepEqual(capabilities(asRoot("prctl(PR_SET_KEEPCAPS, 1) = 0", "setuid(33) = 0", kept, bind)), [
      "CAP_NET_BIND_SERVICE",
      "CAP_SETUID",
    ]);
    const ambient = { user: 33, group: 33, ambient: ["CAP_NET_BIND_SERVICE"] };
    deepEqual(capabilities(needsOfLines([`10 ${bind}`], ambient)), ["CAP_NET_BIND_SERVICE"]);
  });

  it("come from signals to others, and not from those to children", () => {
    const child = ["10 clone(flags=SIGCHLD) = 11"];
    deepEqual(capabilities(needsOfLines([...child, "10 kill(11, SIGTERM) = 0"])), []);
    deepEqual(capabilities(needsOfLines([...child, "11 setuid(33) = 0", "10 kill(11, SIGTERM) = 0"])), [
      "CAP_KILL",
      "CAP_SETUID",
    ]);
    deepEqual(capabilities(needsOfLines(["10 kill(77, SIGHUP) = 0"])), ["CAP_KILL"]);
    deepEqual(capabilities(needsOfLines(["10 kill(77, SIGHUP) = 0"], { user: 33 })), []);
    const reload = (...main: readonly string[]) => {
      const processes = processUsers();
      needsOfLines(main, { processes });
      return capabilities(needsOfLines(["20 kill(10, SIGHUP) = 0"], { processes }));
    };
    deepEqual(reload("10 getpid() = 10"), [], "the one of ExecStart=, where all are root");
    deepEqual(
      reload("10 clone(flags=SIGCHLD) = 11", "11 setuid(33) = 0"),
      ["CAP_KILL"],
      "it may signal others as well",
    );
  });

  it("come from limits that are raised, and not from those that are kept", () => {
    const old = "prlimit64(0, RLIMIT_NOFILE, NULL, {rlim_cur=1024, rlim_max=8*1024}) = 0";
    const set = (limit: string): string => `prlimit64(0, RLIMIT_NOFILE, {rlim_cur=1024, rlim_max=${limit}}, NULL) = 0`;
    deepEqual(capabilities(asRoot(old, set("8192"))), []);
    deepEqual(capabilities(asRoot(old, set("RLIM64_INFINITY"))), ["CAP_SYS_RESOURCE"]);
    deepEqual(
      capabilities(asRoot('openat(AT_FDCWD</>, "/proc/self/oom_score_adj", O_WRONLY) = 3</proc/10/oom_score_adj>')),
      ["CAP_SYS_RESOURCE"],
    );
  });

  for (const [call, wanted] of [
    ['mount("tmpfs", "/mnt", "tmpfs", 0, NULL) = 0', "CAP_SYS_ADMIN"],
    ['sethostname("x", 1) = 0', "CAP_SYS_ADMIN"],
    ["setns(3</proc/1/ns/net>, 0) = 0", "CAP_SYS_ADMIN"],
    ["clock_settime(CLOCK_REALTIME, {tv_sec=1, tv_nsec=0}) = 0", "CAP_SYS_TIME"],
    ["adjtimex({modes=ADJ_OFFSET, offset=1, ...}) = 0 (TIME_OK)", "CAP_SYS_TIME"],
    ['mknodat(AT_FDCWD</>, "/srv/null", S_IFCHR|0666, makedev(0x1, 0x3)) = 0', "CAP_MKNOD"],
    ["socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) = 3<socket:[1]>", "CAP_NET_RAW"],
    ["setsockopt(3<socket:[1]>, SOL_IP, IP_TRANSPARENT, [1], 4) = 0", "CAP_NET_ADMIN"],
    ['ioctl(3<socket:[1]>, SIOCSIFFLAGS, {ifr_name="", ifr_flags=IFF_UP}) = 0', "CAP_NET_ADMIN"],
    [
      "sendto(3<socket:[1]>, [{nlmsg_len=40, nlmsg_type=RTM_NEWADDR, nlmsg_flags=NLM_F_REQUEST}, {}], 40, 0, NULL, 0) = 40",
      "CAP_NET_ADMIN",
    ],
    [
      "sendto(3<socket:[1]>, [{nlmsg_len=20, nlmsg_type=AUDIT_USER_AVC, nlmsg_seq=1}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0}, 12) = 20",
      "CAP_AUDIT_WRITE",
    ],
    ["mlockall(MCL_CURRENT|MCL_FUTURE) = 0", "CAP_IPC_LOCK"],
    ["sched_setscheduler(0, SCHED_RR, [10]) = 0", "CAP_SYS_NICE"],
    ['syslog(SYSLOG_ACTION_READ_ALL, ""..., 8192) = 100', "CAP_SYSLOG"],
    ['init_module(0x7, 100, "") = 0', "CAP_SYS_MODULE"],
    ['chroot("/srv") = 0', "CAP_SYS_CHROOT"],
    ["prctl(PR_CAPBSET_DROP, CAP_MKNOD) = 0", "CAP_SETPCAP"],
    ['openat(AT_FDCWD</>, "/proc/1/environ", O_RDONLY) = 3</proc/1/environ>', "CAP_SYS_PTRACE"],
    ['setxattr("/srv", "security.capability", ""..., 20, 0) = 0', "CAP_SETFCAP"],
  ] as const) {
    it(`come from ${call.slice(0, call.indexOf("("))}(): ${wanted}`, () => {
      deepEqual(capabilities(asRoot(call)), [wanted]);
      deepEqual(capabilities(asUser(call)), []);
      deepEqual(capabilities(asRoot(call.replace(/= .*$/, "= -1 EPERM (Operation not permitted)"))), []);
    });
  }
});

describe("needs for other things", () => {
  it("tell what was done with paths", () => {
    const needs = asRoot(
      'openat(AT_FDCWD</>, "/srv", O_RDONLY|O_DIRECTORY) = 3</srv>',
      'openat(AT_FDCWD</>, "/srv/new", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3</srv/new>',
      'rename("/srv/new", "/srv/old") = 0',
      "mmap(NULL, 4096, PROT_READ|PROT_EXEC, MAP_PRIVATE, 3</usr/lib/x.so>, 0) = 0x7",
      'bind(4<socket:[1]>, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0',
      'connect(4<socket:[1]>, {sa_family=AF_UNIX, sun_path="/run/y"}, 110) = -1 ECONNREFUSED (Connection refused)',
    );
    const shown = Object.entries(needs.paths).map(([path, { used, failed }]) => [
      path,
      ...Object.keys(used),
      ...Object.keys(failed),
    ]);
    deepEqual(shown, [
      ["/run/x", "bind"],
      ["/run/y", "ECONNREFUSED"],
      ["/srv", "list"],
      ["/srv/new", "make", "remove", "write"],
      ["/srv/old", "make"],
      ["/usr/lib/x.so", "map"],
    ]);
    deepEqual(
      needs.paths["/srv/new"]?.made.map(({ mode }) => mode),
      [0o644],
    );
  });

  it("tell the modes of files after the umask", () => {
    const made = (umask: number): readonly number[] =>
      needsOfLines(['10 mkdir("/srv/a", 0777) = 0'], { umask }).paths["/srv/a"]?.made.map(({ mode }) => mode) ?? [];
    deepEqual(made(0o027), [0o750]);
    const changed = asRoot("umask(077) = 022", 'mkdir("/srv/a", 0777) = 0', 'chmod("/srv/a", 0711) = 0');
    deepEqual(
      changed.paths["/srv/a"]?.made.map(({ mode }) => mode),
      [0o700, 0o711],
    );
  });

  it("tell sockets and where they lead", () => {
    const needs = asUser(
      "socketpair(AF_UNIX, SOCK_STREAM, 0, [3<socket:[1]>, 4<socket:[2]>]) = 0",
      "socket(AF_INET6, SOCK_STREAM, IPPROTO_IP) = 3<socket:[3]>",
      'bind(3<socket:[3]>, {sa_family=AF_INET6, sin6_port=htons(8080), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::", &sin6_addr), sin6_scope_id=0}, 28) = 0',
      'connect(4<socket:[4]>, {sa_family=AF_INET, sin_port=htons(5432), sin_addr=inet_addr("10.0.0.1")}, 16) = -1 EINPROGRESS (Operation now in progress)',
      'connect(4<socket:[4]>, {sa_family=AF_UNIX, sun_path=@"name"}, 8) = 0',
      'sendmmsg(5<socket:[5]>, [{msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.2")}, msg_namelen=16, msg_iov=[{iov_base=""..., iov_len=32}], msg_iovlen=1}, msg_len=32}], 1, 0) = 1',
    );
    deepEqual(Object.keys(needs.families), ["AF_INET6"]);
    deepEqual(
      needs.addresses.map(({ use, family, address, port }) => [use, family, address, port]),
      [
        ["connect", "AF_INET", "10.0.0.1", 5432],
        ["connect", "AF_INET", "10.0.0.2", 53],
        ["connect", "AF_UNIX", "@name", undefined],
        ["listen", "AF_INET6", "::", 8080],
      ],
    );
  });

  it("tell programs that give rights", () => {
    const needs = asUser(
      'execve("/usr/bin/su", [...], 0x1 /* 0 vars */) = 0',
      'execve("/usr/bin/ping", [...], 0x1 /* 0 vars */) = 0',
      'execve("/usr/bin/true", [...], 0x1 /* 0 vars */) = 0',
    );
    const shown = Object.entries(needs.programs).map(([path, { privileged }]) => [path, privileged]);
    deepEqual(shown, [
      ["/usr/bin/ping", true],
      ["/usr/bin/su", true],
      ["/usr/bin/true", false],
    ]);
  });

  for (const [mark, call] of [
    ["writable-executable", "mmap(NULL, 4096, PROT_READ|PROT_WRITE|PROT_EXEC, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7"],
    ["writable-executable", "mprotect(0x7, 4096, PROT_READ|PROT_EXEC) = 0"],
    ["namespace:CLONE_NEWNET", "unshare(CLONE_NEWNET) = 0"],
    ["namespace:CLONE_NEWPID", "clone(child_stack=NULL, flags=CLONE_NEWPID|SIGCHLD) = 11"],
    ["realtime", "sched_setattr(0, {size=56, sched_policy=SCHED_FIFO, sched_priority=1}, 0) = 0"],
    ["personality", "personality(PER_LINUX32) = 0 (PER_LINUX)"],
    ["suid-file", 'chmod("/srv/x", 04755) = 0'],
    ["suid-file", 'mkdirat(AT_FDCWD</>, "/srv/x", 02775) = 0'],
    ["peer-credentials", "getsockopt(3<socket:[1]>, SOL_SOCKET, SO_PEERCRED, {pid=1, uid=0, gid=0}, [12]) = 0"],
    ["proc:other", 'openat(AT_FDCWD</>, "/proc/1/status", O_RDONLY) = 3</proc/1/status>'],
    ["proc:list", 'openat(AT_FDCWD</>, "/proc", O_RDONLY|O_DIRECTORY) = 3</proc>'],
    ["proc:subset", 'openat(AT_FDCWD</>, "/proc/meminfo", O_RDONLY) = 3</proc/meminfo>'],
    ["lock", "mlock(0x7, 4096) = 0"],
    ["ptrace", "ptrace(PTRACE_ATTACH, 11) = 0"],
    ["priority", "setpriority(PRIO_PROCESS, 0, -5) = 0"],
    ["ipc", "shmget(0x1, 56, IPC_CREAT|0600) = 4"],
    ["abi", "[ Process PID=10 runs in 32 bit mode. ]"],
  ] as const) {
    it(`mark ${mark}: ${call.slice(0, 40)}`, () => {
      const needs = asRoot(call);
      deepEqual(marks(needs), [mark]);
      match(needs.marks[mark]?.at ?? "", /^ExecStart:1$/);
    });
  }

  it("mark nothing where nothing is", () => {
    const needs = asRoot(
      "mmap(NULL, 4096, PROT_READ|PROT_EXEC, MAP_PRIVATE, 3</usr/lib/x.so>, 0) = 0x7",
      "mprotect(0x7, 4096, PROT_READ) = 0",
      "mmap(NULL, 4096, PROT_WRITE|PROT_EXEC, MAP_PRIVATE, -1, 0) = -1 EACCES (Permission denied)",
      "personality(0xffffffff) = 0 (PER_LINUX)",
      'openat(AT_FDCWD</>, "/proc/self/status", O_RDONLY) = 3</proc/10/status>',
      'openat(AT_FDCWD</>, "/proc/meminfo", O_RDONLY) = -1 ENOENT (No such file or directory)',
      "setpriority(PRIO_PROCESS, 0, 5) = 0",
      "sched_setscheduler(0, SCHED_OTHER, [0]) = 0",
    );
    deepEqual(marks(needs), []);
    deepEqual(Object.keys(needs.paths), ["/proc/meminfo", "/proc/self/status", "/usr/lib/x.so"]);
  });
});
