import { COMMANDS, FILES, type StubNeed } from "./stubNeeds.ts";

/** How a language says what stubs do. */
export interface StubLanguage {
  /** The whole text of a program around its lines. */
  readonly whole: (lines: string) => string;
  readonly reads: (path: string) => string;
  readonly writes: (path: string) => string;
  readonly starts: (words: readonly string[]) => string;
  /** Answers on a port until the end of days. */
  readonly serves: string;
  readonly waits: string;
  /** What it does by calls of its own. */
  readonly calls: Readonly<Partial<Record<StubNeed, string>>>;
  /** Whether its runtime compiles code. */
  readonly isCompiling?: true;
}

const quoted = (words: readonly string[]): string => words.map((it) => JSON.stringify(it)).join(", ");

const HEADERS = [
  ...["fcntl", "grp", "net/if", "netinet/in", "pwd", "sched", "stdio", "stdlib", "string", "time", "unistd"],
  ...["ioctl", "klog", "mman", "mount", "personality", "shm", "socket", "stat", "swap", "syscall", "wait"].map(
    (it) => `sys/${it}`,
  ),
  ...["dirent", "linux/if_packet"],
];

const C: StubLanguage = {
  whole: (lines) =>
    `#define _GNU_SOURCE 1\n${HEADERS.map((it) => `#include <${it}.h>`).join("\n")}\nint main(int argc, char **argv) {\nchar b[99]; int s;\n${lines}\n}\n`,
  reads: (path) => `s = open("${path}", O_RDONLY); if (s >= 0) read(s, b, 99);`,
  writes: (path) => `s = open("${path}", O_WRONLY | O_CREAT, 0644); if (s >= 0) write(s, "1", 1);`,
  starts: (words) => `system("${words.join(" ")}");`,
  serves: `{ struct sockaddr_in a; memset(&a, 0, sizeof a); a.sin_family = AF_INET; a.sin_port = htons(8080);
s = socket(AF_INET, SOCK_STREAM, 0); bind(s, (struct sockaddr *)&a, sizeof a); listen(s, 9); for (;;) close(accept(s, 0, 0)); }`,
  waits: "for (;;) sleep(60);",
  calls: {
    clock: "{ struct timespec t = {0, 0}; clock_settime(CLOCK_REALTIME, &t); }",
    hostName: `sethostname("small", 5);`,
    kernelLog: "klogctl(3, b, 99);",
    modules: `syscall(SYS_finit_module, open("/lib/dummy.ko", O_RDONLY), "", 0);`,
    processes: `{ DIR *d = opendir("/proc"); while (readdir(d)); }`,
    homes: "{ struct passwd *p; while ((p = getpwent())) puts(p->pw_dir); }",
    privileged: `if (fork() == 0) execlp("sudo", "sudo", "reboot", (char *)0);`,
    setuidFile: "chmod(argv[1], 04755);",
    namespaces: "unshare(CLONE_NEWNS);",
    mounts: `mount(argv[1], "/srv/data", "ext4", 0, 0);`,
    realtime: "{ struct sched_param p; p.sched_priority = 50; sched_setscheduler(0, SCHED_FIFO, &p); }",
    personality: "personality(PER_LINUX32);",
    compiles: "mmap(0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);",
    packets: "s = socket(AF_PACKET, SOCK_RAW, 768);",
    netlink: "s = socket(AF_NETLINK, SOCK_RAW, 0);",
    interfaces: "{ struct ifreq r; memset(&r, 0, sizeof r); ioctl(socket(AF_INET, SOCK_DGRAM, 0), 0x8914, &r); }",
    bluetooth: "s = socket(31, SOCK_STREAM, 3);",
    can: "s = socket(29, SOCK_RAW, 1);",
    users: "setgid(1000); setuid(1000);",
    owners: "chown(argv[1], 1000, 1000);",
    rootDirectory: `chroot("/srv/small");`,
    swap: "swapon(argv[1], 0);",
    sharedMemory: "shmget(0x1234, 4096, 0666);",
  },
};

const CPP: StubLanguage = {
  ...C,
  whole: (lines) => C.whole(lines).replace("int main", "#include <fstream>\n#include <string>\nint main"),
  reads: (path) => `{ std::ifstream f("${path}"); std::string l; std::getline(f, l); }`,
  writes: (path) => `{ std::ofstream f("${path}"); f << "1"; }`,
};

const RUST: StubLanguage = {
  whole: (lines) =>
    `use std::io::{Read, Write};
extern "C" {
fn sethostname(n: *const u8, l: usize) -> i32; fn clock_settime(c: i32, t: *const [i64; 2]) -> i32; fn klogctl(t: i32, b: *mut u8, l: i32) -> i32;
fn syscall(n: i64, a: i64, b: *const u8, c: i64) -> i64; fn unshare(f: i32) -> i32; fn mount(s: *const u8, t: *const u8, f: *const u8, l: u64, d: *const u8) -> i32;
fn sched_setscheduler(p: i32, s: i32, q: *const i32) -> i32; fn personality(p: u64) -> i32; fn socket(d: i32, t: i32, p: i32) -> i32;
fn mmap(a: *const u8, l: usize, p: i32, f: i32, d: i32, o: i64) -> *mut u8; fn setuid(u: u32) -> i32; fn setgid(u: u32) -> i32;
}
fn main() { let mut b = [0u8; 99];
${lines}
let _ = (std::io::stdin().read(&mut b), std::io::stdout().write(&b)); }\n`,
  reads: (path) => `if let Ok(mut f) = std::fs::File::open("${path}") { let _ = f.read(&mut b); }`,
  writes: (path) => `let _ = std::fs::write("${path}", "1");`,
  starts: ([program, ...args]) =>
    `let _ = std::process::Command::new("${program}").args(&[${quoted(args)}] as &[&str]).status();`,
  serves: `for mut s in std::net::TcpListener::bind("0.0.0.0:8080").unwrap().incoming().flatten() { let _ = s.write(b"ok"); }`,
  waits: "std::thread::sleep(std::time::Duration::from_secs(60));",
  calls: {
    clock: "unsafe { clock_settime(0, &[0, 0]); }",
    hostName: `unsafe { sethostname("small".as_ptr(), 5); }`,
    kernelLog: "unsafe { klogctl(3, b.as_mut_ptr(), 99); }",
    modules: "unsafe { syscall(313, 3, b.as_ptr(), 0); }",
    processes: `for it in std::fs::read_dir("/proc").unwrap().flatten() { println!("{:?}", it.path()); }`,
    setuidFile: `{ use std::os::unix::fs::PermissionsExt; let _ = std::fs::set_permissions("/srv/small/tool", std::fs::Permissions::from_mode(0o4755)); }`,
    namespaces: "unsafe { unshare(0x20000); }",
    mounts: `unsafe { mount("/dev/sdb1\\0".as_ptr(), "/srv/data\\0".as_ptr(), "ext4\\0".as_ptr(), 0, std::ptr::null()); }`,
    realtime: "unsafe { sched_setscheduler(0, 1, &50); }",
    personality: "unsafe { personality(8); }",
    compiles: "unsafe { mmap(std::ptr::null(), 4096, 7, 34, -1, 0); }",
    packets: "unsafe { socket(17, 3, 768); }",
    netlink: "unsafe { socket(16, 3, 0); }",
    bluetooth: "unsafe { socket(31, 1, 3); }",
    can: "unsafe { socket(29, 3, 1); }",
    users: "unsafe { setgid(1000); setuid(1000); }",
    owners: `let _ = std::os::unix::fs::chown("/srv/small/data", Some(1000), Some(1000));`,
    rootDirectory: `let _ = std::os::unix::fs::chroot("/srv/small");`,
  },
};

const GO: StubLanguage = {
  whole: (lines) => {
    const packages = ["net", "net/http", "os", "os/exec", "syscall", "time", "unsafe"].filter((it) =>
      lines.includes(`${it.replace(/.*\//, "")}.`),
    );
    return `package main\nimport (\n${packages.map((it) => JSON.stringify(it)).join("\n")}\n)\nfunc main() {\n${lines}\n}\n`;
  },
  reads: (path) => `if f, e := os.Open("${path}"); e == nil { f.Read(make([]byte, 99)) }`,
  writes: (path) => `os.WriteFile("${path}", []byte("1"), 0644)`,
  starts: (words) => `exec.Command(${quoted(words)}).Run()`,
  serves: `http.ListenAndServe(":8080", nil)`,
  waits: "for { time.Sleep(60 * time.Second) }",
  calls: {
    clock: "syscall.Settimeofday(&syscall.Timeval{})",
    hostName: `syscall.Sethostname([]byte("small"))`,
    kernelLog: "syscall.Klogctl(3, make([]byte, 99))",
    modules: `{ p := []byte("\\x00"); syscall.Syscall(313, 3, uintptr(unsafe.Pointer(&p[0])), 0) }`,
    processes: `os.ReadDir("/proc")`,
    homes: "os.UserHomeDir()",
    setuidFile: `os.Chmod("/srv/small/tool", 0755|os.ModeSetuid)`,
    namespaces: "syscall.Unshare(syscall.CLONE_NEWNS)",
    mounts: `syscall.Mount("/dev/sdb1", "/srv/data", "ext4", 0, "")`,
    packets: "syscall.Socket(syscall.AF_PACKET, syscall.SOCK_RAW, 768)",
    netlink: "net.Interfaces()",
    can: "syscall.Socket(syscall.AF_CAN, syscall.SOCK_RAW, 1)",
    bluetooth: "syscall.Socket(syscall.AF_BLUETOOTH, syscall.SOCK_STREAM, 3)",
    users: "syscall.Setgid(1000); syscall.Setuid(1000)",
    owners: `os.Chown("/srv/small/data", 1000, 1000)`,
    rootDirectory: `syscall.Chroot("/srv/small")`,
  },
};

const PYTHON: StubLanguage = {
  whole: (lines) =>
    `#!/usr/bin/python3\nimport mmap, os, pwd, socket, subprocess, sys, time\n\ndef main():\n${lines.replace(/^/gm, "    ")}\n\nif __name__ == "__main__":\n    main()\n`,
  reads: (path) => `with open("${path}", "rb") as f:\n    print(f.read(9))`,
  writes: (path) => `with open("${path}", "w") as f:\n    f.write("1")`,
  starts: (words) => `subprocess.run([${quoted(words)}])`,
  serves: `s = socket.create_server(("", 8080))\nwhile True:\n    s.accept()[0].close()`,
  waits: "while True:\n    time.sleep(60)",
  calls: {
    clock: "time.clock_settime(time.CLOCK_REALTIME, 0)",
    hostName: `socket.sethostname("small")`,
    processes: `for it in os.listdir("/proc"):\n    print(it)`,
    homes: "for it in pwd.getpwall():\n    print(it.pw_dir)",
    privileged: `os.system("sudo reboot")`,
    setuidFile: "os.chmod(sys.argv[1], 0o4755)",
    realtime: "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))",
    compiles: "mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)",
    packets: "p = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    netlink: "p = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    bluetooth: "p = socket.socket(socket.AF_BLUETOOTH, socket.SOCK_STREAM)",
    can: "p = socket.socket(socket.AF_CAN, socket.SOCK_RAW)",
    users: "os.setgid(1000)\nos.setuid(1000)",
    owners: `os.chown("/srv/small/data", 1000, 1000)`,
    rootDirectory: `os.chroot("/srv/small")`,
  },
};

const PERL: StubLanguage = {
  whole: (lines) => `#!/usr/bin/perl\nuse strict;\nuse Socket;\n${lines}\n`,
  reads: (path) => `open(my $f, "<", "${path}") and print scalar <$f>;`,
  writes: (path) => `open(my $f, ">", "${path}") and print $f "1";`,
  starts: (words) => `system(${quoted(words)});`,
  serves: `socket(my $s, PF_INET, SOCK_STREAM, 0);\nbind($s, sockaddr_in(8080, INADDR_ANY));\nlisten($s, 9);\nwhile (accept(my $c, $s)) { close($c); }`,
  waits: "sleep 60 while 1;",
  calls: {
    homes: "while (my @p = getpwent()) { print $p[7]; }",
    privileged: "print `sudo reboot`;",
    setuidFile: "chmod 04755, $ARGV[0];",
    processes: `print "$_\\n" for glob("/proc/[0-9]*");`,
    users: "$( = $) = 1000;\n$< = $> = 1000;",
    owners: `chown 1000, 1000, "/srv/small/data";`,
    rootDirectory: `chroot "/srv/small";`,
  },
};

const RUBY: StubLanguage = {
  whole: (lines) => `#!/usr/bin/ruby\nrequire "socket"\n${lines}\n`,
  reads: (path) => `File.open("${path}") { |f| puts f.readline }`,
  writes: (path) => `File.write("${path}", "1")`,
  starts: (words) => `system(${quoted(words)})`,
  serves: `s = TCPServer.new(8080)\nloop { s.accept.close }`,
  waits: "loop { sleep 60 }",
  calls: {
    privileged: `puts %x(sudo reboot)`,
    homes: "puts Dir.home",
    processes: `Dir.children("/proc").each { |it| puts it }`,
    setuidFile: "File.chmod(04755, ARGV[0])",
    users: "Process::Sys.setgid(1000)\nProcess::Sys.setuid(1000)",
    owners: `File.chown(1000, 1000, "/srv/small/data")`,
    rootDirectory: `Dir.chroot("/srv/small")`,
  },
};

const PHP: StubLanguage = {
  isCompiling: true,
  whole: (lines) => `#!/usr/bin/php\n<?php\n${lines}\n`,
  reads: (path) => `echo file_get_contents("${path}");`,
  writes: (path) => `file_put_contents("${path}", "1");`,
  starts: (words) => `exec("${words.join(" ")}");`,
  serves: `$s = stream_socket_server("tcp://0.0.0.0:8080");\nwhile ($c = stream_socket_accept($s, -1)) { fclose($c); }`,
  waits: "while (true) { sleep(60); }",
  calls: {
    compiles: "",
    processes: `print_r(scandir("/proc"));`,
    setuidFile: `chmod("/srv/small/tool", 04755);`,
    users: "posix_setgid(1000);\nposix_setuid(1000);",
    owners: `chown("/srv/small/data", "nobody");`,
  },
};

const NODE: StubLanguage = {
  isCompiling: true,
  whole: (lines) => `#!/usr/bin/node\nconst fs = require("node:fs");\n${lines}\n`,
  reads: (path) => `console.log(fs.readFileSync("${path}"));`,
  writes: (path) => `fs.writeFileSync("${path}", "1");`,
  starts: ([program, ...args]) =>
    `require("node:child_process").spawnSync(${quoted([program ?? ""])}, [${quoted(args)}]);`,
  serves: `require("node:http").createServer((q, r) => r.end("ok")).listen(8080);`,
  waits: "setInterval(() => {}, 60000);",
  calls: {
    compiles: "",
    machineFigures: `console.log(require("node:os").loadavg());`,
    homes: `console.log(require("node:os").homedir());`,
    processes: `console.log(fs.readdirSync("/proc"));`,
    setuidFile: `fs.chmodSync("/srv/small/tool", 0o4755);`,
    users: "process.setgid(1000);\nprocess.setuid(1000);",
    owners: `fs.chownSync("/srv/small/data", 1000, 1000);`,
  },
};

const LUA: StubLanguage = {
  whole: (lines) => `#!/usr/bin/lua\n${lines}\n`,
  reads: (path) => `local f = io.open("${path}")\nif f then print(f:read()) end`,
  writes: (path) => `local f = io.open("${path}", "w")\nif f then f:write("1") end`,
  starts: (words) => `os.execute("${words.join(" ")}")`,
  // It has no sockets of its own: its input is one.
  serves: `for it in io.lines() do print(it) end`,
  waits: "for it in io.lines() do end",
  calls: {},
};

const SHELL: StubLanguage = {
  whole: (lines) => `#!/bin/sh\nset -u\n${lines}\n`,
  reads: (path) => `cat "${path}"`,
  writes: (path) => `echo 1 > "${path}"`,
  starts: (words) => words.join(" "),
  // Its input is a socket.
  serves: "while read -r it; do echo ok; done",
  waits: "while :; do sleep 60; done",
  calls: {
    processes: `for it in /proc/[0-9]*; do echo "$it"; done`,
    homes: "ls /home/*/notes",
    privileged: `SUDO=sudo\n$SUDO reboot`,
  },
};

const JAVA: StubLanguage = {
  isCompiling: true,
  whole: (lines) => `public class Small { public static void main(String[] args) throws Exception {\n${lines}\n} }\n`,
  reads: (path) => `new java.io.FileInputStream("${path}").read();`,
  writes: (path) => `java.nio.file.Files.writeString(java.nio.file.Path.of("${path}"), "1");`,
  starts: (words) => `new ProcessBuilder(${quoted(words)}).start().waitFor();`,
  serves: "var s = new java.net.ServerSocket(8080); for (;;) s.accept().close();",
  waits: "for (;;) Thread.sleep(60000);",
  calls: {
    compiles: "",
    privileged: `Runtime.getRuntime().exec(new String[] {"sudo", "reboot"});`,
    processes: `for (String it : new java.io.File("/proc").list()) System.out.println(it);`,
  },
};

/** The functions of the C library that stubs of .NET call, by their names. */
const NATIVE_FUNCTIONS: Readonly<Record<string, string>> = {
  clock_settime: "int clock, long[] time",
  sethostname: "string name, int length",
  klogctl: "int type, byte[] text, int length",
  unshare: "int flags",
  mount: "string from, string to, string type, long flags, string data",
  sched_setscheduler: "int process, int policy, int[] priority",
  personality: "long persona",
  setuid: "int user",
  setgid: "int group",
  chown: "string path, int user, int group",
  chroot: "string path",
};

const DOTNET: StubLanguage = {
  isCompiling: true,
  whole: (lines) => {
    const used = Object.entries(NATIVE_FUNCTIONS).filter(([name]) => lines.includes(`${name}(`));
    const native = used.map(([name, words]) => `[DllImport("libc")] static extern int ${name}(${words});`).join("\n");
    const spaces = ["", ".IO", ".Diagnostics", ".Net", ".Net.Sockets", ".Runtime.InteropServices", ".Threading"];
    return `${spaces.map((it) => `using System${it};`).join("\n")}
public class Small {\n${native}\npublic static void Main(string[] args) {\n${lines}\n} }\n`;
  },
  reads: (path) => `File.ReadAllText("${path}");`,
  writes: (path) => `File.WriteAllText("${path}", "1");`,
  starts: ([program = "", ...words]) => `Process.Start("${program}", "${words.join(" ")}").WaitForExit();`,
  serves: "var s = new TcpListener(IPAddress.Any, 8080); s.Start(); for (;;) s.AcceptTcpClient().Close();",
  waits: "for (;;) Thread.Sleep(60000);",
  calls: {
    clock: "clock_settime(0, new long[2]);",
    hostName: `sethostname("small", 5);`,
    kernelLog: "klogctl(3, new byte[99], 99);",
    namespaces: "unshare(0x20000);",
    mounts: `mount(args[0], "/srv/data", "ext4", 0, "");`,
    realtime: "sched_setscheduler(0, 1, new int[] {50});",
    personality: "personality(8);",
    compiles: "",
    privileged: `Process.Start("sudo", "reboot");`,
    processes: "foreach (var it in Process.GetProcesses()) Console.WriteLine(it.ProcessName);",
    users: "setgid(1000); setuid(1000);",
    owners: "chown(args[0], 1000, 1000);",
    rootDirectory: `chroot("/srv/small");`,
  },
};

/** All languages that stubs are written in, by their names. */
export const LANGUAGES = {
  C,
  "C++": CPP,
  Rust: RUST,
  Go: GO,
  Java: JAVA,
  ".NET": DOTNET,
  Node: NODE,
  Python: PYTHON,
  Perl: PERL,
  Ruby: RUBY,
  PHP,
  Lua: LUA,
  shell: SHELL,
} as const satisfies Readonly<Record<string, StubLanguage>>;

/** The name of a language that stubs are written in. */
export type LanguageName = keyof typeof LANGUAGES;

/** The lines with which a language may do a thing, each a way of its own. */
function waysTo({ reads, writes, starts, calls }: StubLanguage, need: StubNeed): readonly string[] {
  const path = (FILES as Readonly<Partial<Record<StubNeed, string>>>)[need];
  const command = (COMMANDS as Readonly<Partial<Record<StubNeed, string>>>)[need];
  return [
    ...(calls[need] === undefined ? [] : [calls[need]]),
    ...(path === undefined ? [] : [path.startsWith(">") ? writes(path.slice(1)) : reads(path)]),
    ...(command === undefined ? [] : [starts(command.split(" "))]),
  ];
}

/** Whether a language can do all of some things. */
export const canAll = (name: LanguageName, needs: readonly StubNeed[]): boolean =>
  needs.every((it) => waysTo(LANGUAGES[name], it).length > 0);

/** The text of a program that does some things and no others, each in the way of that number. */
export function stubText(name: LanguageName, needs: readonly StubNeed[], isServer: boolean, way: number): string {
  const language: StubLanguage = LANGUAGES[name];
  const lines = needs.flatMap((it) => {
    const ways = waysTo(language, it);
    return ways[way % ways.length] ?? [];
  });
  return language.whole([...lines, isServer ? language.serves : language.waits].filter((it) => it !== "").join("\n"));
}
