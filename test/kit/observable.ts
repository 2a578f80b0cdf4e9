import assert from "node:assert/strict";
import { type Errand, isErrand } from "../../server/src/cli/errand.ts";
import { begin } from "../../server/src/cli/main.ts";
import type { Ending } from "../../server/src/cli/outcome.ts";
import type { FakeSystemdOptions } from "./fakeSystemd.ts";
import { memoryHost } from "./memoryHost.ts";

/** The service that is observed. */
export const UNIT = "x.service";
/** Its file. */
export const FRAGMENT = `/etc/systemd/system/${UNIT}`;
/** Its text. */
export const TEXT = "[Service]\nExecStart=/usr/bin/x\nExecReload=/bin/kill -HUP $MAINPID\n";

/** A machine on which a service can be observed. */
export const FILES: Readonly<Record<string, string>> = {
  [FRAGMENT]: TEXT,
  "/run/systemd/system/.keep": "",
  "/usr/bin/strace": "",
  "/usr/bin/x": "",
  "/etc/x.conf": "",
  "/proc/4711/stat": `4711 (unit-warden) ${"S ".repeat(50)}`,
  "/proc/sys/kernel/random/uuid": "0-1-2\n",
};

/** What the service does, as strace sees it; under RestrictRealtime= a call fails that is not made without it. */
function log(text: string): string {
  return [
    '100 1000.0 execve("/usr/bin/x", ["x"], 0x7ff /* 3 vars */) = 0',
    '100 1000.1 openat(AT_FDCWD</>, "/etc/x.conf", O_RDONLY|O_CLOEXEC) = 3</etc/x.conf>',
    '100 1000.2 openat(AT_FDCWD</>, "/root/x", O_RDONLY) = 3</root/x>',
    "100 1000.3 socket(AF_UNIX, SOCK_STREAM, 0) = 4<UNIX-STREAM:[1]>",
    ...(text.includes("RestrictRealtime=")
      ? ["100 1000.3 sched_setscheduler(0, SCHED_FIFO, [1]) = -1 EPERM (Operation not permitted)"]
      : []),
    "100 1000.4 +++ exited with 0 +++\n",
  ].join("\n");
}

/** A systemd under which the service writes its log, with the programs that observing needs. */
export const OBSERVED: FakeSystemdOptions = {
  properties: { CanReload: "yes", NeedDaemonReload: "no" },
  acts(verb, text, machine) {
    const folder = /-o (\S+)\/ExecStart-1\.strace/.exec(text)?.[1];
    if (folder !== undefined && verb === "start") machine.files.set(`${folder}/ExecStart-1.strace`, log(text));
  },
  program([program, ...words]) {
    if (program === "systemctl") return { stdout: "systemd 257 (257.1)\n" };
    if (program?.endsWith("strace")) return words[0] === "-V" ? { stdout: "strace -- version 6.13\n" } : {};
    if (
      program === "uname" ||
      program === "getent" ||
      program === "id" ||
      program === "getcap" ||
      program === "journalctl"
    )
      return {};
    if (program === "/bin/sh" && words[0] === "-c") return { status: words[1] === "false" ? 1 : 0 };
    return undefined;
  },
};

/** The errand of a command line. */
export function errandOf(...argv: readonly string[]): Errand {
  const begun = begin(argv, memoryHost({}), { colours: false, progress: () => undefined });
  assert.ok(isErrand(begun), JSON.stringify(begun));
  return begun;
}

/** What an errand prints. */
export const printed = ({ stdout }: Ending): string => stdout.map((it) => it.text).join("");
