import type { DirectiveName } from "../catalog/catalog.ts";
import { sectionsWith } from "../catalog/catalog.ts";
import { type CausingSetting, cause, type FailureFix, LIKELY, POSSIBLE, SURE } from "../failures/cause.ts";
import type { Evidence } from "../failures/evidence.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import type { Found, LineRule, Rule, UnitContext } from "../findings/rule.ts";
import { check } from "../rules/check.ts";
import { RULES_OF_UNITS } from "../rules/unitRules.ts";
import { lazy } from "../text/tables.ts";
import { ownFile, type Unit } from "../units/unit.ts";

/** A mistake that a rule finds before a start, and the words of a log in which it shows. */
interface Foreseen {
  readonly code: string;
  readonly shows: RegExp;
  readonly weight: number;
  /** Whether systemd says so of units that start all the same. */
  readonly starts?: true;
}

/** How what rules find shows in a journal, seen with 257. One rule knows each cause before and after. */
export const FORESEEN: readonly Foreseen[] = [
  { code: "unit/several-commands", shows: /more than one ExecStart= setting/, weight: SURE },
  { code: "unit/endless-wait", shows: /start-pre operation timed out|Failed with result 'timeout'/, weight: SURE },
  { code: "unit/endless-oneshot", shows: /start operation timed out|Failed with result 'timeout'/, weight: SURE },
  {
    code: "reference/start-deadlock",
    shows: /start(?:-pre|-post)? operation timed out|Failed with result 'timeout'/,
    weight: SURE,
  },
  { code: "reference/ordering-cycle", shows: /ordering cycle/, weight: SURE, starts: true },
  { code: "reference/contradiction", shows: /conflicting jobs|unmergeable jobs/, weight: SURE },
  { code: "reference/nothing-to-start", shows: /to trigger not loaded|trigger vanished/, weight: SURE },
  { code: "reference/missing-unit", shows: /Unit \S+ not found|not loaded/, weight: SURE },
  { code: "reference/path-loop", shows: /too quickly|start-limit-hit|trigger-limit-hit/, weight: SURE },
  { code: "unit/relative-script", shows: /can't open|[Cc]annot find|No such file|Unable to access/, weight: SURE },
  { code: "unit/bash-word", shows: /: not found|status=127/, weight: SURE },
  { code: "unit/unset-variable", shows: /unset environment variable/, weight: SURE },
  { code: "unit/environment-file", shows: /invalid environment assignment|environment files/, weight: SURE },
  { code: "unit/unknown-credential", shows: /run\/credentials\//, weight: SURE },
  { code: "unit/credential-file", shows: /CREDENTIALS|[Pp]ermission denied/, weight: SURE },
  { code: "sandbox/sudo-as-user", shows: /terminal is required|password is required|no tty/, weight: SURE },
  { code: "sandbox/needs-root", shows: /[Pp]ermission denied|not permitted/, weight: SURE },
  { code: "sandbox/missing-run-directory", shows: /No such file|ENOENT/, weight: SURE },
  { code: "sandbox/other-directory", shows: /No such file|[Pp]ermission denied|ENOENT|EACCES/, weight: SURE },
  { code: "reference/timer-restart", shows: /too quickly|start-limit-hit/, weight: LIKELY },
  { code: "reference/port-of-socket", shows: /already in use|EADDRINUSE/i, weight: SURE },
  { code: "reference/address-not-there", shows: /assign requested address|EADDRNOTAVAIL/i, weight: SURE },
  {
    code: "reference/socket-not-required",
    shows: /no sockets|socket.activation|LISTEN_(?:FDS|PID)|listen.?fds/i,
    weight: SURE,
  },
  {
    code: "sandbox/jit",
    shows: /executable|initialization of VM|code cache|CoreCLR|status=134|ABRT|SEGV|TRAP/i,
    weight: SURE,
  },
  { code: "reference/daemon-not-started", shows: /connect|refused|ENOENT|No such file/i, weight: SURE },
  { code: "reference/requires-without-after", shows: /connect|refused|ENOENT|No such file/i, weight: LIKELY },
  {
    code: "reference/network-online",
    shows: /[Nn]etwork is unreachable|ENETUNREACH|resolution|resolve host|No route/,
    weight: LIKELY,
  },
  {
    code: "reference/network-online-order",
    shows: /[Nn]etwork is unreachable|ENETUNREACH|resolution|resolve host|No route/,
    weight: LIKELY,
  },
  { code: "unit/background-program", shows: /Deactivated successfully|repeated too quickly/, weight: SURE },
  {
    code: "unit/restart-limit",
    shows: /restart counter is at (?:[3-9]|\d{2})|repeated too quickly/,
    weight: LIKELY + 5,
  },
  { code: "unit/missing-restart", shows: /Failed with result '(?:exit-code|timeout)'/, weight: LIKELY },
  { code: "unit/early-check", shows: /[Cc]onnection refused/, weight: SURE },
  { code: "unit/long-pause", shows: /operation timed out|State 'stop/, weight: SURE },
  { code: "unit/missing-terminal", shows: /not a TTY/i, weight: SURE },
  { code: "unit/stop-signal", shows: /status=9\/KILL/, weight: SURE },
  { code: "unit/stop-status", shows: /status=143/, weight: SURE },
  { code: "unit/reload-signal", shows: /Reloading /, weight: LIKELY },
];

/** Whether a mistake shows in the log of a unit that did not fail, too. */
export const isOfAnyUnit = ({ starts }: Foreseen): boolean => starts === true;

const rules = lazy(() => new Map<string, Rule | LineRule>(RULES_OF_UNITS.map((it) => [it.code, it])));

/** What the rules say of a unit that a failure shows, each as a cause in its line; of those rows alone that count. */
export function foreseenCauses(
  unit: Unit,
  { text }: Evidence,
  context?: UnitContext,
  counts: (row: Foreseen) => boolean = () => true,
): readonly CausingSetting[] {
  const shown = FORESEEN.filter((it) => counts(it) && it.shows.test(text));
  return filesOf(unit).flatMap((view, at) =>
    shown.flatMap(({ code, weight }) => {
      const rule = rules().get(code);
      const found = rule && "check" in rule ? [...rule.check(view, context)] : [];
      return found.map((it) => causeOf(view, it, weight, at - 1));
    }),
  );
}

/** What is surely wrong with a unit before it starts, for a failure that nothing else explains. */
export const anyMistake = (unit: Unit, context?: UnitContext): readonly CausingSetting[] =>
  check(unit, { profile: "off", select: ["unit", "reference", "sandbox", "value", "directive"] }, context).flatMap(
    (it) => {
      const weight = WEIGHTS[it.severity];
      return weight === undefined ? [] : [causeOf(unit, it, weight, -1)];
    },
  );

const WEIGHTS: Readonly<Partial<Record<Severity, number>>> = { error: LIKELY, warning: POSSIBLE };

/** The unit, then the same with each drop-in as the file that is judged. */
const filesOf = (unit: Unit): readonly Unit[] => [
  unit,
  ...unit.dropIns.map((judged, i) => ({ ...unit, judged, memory: unit.memory.within(`failures ${i}`) })),
];

function causeOf(unit: Unit, found: Found | Finding, weight: number, dropIn: number): CausingSetting {
  const { start, message, fixes = [] } = found;
  const node = ownFile(unit).nodes.find((it) => it.start <= start && start <= it.end);
  const line = node?.kind === "assignment" ? node : undefined;
  const name = (found.directive ?? line?.key ?? "Unit") as DirectiveName;
  const known = sectionsWith(name).length > 0 ? name : "Unit";
  const own = (it: FailureFix): FailureFix =>
    dropIn < 0 ? it : { ...it, edits: () => [], inDropIns: [{ at: dropIn, edits: it.edits }] };
  return cause(unit, known, weight, message, fixes.map(own), line);
}
