import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { FileReading } from "../../server/src/program/reading.ts";
import { readNativeProgram } from "../../server/src/program/readNativeProgram.ts";
import type { SignName } from "../../server/src/program/sign.ts";
import { skip } from "../kit/skip.ts";
import { compiled, hasCompiler } from "./compiled.ts";
import { memoryFiles } from "./kit.ts";

interface Example {
  readonly shows: string;
  readonly code: string;
  /** What it shows, each as `sign what`. */
  readonly signs: readonly string[];
  /** Signs that it does not have. */
  readonly lacks?: readonly SignName[];
  readonly options?: readonly string[];
}

const HEADERS = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>
`;

const EXAMPLES: readonly Example[] = [
  {
    shows: "an ordinary program of nothing but output and a file",
    code: `int main(void) { int f = open("/var/lib/shopd/state", O_CREAT | O_WRONLY, 0644); chmod("/var/lib/shopd/state", 0640); return write(f, "x", 1) != 1; }`,
    signs: [],
  },
  {
    shows: "setting the clock",
    code: `int main(void) { struct timespec t = {0}; return clock_settime(CLOCK_REALTIME, &t); }`,
    signs: ["clock clock_settime"],
  },
  {
    shows: "a raw socket",
    code: `int main(void) { return socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, 1); }`,
    signs: ["packets SOCK_RAW", "socket AF_INET", "socket socket"],
    lacks: ["socketKind"],
  },
  {
    shows: "sockets of known families that are not raw",
    code: `int main(void) { return socket(AF_INET6, SOCK_STREAM, 0) + socket(AF_UNIX, SOCK_DGRAM, 0); }`,
    signs: ["socket AF_INET6", "socket AF_UNIX", "socket socket"],
  },
  {
    shows: "a socket of a kind that is decided elsewhere",
    code: `int main(int n, char **v) { return socket(n, atoi(v[1]), 0); }`,
    signs: ["socketKind socket", "socket socket"],
  },
  {
    shows: "a kind that another way to the call changes",
    code: `int main(int n, char **v) { int type = n > 1 ? SOCK_RAW : SOCK_STREAM; return socket(AF_INET, type, n); }`,
    signs: ["socketKind AF_INET", "socket AF_INET", "socket socket"],
  },
  {
    shows: "memory that is writable and executable",
    code: `int main(void) { return mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == 0; }`,
    signs: ["compiles mmap(PROT_WRITE|PROT_EXEC)"],
    lacks: ["memoryRights"],
  },
  {
    shows: "memory made executable later",
    code: `int main(void) { void *p = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); return mprotect(p, 4096, PROT_READ | PROT_EXEC); }`,
    signs: ["compiles mprotect(PROT_EXEC)"],
  },
  {
    shows: "memory that is only written",
    code: `int main(void) { return mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == 0; }`,
    signs: [],
  },
  {
    shows: "a set-user-ID file, and a mode from elsewhere",
    code: `int main(int n, char **v) { return chmod(v[1], 04755) + fchmod(1, (mode_t)n); }`,
    signs: ["setuidMode chmod(04755)", "mode fchmod"],
  },
  {
    shows: "system calls by number",
    code: `int main(void) { return syscall(SYS_bpf, 0, 0, 0) + syscall(SYS_finit_module, 0, "", 0); }`,
    signs: ["bpf bpf", "modules finit_module"],
  },
  {
    shows: "namespaces, and what is no namespace",
    code: `int main(void) { return unshare(CLONE_FS) + unshare(CLONE_NEWNS); }`,
    signs: ["namespaces unshare(CLONE_NEW…)"],
  },
  {
    shows: "nothing that unshares a namespace",
    code: `int main(void) { return unshare(CLONE_FS | CLONE_FILES); }`,
    signs: [],
  },
  {
    shows: "options of sockets",
    code: `int main(void) { int one = 1; socklen_t n = sizeof one; return setsockopt(0, SOL_SOCKET, SO_MARK, &one, n) + getsockopt(0, SOL_SOCKET, SO_PEERCRED, &one, &n); }`,
    signs: ["networkSettings SO_MARK", "peers SO_PEERCRED"],
  },
  {
    shows: "a function that is looked up by its name",
    code: `int main(void) { int (*f)(void *) = dlsym(RTLD_DEFAULT, "adjtimex"); return f(0); }`,
    signs: ["clock adjtimex"],
  },
  {
    shows: "texts of paths",
    code: `int main(void) { puts("/dev/ttyUSB0"); puts("/home"); puts("no path: /dev/mem"); return open("/proc/meminfo", 0); }`,
    signs: ["devices /dev/ttyUSB0", "homes /home", "procFiles /proc/meminfo"],
  },
  {
    shows: "a short text inside an instruction",
    code: `int main(int n, char **v) { char p[64]; memcpy(p, "/proc", 6); strncpy(p + 5, v[1], 50); return open(p, n); }`,
    signs: ["processes /proc"],
    options: ["-O2"],
  },
  {
    shows: "programs that it starts",
    code: `int main(void) { return system("sudo reboot") + execl("/usr/bin/ffmpeg", "ffmpeg", (char *)0); }`,
    signs: ["exec execl", "exec system", "privileged sudo", "setuid sudo"],
  },
  {
    shows: "a function whose address is passed on",
    code: `int run(int (*f)(void *, size_t, int)); int main(void) { return run(mprotect); } int run(int (*f)(void *, size_t, int)) { return f(0, 1, (int)random()); }`,
    signs: ["memoryRights mprotect"],
    options: ["-O0"],
  },
  {
    shows: "all the same where it is linked to one address, with its cells filled at once",
    code: `int main(void) { puts("/dev/ttyUSB0"); return socket(AF_INET, SOCK_RAW, 1) + sethostname("x", 1); }`,
    signs: ["devices /dev/ttyUSB0", "hostName sethostname", "packets SOCK_RAW", "socket AF_INET", "socket socket"],
    options: ["-no-pie", "-fno-pie", "-fno-plt", "-Wl,-z,now", "-s"],
  },
  {
    shows: "priorities, shared memory and capabilities",
    code: `int main(void) { struct sched_param p = {1}; return sched_setscheduler(0, SCHED_FIFO, &p) + shmget(1, 1, 0) + prctl(PR_CAPBSET_DROP, 1); }`,
    signs: ["realtime sched_setscheduler", "sharedMemory shmget", "capabilities PR_CAPBSET_DROP"],
  },
];

const PATH = "/usr/bin/shopd";

function readC(code: string, options: readonly string[] = []): FileReading {
  const bytes = compiled(`${HEADERS}\n${code}`, ["-w", ...options]);
  const [file] = readNativeProgram(PATH, memoryFiles({ [PATH]: bytes })).files;
  assert.ok(file);
  return file;
}

const shown = ({ signs }: FileReading): string[] => signs.map((it) => `${it.sign} ${it.what}`).sort();

describe("a program of C shows", () => {
  before(function () {
    if (!hasCompiler("gcc")) skip(this, "there is no gcc");
  });

  for (const { shows, code, signs, lacks = [], options } of EXAMPLES)
    for (const level of options ?? ["-O0", "-O2"])
      it(`${shows} (${level})`, () => {
        const file = readC(code, options ?? [level]);
        assert.deepEqual(shown(file), [...signs].sort());
        for (const sign of lacks) assert.ok(!file.signs.some((it) => it.sign === sign));
        assert.deepEqual(file.hides, []);
      });

  for (const options of [["-static"], ["-static-pie"]])
    it(`what is linked into it, with ${options}`, () => {
      const code = `int main(int n, char **v) { struct timespec t = {0}; puts("/dev/ttyUSB0"); return clock_settime(CLOCK_REALTIME, &t); }`;
      const signs = shown(readC(code, options));
      for (const it of ["clock clock_settime", "devices /dev/ttyUSB0"]) assert.ok(signs.includes(it), it);
      for (const it of ["hostName", "kernelLog", "modules", "mount", "namespaces", "setuid", "sharedMemory", "exec"])
        assert.ok(!signs.some((sign) => sign.startsWith(it)), it);
    });

  it("its imports and texts where it is built for 32 bits, and that the rest is not read", () => {
    const code = `int chmod(const char *, int); int f(void) { return chmod("/dev/ttyUSB0", 04755) + sethostname("x", 1); }`;
    const bytes = compiled(code, ["-w", "-m32", "-shared", "-fPIC", "-nostdlib"]);
    const [file] = readNativeProgram(PATH, memoryFiles({ [PATH]: bytes })).files;
    assert.ok(file);
    assert.deepEqual(shown(file), ["devices /dev/ttyUSB0", "hostName sethostname", "mode chmod"]);
    assert.deepEqual(file.hides, ["gives its calls constants, which are read for x86-64 and aarch64 alone"]);
  });

  it("methods of C++ by their names in the source", () => {
    const code = `void _ZN4QDir8homePathEv(void); void _ZN8QProcessC1EP7QObject(void); void f(void) { _ZN4QDir8homePathEv(); _ZN8QProcessC1EP7QObject(); }`;
    assert.deepEqual(shown(readC(code, ["-shared", "-fPIC"])), ["exec QProcess", "homes QDir::homePath"]);
  });

  it("a mode for directories and new files", () => {
    const code = `int main(void) { return mkdir("/var/lib/shop", 02775) + open("/var/lib/shop/x", O_CREAT | O_WRONLY, 0600) + mkdir("/run/x", 0755); }`;
    assert.deepEqual(shown(readC(code)), ["setuidMode mkdir(02775)"]);
  });

  it("which programs it starts by the names beside the call", () => {
    const code = `int main(void) { popen("/usr/sbin/sendmail -t", "w"); return system("sudo reboot") + execlp("ffmpeg", "ffmpeg", (char *)0); }`;
    const bytes = compiled(HEADERS + code, ["-w"]);
    const { starts } = readNativeProgram(PATH, memoryFiles({ [PATH]: bytes }));
    assert.deepEqual([...starts].sort(), ["/usr/sbin/sendmail", "ffmpeg", "sudo"]);
  });

  it("that it loads what nobody names, or makes calls that nobody names", () => {
    const code = `int main(int n, char **v) { dlopen(v[1], n); return syscall(n, 0); }`;
    assert.deepEqual(readC(code).hides, [
      "makes system calls by numbers that are not in its text",
      "loads plugins whose names are not in its text",
    ]);
  });
});
