import type { NeedName } from "../../server/src/needs/vocabulary.ts";

/** A small program that is nobody's package, with what it truly needs of what programs can speak of. */
export interface SmallProgram {
  readonly language:
    | "c"
    | "static c"
    | "rust"
    | "go"
    | "java"
    | "node"
    | "python"
    | "perl"
    | "ruby"
    | "php"
    | "lua"
    | "shell";
  readonly does: string;
  readonly code: string;
  readonly needs: readonly NeedName[];
  /** What the library that is linked into it can do, which is shown though it never does it. */
  readonly linked?: readonly NeedName[];
}

const C_HEAD = [
  "#define _GNU_SOURCE",
  ...[
    "dlfcn",
    "errno",
    "fcntl",
    "grp",
    "netinet/in",
    "pwd",
    "sched",
    "signal",
    "stdio",
    "stdlib",
    "string",
    "time",
    "unistd",
  ].map((it) => `#include <${it}.h>`),
  ...["klog", "mman", "mount", "personality", "shm", "socket", "stat", "syscall"].map((it) => `#include <sys/${it}.h>`),
].join("\n");

const c = (does: string, body: string, ...needs: readonly NeedName[]): SmallProgram => ({
  language: "c",
  does,
  code: `${C_HEAD}\nint main(int argc, char **argv) { ${body} }\n`,
  needs,
});
const other =
  (language: SmallProgram["language"], wrap = (body: string): string => body, always: readonly NeedName[] = []) =>
  (does: string, body: string, ...needs: readonly NeedName[]): SmallProgram => ({
    language,
    does,
    code: wrap(body),
    needs: [...needs, ...always],
  });

/** They compile what they run, and size themselves by files of /proc. */
const RUNTIME: readonly NeedName[] = ["compiled-code", "proc-files"];

const rust = other("rust", (it) => `use std::io::Read;\nfn main() { ${it} }\n`);
const go = other("go", (it) => `package main\n${it}\n`);
const java = other(
  "java",
  (it) => `public class Small { public static void main(String[] args) throws Exception { ${it} } }\n`,
  RUNTIME,
);
const node = other("node", (it) => `#!/usr/bin/node\n${it}\n`, RUNTIME);
const python = other("python", (it) => `#!/usr/bin/python3\n${it}\n`);
const perl = other("perl", (it) => `#!/usr/bin/perl\nuse strict;\n${it}\n`);
const ruby = other("ruby", (it) => `#!/usr/bin/ruby\n${it}\n`);
// Its regular expressions are compiled.
const php = other("php", (it) => `#!/usr/bin/php\n<?php\n${it}\n`, ["compiled-code"]);
const lua = other("lua", (it) => `#!/usr/bin/lua5.4\n${it}\n`);
const shell = other("shell", (it) => `#!/bin/sh\n${it}\n`);

const SERVER = `int s = socket(AF_INET, SOCK_STREAM, 0); struct sockaddr_in a = {AF_INET, htons(8080)};
  bind(s, (void *)&a, sizeof a); listen(s, 9); for (;;) { int f = accept(s, 0, 0); write(f, "ok\\n", 3); close(f); }`;

/** All of them. */
export const SMALL_PROGRAMS: readonly SmallProgram[] = [
  c("serves a port", SERVER),
  { ...c("serves a port by itself", SERVER), language: "static c", linked: ["realtime", "proc-files"] },
  c(
    "writes its state",
    `int f = open("/var/lib/small/state", O_CREAT | O_WRONLY, 0600); return write(f, argv[0], 1) < 0;`,
  ),
  c("runs another program for its work", `execlp("ffmpeg", "ffmpeg", "-i", argv[1], (char *)0); return 1;`),
  c("counts down and sleeps", `for (int i = argc; i > 0; i--) sleep(1); return 0;`),
  c("sets the clock", `struct timespec t = {0}; return clock_settime(CLOCK_REALTIME, &t);`, "clock"),
  c(
    "looks up how to set the clock",
    `int (*set)(int, void *) = dlsym(dlopen(0, RTLD_NOW), "clock_settime"); return set(0, argv);`,
    "clock",
  ),
  c("sets the host name", `return sethostname(argv[1], strlen(argv[1]));`, "host-name"),
  c("reads the log of the kernel", `char b[99]; return klogctl(3, b, 99);`, "kernel-log"),
  c("loads a module", `return syscall(SYS_finit_module, open(argv[1], O_RDONLY), "", 0);`, "kernel-modules"),
  c(
    "routes packets",
    `return write(open("/proc/sys/net/ipv4/ip_forward", O_WRONLY), "1", 1);`,
    "kernel-settings",
    "proc-files",
  ),
  c("makes a container", `return unshare(CLONE_NEWUSER | CLONE_NEWNS);`, "namespaces"),
  c("mounts a disk", `return mount(argv[1], "/srv/data", "ext4", 0, 0);`, "mounts"),
  c("runs an old program", `return personality(PER_LINUX32);`, "foreign-programs"),
  c("plays without gaps", `struct sched_param p = {50}; return sched_setscheduler(0, SCHED_FIFO, &p);`, "realtime"),
  c(
    "compiles expressions",
    `return mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED;`,
    "compiled-code",
  ),
  c("makes a tool for all users", `return chmod(argv[1], 04755);`, "set-uid-files"),
  c("reads a meter", `char b[9]; return read(open("/dev/ttyUSB0", O_RDWR), b, 9);`, "hardware"),
  c("looks into homes", `struct passwd *p; while ((p = getpwent())) puts(p->pw_dir); return 0;`, "homes"),
  c("meets its clients in /tmp", `return open("/tmp/small.queue", O_CREAT | O_RDWR, 0666) < 0;`, "shared-tmp"),
  c(
    "lists processes",
    `char b[99]; snprintf(b, 99, "/proc/%d/stat", atoi(argv[1])); return open(b, O_RDONLY);`,
    "processes",
  ),
  c(
    "dims a screen",
    `return write(open("/sys/class/backlight/panel/brightness", O_WRONLY), "1", 1);`,
    "kernel-settings",
  ),
  c("reads a temperature", `char b[9]; return read(open("/sys/class/thermal/zone/temp", O_RDONLY), b, 9);`),
  c("shares memory", `return shmget(0x1234, 4096, IPC_CREAT | 0666);`, "shared-memory"),
  c("restarts others by sudo", `return system("sudo systemctl restart shop");`, "privileged-programs"),
  rust(
    "serves a port",
    `let l = std::net::TcpListener::bind("0.0.0.0:8080").unwrap(); for mut s in l.incoming().flatten() { let mut b = [0u8; 9]; let _ = s.read(&mut b); }`,
  ),
  rust(
    "reads a meter",
    `let mut f = std::fs::File::open("/dev/ttyUSB0").unwrap(); let mut b = [0u8; 9]; let _ = f.read(&mut b);`,
    "hardware",
  ),
  rust(
    "restarts others by sudo",
    `let mut v = Vec::new(); let _ = std::process::Command::new("sudo").arg("reboot").status(); let _ = std::io::stdin().read_to_end(&mut v);`,
    "privileged-programs",
  ),
  rust(
    "makes a tool for all users",
    `use std::os::unix::fs::PermissionsExt; let p = std::fs::Permissions::from_mode(0o4755); let mut b = [0u8; 9]; let _ = std::io::stdin().read(&mut b); std::fs::set_permissions("/opt/small/tool", p).unwrap();`,
    "set-uid-files",
  ),
  rust(
    "sets the clock by a command",
    `let mut v = Vec::new(); let _ = std::process::Command::new("hwclock").arg("--hctosys").status(); let _ = std::io::stdin().read_to_end(&mut v);`,
    "clock",
  ),
  rust(
    "meets its clients in /tmp",
    `let _ = std::fs::write("/tmp/small.queue", "1"); let mut b = [0u8; 9]; let _ = std::io::stdin().read(&mut b);`,
    "shared-tmp",
  ),
  rust(
    "sets the host name",
    `extern "C" { fn sethostname(n: *const u8, l: usize) -> i32; } let mut b = [0u8; 9]; let _ = std::io::stdin().read(&mut b); unsafe { sethostname(b.as_ptr(), 9); }`,
    "host-name",
  ),
  go("serves a port", `import "net/http"\nfunc main() { http.ListenAndServe(":8080", nil) }`),
  go(
    "reads a meter",
    `import "os"\nfunc main() { f, _ := os.OpenFile("/dev/ttyUSB0", os.O_RDWR, 0); f.Read(make([]byte, 9)) }`,
    "hardware",
  ),
  go(
    "restarts others by sudo",
    `import "os/exec"\nfunc main() { exec.Command("sudo", "reboot").Run() }`,
    "privileged-programs",
  ),
  go(
    "makes a tool for all users",
    `import "os"\nfunc main() { os.Chmod("/opt/small/tool", 0755|os.ModeSetuid) }`,
    "set-uid-files",
  ),
  go(
    "dims a screen",
    `import "os"\nfunc main() { os.WriteFile("/sys/class/backlight/panel/brightness", []byte("1"), 0644) }`,
    "kernel-settings",
  ),
  go(
    "reads a meter by a command",
    `import "os/exec"\nfunc main() { exec.Command("stty", "-F", "/dev/ttyUSB0", "9600").Run() }`,
    "hardware",
  ),
  go(
    "sets the host name by a command",
    `import "os/exec"\nfunc main() { exec.Command("hostname", "small").Run() }`,
    "host-name",
  ),
  go("sets the host name", `import "syscall"\nfunc main() { syscall.Sethostname([]byte("small")) }`, "host-name"),
  java("serves a port", `var s = new java.net.ServerSocket(8080); for (;;) s.accept().close();`),
  java("restarts others by sudo", `Runtime.getRuntime().exec(new String[] {"sudo", "reboot"});`, "privileged-programs"),
  java("reads a meter by a command", `new ProcessBuilder("stty", "-F", "/dev/ttyUSB0").start();`, "hardware"),
  java("sets the clock by a command", `Runtime.getRuntime().exec("hwclock --hctosys");`, "clock"),
  java(
    "dims a screen",
    `try (var f = new java.io.FileWriter("/sys/class/backlight/panel/brightness")) { f.write("1"); }`,
    "kernel-settings",
  ),
  node("serves a port", `require("node:http").createServer((q, r) => r.end("ok")).listen(8080);`),
  node(
    "restarts others by sudo",
    `const { execFile } = require("child_process");\nexecFile("sudo", ["reboot"]);`,
    "privileged-programs",
  ),
  node(
    "reads a meter",
    `const fs = require("fs");\nfs.createReadStream("/dev/ttyUSB0").on("data", (it) => console.log(it));`,
    "hardware",
  ),
  python(
    "serves a port",
    `import socket\ns = socket.create_server(("", 8080))\nwhile True:\n    s.accept()[0].close()`,
  ),
  python("counts words", `import sys\nprint(len(sys.stdin.read().split()))`),
  python("reads a meter", `with open("/dev/ttyUSB0", "rb") as f:\n    print(f.read(9))`, "hardware"),
  python("reads a meter by a module", `import serial\nprint(serial.Serial("/dev/ttyS1").read(9))`, "hardware"),
  python("makes a tool for all users", `import os, sys\nos.chmod(sys.argv[1], 0o4755)`, "set-uid-files"),
  python(
    "restarts others by sudo",
    `import subprocess\nsubprocess.run(["sudo", "systemctl", "restart", "shop"])`,
    "privileged-programs",
  ),
  python("sets the clock", `import time\ntime.clock_settime(time.CLOCK_REALTIME, 0)`, "clock"),
  python(
    "dims a screen",
    `with open("/sys/class/backlight/panel/brightness", "w") as f:\n    f.write("1")`,
    "kernel-settings",
  ),
  python("reads a temperature", `with open("/sys/class/thermal/zone/temp") as f:\n    print(f.read())`),
  python("plays without gaps", `import os\nos.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))`, "realtime"),
  python("looks into homes", `import pwd\nfor it in pwd.getpwall():\n    print(it.pw_dir)`, "homes"),
  perl("counts words", `my $n = 0;\n$n += split while <STDIN>;\nprint "$n\\n";`),
  perl("mounts a disk", `system("mount", "/dev/disk/by-label/data", "/srv/data");`, "mounts", "hardware"),
  perl("feeds the watchdog", `open(my $f, ">", "/dev/watchdog") or die;\nprint $f "V";`, "hardware"),
  ruby("restarts others by sudo", `system("sudo", "systemctl", "restart", "shop")`, "privileged-programs"),
  ruby("reads a meter", `File.open("/dev/ttyACM0", "r+") { |f| puts f.readline }`, "hardware"),
  php("restarts others by sudo", `exec("sudo systemctl restart shop");`, "privileged-programs"),
  lua("loads a module", `os.execute("modprobe dummy")`, "kernel-modules"),
  shell("asks a server", `while sleep 60; do curl -fsS https://example.org/ping; done`),
  shell("loads a module", `modprobe dummy\nexec sleep infinity`, "kernel-modules"),
  shell("routes packets", `sysctl -w net.ipv4.ip_forward=1`, "kernel-settings", "proc-files"),
  shell("sets the clock", `hwclock --hctosys`, "clock"),
  shell("restarts others by sudo", `SUDO=sudo\n$SUDO systemctl restart shop`, "privileged-programs"),
  shell("makes a container", `unshare --net sh -c 'exec sleep infinity'`, "namespaces"),
  shell("makes a tool for all users", `install -m 4755 build/small /opt/small/bin/small`, "set-uid-files"),
  shell("lists processes", `pgrep -x shopd || exit 1`, "processes"),
];
