import type { DirectiveName } from "../catalog/catalog.ts";
import { largest } from "../text/extremes.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import { fixes, removeLine } from "./fixes.ts";

/** A limit, and how it shows that it is reached. */
interface Limit {
  readonly directive: DirectiveName;
  readonly shows: (evidence: Evidence) => number;
  readonly reason: string;
}

const error =
  (name: string, weight: number, words?: RegExp) =>
  ({ messages }: Evidence): number =>
    messages.some((it) => it.error === name && (words === undefined || words.test(it.text))) ? weight : 0;
const signal =
  (name: string, weight: number) =>
  ({ signals }: Evidence): number =>
    signals.includes(name) ? weight : 0;
const result =
  (name: Evidence["results"][number], weight: number) =>
  ({ results }: Evidence): number =>
    results.includes(name) ? weight : 0;
const either =
  (...all: readonly Limit["shows"][]) =>
  (evidence: Evidence): number =>
    largest(all.map((it) => it(evidence)));

const NO_MEMORY = /alloc|memory|fork|thread|mmap/i;
const FORK = /fork|thread|process|spawn|clone/i;
/** What shells and runtimes say without an error number. */
const NO_FORK = /can(?:no|')t fork|can(?:no|')t start new thread|unable to create (?:new |a )?(?:native )?thread/i;
const NO_ROOM = /MemoryError|bad_alloc|out of memory|\bprocess OOM\b|reserve virtual memory|reserve enough space/i;

const LIMITS: readonly Limit[] = [
  limit(
    "LimitNOFILE",
    either(error("EMFILE", SURE), words(/rlimit|open files|NOFILE|file descriptors/i, LIKELY)),
    "limits how many files may be open at once",
  ),
  limit(
    "LimitFSIZE",
    either(signal("SIGXFSZ", 100), error("EFBIG", SURE)),
    "limits the size of files that the program writes",
  ),
  limit("LimitCPU", either(signal("SIGXCPU", SURE), signal("SIGKILL", POSSIBLE)), "limits the CPU time"),
  limit("LimitRTTIME", signal("SIGXCPU", LIKELY), "limits how long a real-time task runs without a pause"),
  limit(
    "MemoryMax",
    either(result("oom-kill", SURE), signal("SIGKILL", LIKELY)),
    "kills processes that need more memory",
  ),
  limit("MemoryHigh", result("oom-kill", POSSIBLE), "throttles processes that need more memory"),
  limit("MemorySwapMax", result("oom-kill", POSSIBLE), "limits the swap space"),
  limit(
    "LimitAS",
    either(
      error("ENOMEM", SURE),
      error("EAGAIN", LIKELY, FORK),
      signal("SIGSEGV", POSSIBLE),
      words(NO_ROOM, LIKELY + 10),
    ),
    "limits the address space, of which runtimes reserve far more than they use",
  ),
  limit(
    "LimitDATA",
    either(error("ENOMEM", LIKELY, NO_MEMORY), words(NO_ROOM, LIKELY)),
    "limits the data of a program",
  ),
  limit("LimitSTACK", signal("SIGSEGV", POSSIBLE), "limits the stack"),
  limit(
    "LimitMEMLOCK",
    either(
      error("ENOMEM", LIKELY + 5, /lock/i),
      error("EPERM", LIKELY, /mlock|lock/i),
      error("EAGAIN", LIKELY, /lock/i),
    ),
    "limits the memory that may be locked",
  ),
  limit(
    "TasksMax",
    either(error("EAGAIN", SURE, FORK), words(NO_FORK, SURE)),
    "limits how many processes and threads the unit may have",
  ),
  limit(
    "LimitNPROC",
    either(error("EAGAIN", SURE - 5, FORK), words(NO_FORK, SURE - 5)),
    "limits the total number of processes of the unit's user",
  ),
  limit("LimitNICE", error("EPERM", POSSIBLE, /nice/i), "limits the priority that the program may take"),
  limit("LimitRTPRIO", error("EPERM", POSSIBLE, /sched|real.?time/i), "limits the real-time priority"),
  limit("TemporaryFileSystem", error("ENOSPC", LIKELY), "mounts a file system in memory with a limited size"),
];

function limit(directive: DirectiveName, shows: Limit["shows"], reason: string): Limit {
  return { directive, shows, reason: `${directive}= ${reason}` };
}

function words(pattern: RegExp, weight: number): Limit["shows"] {
  return ({ text }) => (pattern.test(text) ? weight : 0);
}

/** The limits of a unit that look reached. */
export function* limitCauses(unit: Unit, evidence: Evidence): Iterable<CausingSetting> {
  for (const { directive, shows, reason } of LIMITS) {
    const line = linesToBlame(unit, directive).at(-1);
    const weight = line && line.text !== "infinity" ? shows(evidence) : 0;
    if (line && weight > 0) yield cause(unit, directive, weight, reason, fixes(wayOut(unit, directive)), line);
  }
}

/** Without the line the default of the system holds, which most services live with. */
function wayOut(unit: Unit, directive: DirectiveName) {
  const line = linesToBlame(unit, directive).at(-1);
  return line && directive !== "TemporaryFileSystem" ? removeLine(unit, line) : undefined;
}
