import type { Needs } from "../../server/src/learn/needs.ts";
import { type LogContext, needsReader } from "../../server/src/learn/reader.ts";
import { type Random, random } from "./random.ts";

/** Lines `PID CALL`, each a second after the one before, as strace writes them to a file. */
export const timedLines = (lines: readonly string[]): string =>
  lines.map((line, index) => `${line.replace(" ", `   ${1000 + index}.250000 `)}\n`).join("");

/** What such lines show as the log of a command, of root if nothing else is said. */
export function needsOfLines(lines: readonly string[], context: Partial<LogContext> = {}): Needs {
  const reader = needsReader({ log: "ExecStart", ...context });
  reader.add(timedLines(lines));
  return reader.end();
}

/** Lines of a service that runs for very long: everything in them is new again and again. */
const KINDS: readonly ((chance: Random, index: number) => string)[] = [
  (_, i) =>
    `openat(AT_FDCWD</>, "/var/cache/x/${i % 251}/${i % 65521}/${i}", O_RDWR|O_CREAT, 0640) = 5</var/cache/x/${i % 251}/${i % 65521}/${i}>`,
  (_, i) => `openat(AT_FDCWD</>, "/${i}/${i}", O_RDONLY) = -1 ENOENT (No such file or directory)`,
  (_, i) => `rename("/var/spool/y/tmp-${i}", "/var/spool/y/new-${i}") = 0`,
  (_, i) => `newfstatat(AT_FDCWD</>, "/etc/x.conf", {st_mode=S_IFREG|0644, st_size=${i % 7}, ...}, 0) = 0`,
  (_, i) => `socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 7<socket:[${i}]>`,
  (_, i) =>
    `connect(7<socket:[${i}]>, {sa_family=AF_INET, sin_port=htons(${i % 65536}), sin_addr=inet_addr("10.${i % 256}.${(i >> 8) % 256}.1")}, 16) = 0`,
  (_, i) => `mmap(NULL, ${i}, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f${i.toString(16)}`,
  (_, i) => `clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7) = ${i}`,
  (_, i) => `chdir("/srv/${i}") = 0`,
  (_, i) => `setresuid(${i}, ${i}, ${i}) = 0`,
  (_, i) => `sendto(7<socket:[${i}]>, ""..., ${i} <unfinished ...>`,
  (_, i) => `call_${i}(${i}) = -1 E${i} (No such thing)`,
  (chance) => `ioctl(3, ${"x".repeat(chance.below(3000))}`,
  () => "+++ exited with 0 +++",
];

/** Pieces of such a log, altogether so many megabytes; the same every time. */
export function* longLog(megabytes: number): Generator<string> {
  const chance = random(1);
  let written = 0;
  for (let i = 0; written < megabytes * 1e6; ) {
    let piece = "";
    for (; piece.length < 200_000; i++) {
      const kind = chance.pick(KINDS);
      piece += `${chance.chance(0.01) ? 1000 + i : 1000 + chance.below(50)}   ${1_700_000_000 + i}.000001 ${kind(chance, i)}\n`;
    }
    if (chance.chance(0.02)) piece += "y".repeat(chance.below(900_000));
    written += piece.length;
    yield piece;
  }
}
