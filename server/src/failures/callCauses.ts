import { systemCalls } from "../facts/systemCalls.ts";
import type { Fix } from "../findings/finding.ts";
import { callNames } from "../needs/callsMade.ts";
import { programReading } from "../needs/programReading.ts";
import { programName } from "../needs/readNeed.ts";
import { callsFor } from "../security/callSet.ts";
import { effective } from "../security/effective.ts";
import { factsOf } from "../service/facts.ts";
import { programsOf } from "../service/program.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, CERTAIN, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence, StoppedCall } from "./evidence.ts";
import { addSettings, addWord, fixes, setTo } from "./fixes.ts";
import { OPERATIONS } from "./operations.ts";
import { filters, refusing } from "./programCauses.ts";

/** What stopped a system call with SIGSYS. */
export function* callCauses(unit: Unit, evidence: Evidence): Iterable<CausingSetting> {
  for (const call of evidence.calls) yield* ofCall(unit, call);
  if (!evidence.signals.includes("SIGSYS") || evidence.calls.length > 0) return;
  if (linesToBlame(unit, "SystemCallFilter").length > 0 && isDeadly(unit)) {
    const made = deniedCalls(unit);
    const known = made?.calls ?? callsOf(unit);
    const logged = answersErrors(unit) ? undefined : tolerant(unit);
    yield cause(
      unit,
      "SystemCallFilter",
      SURE - 5,
      known.length > 0
        ? `SystemCallFilter= kills the program at a denied call, perhaps ${known.join(", ")}${made ? `, which ${made.program} calls` : ""}`
        : "SystemCallFilter= kills the program at a denied call; the kernel log names it",
      fixes(known.length > 0 ? addWord(unit, "SystemCallFilter", known.join(" ")) : undefined, logged),
    );
  }
  if (linesToBlame(unit, "SystemCallArchitectures").length > 0)
    yield cause(
      unit,
      "SystemCallArchitectures",
      POSSIBLE,
      "SystemCallArchitectures= kills programs for architectures that it does not list, such as 32-bit ones",
      [addWord(unit, "SystemCallArchitectures", "x86")],
    );
}

/** Whether the filter ends the program anywhere: SystemCallErrorNumber= returns an error instead, but for NAME:kill. */
const isDeadly = (unit: Unit): boolean =>
  !answersErrors(unit) || linesToBlame(unit, "SystemCallFilter").some((it) => /:kill(?:\s|$)/.test(it.text));

const answersErrors = (unit: Unit): boolean => {
  const last = linesToBlame(unit, "SystemCallErrorNumber").at(-1);
  return last !== undefined && last.text !== "kill";
};

const tolerant = (unit: Unit): Fix => addSettings(unit, "SystemCallErrorNumber=EPERM");

/** More calls of a program are no hint. */
const MOST_CALLS = 6;

/** Of the calls that the files of its programs show, those that the filter refuses; undefined where there are none, or too many. */
function deniedCalls(unit: Unit): { readonly calls: readonly string[]; readonly program: string } | undefined {
  const reading = programReading(factsOf(unit));
  const calls = reading ? callNames(reading).filter((it) => filters(unit, it)) : [];
  return reading && calls.length > 0 && calls.length <= MOST_CALLS
    ? { calls, program: programName(reading) }
    : undefined;
}

/** Of the calls that the commands of the unit show, those that the filter refuses. */
function callsOf(unit: Unit): readonly string[] {
  const commands = programsOf(unit)
    .map((it) => [it.path, ...it.args, ...it.names].join(" "))
    .join("\n");
  const shown = OPERATIONS.filter((it) => it.words.test(commands)).flatMap((it) => it.calls);
  return [...new Set(shown)].filter((it) => filters(unit, it));
}

function* ofCall(unit: Unit, { name, number, architecture }: StoppedCall): Iterable<CausingSetting> {
  const foreign = architecture !== undefined && architecture === "x86";
  const listed = linesToBlame(unit, "SystemCallArchitectures").length > 0;
  if (foreign && listed)
    yield cause(
      unit,
      "SystemCallArchitectures",
      SURE,
      `SystemCallArchitectures= does not list ${architecture}, the architecture of the program`,
      [addWord(unit, "SystemCallArchitectures", architecture)],
    );
  if (linesToBlame(unit, "SystemCallFilter").length === 0) return;
  if (name === undefined) {
    yield cause(
      unit,
      "SystemCallFilter",
      foreign && listed ? POSSIBLE : LIKELY,
      `SystemCallFilter= kills the program at system call ${number ?? "?"}, whose name on ${architecture ?? "this architecture"} is unknown`,
      [tolerant(unit)],
    );
    return;
  }
  if (!filters(unit, name)) return;
  const group = groupOf(name, unit);
  yield cause(
    unit,
    "SystemCallFilter",
    CERTAIN,
    `SystemCallFilter= kills the program at ${name}, which it denies${group === undefined ? "" : ` (${group})`}`,
    fixes(
      addWord(unit, "SystemCallFilter", name),
      group === undefined ? undefined : addWord(unit, "SystemCallFilter", group),
      linesToBlame(unit, "SystemCallErrorNumber").length > 0 ? undefined : tolerant(unit),
    ),
    refusing(unit, name),
    [name],
  );
}

/** Groups that hold so much that naming them says nothing. */
const WIDE = new Set(["@known", "@default", "@system-service", "@privileged", "@obsolete"]);

/** The smallest group with a call in it. */
function groupOf(call: string, unit: Unit): string | undefined {
  const size = (name: string): number => callsFor(name, unit.version)?.reduce((sum, it) => sum + ones(it), 0) ?? 0;
  const holding = [...systemCalls(unit.version).groups].filter(
    ([name, members]) => !WIDE.has(name) && members.includes(call),
  );
  return holding.map(([name]) => name).toSorted((a, b) => size(a) - size(b))[0];
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** What answers with a signal where a runtime cannot compile into memory. */
export function* compilerCauses(unit: Unit, { signals, text }: Evidence): Iterable<CausingSetting> {
  if (!effective(unit).settings.memoryDenyWriteExecute) return;
  const crashed = signals.find((it) => /^SIG(?:TRAP|SEGV|ABRT|ILL|BUS)$/.test(it));
  const mentioned =
    /commit_memory|code ?(?:cache|heap|space)|map segment|executable stack|mprotect|\bJIT\b|MAP_JIT/i.test(text);
  if (crashed === undefined && !mentioned) return;
  yield cause(
    unit,
    "MemoryDenyWriteExecute",
    mentioned || crashed === "SIGTRAP" ? SURE : LIKELY + 10,
    "MemoryDenyWriteExecute= blocks memory that is writable and executable, which JIT compilers need",
    [setTo(unit, "MemoryDenyWriteExecute", "no")],
  );
}
