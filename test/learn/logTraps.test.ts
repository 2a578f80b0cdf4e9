import { deepEqual, equal } from "node:assert/strict";
import type { Needs } from "../../server/src/learn/needs.ts";
import { needsReader } from "../../server/src/learn/reader.ts";
import { needsOfLines, timedLines } from "../kit/straceLog.ts";

const uses = (needs: Needs, path: string): readonly string[] => Object.keys(needs.paths[path]?.used ?? {});
const errors = (needs: Needs, path: string): readonly string[] => Object.keys(needs.paths[path]?.failed ?? {});

describe("a log of strace", () => {
  it("joins calls that other processes interrupt", () => {
    const needs = needsOfLines([
      '10 openat(AT_FDCWD</>, "/a", O_RDONLY <unfinished ...>',
      '11 openat(AT_FDCWD</>, "/b",  <unfinished ...>',
      "10 <... openat resumed>) = 3</a>",
      "11 <... openat resumed>O_RDONLY) = -1 ENOENT (No such file or directory)",
    ]);
    deepEqual(uses(needs, "/a"), ["read"]);
    deepEqual(errors(needs, "/b"), ["ENOENT"]);
    deepEqual(needs.paths["/a"]?.used.read, {
      count: 1,
      first: 0,
      last: 0,
      at: "ExecStart:1",
      sample: 'openat(AT_FDCWD</>, "/a", O_RDONLY) = 3</a>',
    });
    equal(needs.calls, 2);
    equal(needs.seconds, 3);
  });

  it("leaves halves alone whose other half is missing", () => {
    const needs = needsOfLines([
      "10 <... openat resumed>) = 3</a>",
      '10 openat(AT_FDCWD</>, "/b", O_RDONLY <unfinished ...>',
    ]);
    deepEqual(needs.paths, {});
    equal(needs.unread.lines, 0);
  });

  it("does not mix the calls of a process number that recurs", () => {
    const needs = needsOfLines([
      '10 chdir("/srv") = 0',
      '10 openat(AT_FDCWD</srv>, "x", O_RDONLY <unfinished ...>',
      "10 +++ killed by SIGKILL +++",
      '10 execve("/usr/bin/true", [...], 0x1 /* 0 vars */) = 0',
      '10 access("y", R_OK) = 0',
    ]);
    deepEqual(Object.keys(needs.paths), ["/srv", "/usr/bin/true", "/y"]);
    equal(needs.processes, 2);
  });

  it("gives a child the directory of its parent before the parent's clone returns", () => {
    const needs = needsOfLines([
      '10 chdir("/srv") = 0',
      "10 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7) = 12",
      "10 vfork( <unfinished ...>",
      '11 access("x", R_OK) = 0',
      '11 chdir("/tmp") = 0',
      "10 <... vfork resumed>) = 11",
      '12 access("z", R_OK) = 0',
      '10 access("y", R_OK) = 0',
    ]);
    deepEqual(Object.keys(needs.paths).sort(), ["/srv", "/srv/x", "/srv/y", "/srv/z", "/tmp"]);
  });

  it("shares the directory among threads and with nobody else", () => {
    const thread = "flags=CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD";
    const needs = needsOfLines([
      `10 clone3({${thread}, child_tid=0x7, exit_signal=0} => {parent_tid=[11]}, 88) = 11`,
      "10 fork() = 12",
      '11 chdir("/srv") = 0',
      '10 access("x", R_OK) = 0',
      '12 access("y", R_OK) = 0',
    ]);
    deepEqual(Object.keys(needs.paths), ["/srv", "/srv/x", "/y"]);
  });

  it("gives a child what its parent was, also where two processes make one at once", () => {
    const needs = needsOfLines(
      [
        "10 clone(flags=SIGCHLD) = 11",
        "11 setuid(33) = 0",
        "10 prlimit64(0, RLIMIT_NOFILE, NULL, {rlim_cur=1024, rlim_max=4096}) = 0",
        "10 clone(flags=SIGCHLD <unfinished ...>",
        "11 clone(flags=SIGCHLD <unfinished ...>",
        '12 openat(AT_FDCWD</>, "/secret", O_RDONLY <unfinished ...>',
        "10 <... clone resumed>) = 12",
        "12 <... openat resumed>) = 3</secret>",
        "12 prlimit64(0, RLIMIT_NOFILE, {rlim_cur=4096, rlim_max=4096}, NULL) = 0",
      ],
      { status: new Map([["/secret", { mode: 0o100600, uid: 44, gid: 44, capabilities: false, real: "/secret" }]]) },
    );
    deepEqual(Object.keys(needs.capabilities), ["CAP_DAC_READ_SEARCH", "CAP_SETUID"]);
  });

  it("takes paths from where links lead", () => {
    const needs = needsOfLines([
      '10 openat(AT_FDCWD</>, "/etc/localtime", O_RDONLY|O_CLOEXEC) = 3</usr/share/zoneinfo/Etc/UTC>',
      '10 access("/var/run/x/../y", F_OK) = -1 ENOENT (No such file or directory)',
      '10 openat(3</srv/www>, "a/./b", O_RDONLY) = 4</srv/www/a/b>',
      '10 access("/etc/localtime", F_OK) = 0',
    ]);
    deepEqual(Object.keys(needs.paths), ["/run/y", "/srv/www/a/b", "/usr/share/zoneinfo/Etc/UTC"]);
    deepEqual(needs.paths["/usr/share/zoneinfo/Etc/UTC"]?.names, ["/etc/localtime"]);
  });

  it("reads what strace escapes", () => {
    const needs = needsOfLines([
      '10 openat(AT_FDCWD</tmp/a\\76b>, "\\303\\244,({\\"<c", O_RDONLY) = 3</tmp/a\\76b/\\303\\244,({"\\74c>',
      '10 unlink("/tmp/\\377\\n") = 0',
      "10 fchmod(3</tmp/new>(deleted), 0600) = 0",
    ]);
    deepEqual(Object.keys(needs.paths), ['/tmp/a>b/ä,({"<c', "/tmp/new", "/tmp/\udcff\n"].sort());
    deepEqual(uses(needs, "/tmp/new"), ["change"]);
  });

  it("follows chroot() for names and not for descriptors", () => {
    const needs = needsOfLines([
      '10 chroot("/srv/jail") = 0',
      '10 chdir("/") = 0',
      '10 openat(AT_FDCWD</srv/jail>, "etc/hosts", O_RDONLY) = 3</srv/jail/etc/hosts>',
      '10 access("/etc/passwd", R_OK) = 0',
    ]);
    deepEqual(Object.keys(needs.paths), ["/srv/jail", "/srv/jail/etc/hosts", "/srv/jail/etc/passwd"]);
    deepEqual(Object.keys(needs.capabilities), ["CAP_SYS_CHROOT"]);
  });

  it("knows the other things that strace writes", () => {
    const needs = needsOfLines([
      "10 strace: Process 11 attached",
      "10 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=11} ---",
      "10 exit_group(0)   = ?",
      "10 restart_syscall(<... resuming interrupted read ...>) = 0",
      "10 accept(3<socket:[1]>, {sa_family=AF_UNIX}, [128 => 2]) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)",
      "10 fcntl(3</a = b>, F_GETFD) = 0x1 (flags FD_CLOEXEC)",
      "10 capget({version=0 /* _LINUX_CAPABILITY_VERSION_??? */, pid=0}, NULL) = 0",
      "10 syscall_0x1ff(0x1, 0x2) = -1 ENOSYS (Function not implemented)",
      "10 +++ exited with 0 +++",
    ]);
    deepEqual(needs.unread, { lines: 0, first: undefined });
    equal(needs.syscalls.exit_group?.sight?.count, 1);
    deepEqual(Object.keys(needs.syscalls.accept?.failed ?? {}), ["ERESTARTSYS"]);
    equal(needs.syscalls.fcntl?.sight?.count, 1);
  });

  it("lets a thread that runs a program take the place of the process", () => {
    const needs = needsOfLines([
      "10 clone(flags=CLONE_VM|CLONE_FS|CLONE_THREAD) = 11",
      '11 execve("/usr/bin/x", [...], 0x1 /* 0 vars */ <unfinished ...>',
      "10 +++ superseded by execve in pid 11 +++",
      "10 <... execve resumed>) = 0",
    ]);
    deepEqual(Object.keys(needs.programs), ["/usr/bin/x"]);
  });

  it("may name no process, or attach", () => {
    const reader = needsReader({ log: "ExecStart" });
    reader.add(
      '1000.500000 access("/a", R_OK) = 0\n[pid   12] 1000.750000 access("/b", R_OK) = 0\naccess("/c", R_OK) = 0\n',
    );
    const needs = reader.end();
    deepEqual(Object.keys(needs.paths), ["/a", "/b", "/c"]);
    equal(needs.seconds, 0.25);
    equal(needs.unread.lines, 0);
  });

  it("may be cut in the middle of a line, and come in any pieces", () => {
    const lines = ['10 openat(AT_FDCWD</>, "/a", O_RDONLY) = 3</a>', '10 openat(AT_FDCWD</>, "/bcd", O_RD'];
    const bytes = new TextEncoder().encode(timedLines(lines).trimEnd());
    const reader = needsReader({ log: "ExecStart" });
    for (const byte of bytes) reader.add(Uint8Array.of(byte));
    const needs = reader.end();
    deepEqual(Object.keys(needs.paths), ["/a"]);
    equal(needs.unread.lines, 1);
  });

  it("may hold several starts, and lines that are none", () => {
    const start = ['10 execve("/usr/bin/x", [...], 0x1 /* 9 vars */) = 0', "10 +++ exited with 1 +++"];
    const needs = needsOfLines([...start, ...start, "what is this"]);
    equal(needs.programs["/usr/bin/x"]?.sight.count, 2);
    equal(needs.processes, 2);
    equal(needs.unread.lines, 1);
  });
});
