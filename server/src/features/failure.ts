import { type CausingSetting, LIKELY, SURE } from "../failures/cause.ts";
import { diagnose, ranked } from "../failures/diagnose.ts";
import type { Evidence } from "../failures/evidence.ts";
import { failuresIn, type LoggedFailure } from "../failures/failureLog.ts";
import { type Heading, headingsOf } from "../failures/headings.ts";
import { loggedUnit } from "../failures/loggedUnit.ts";
import { withReading } from "../failures/readCauses.ts";
import type { UnitNow } from "../failures/serviceLog.ts";
import { tellingLines } from "../failures/tellingLines.ts";
import type { UnitContext } from "../findings/rule.ts";
import type { Unit } from "../units/unit.ts";
import { anyMistake, foreseenCauses, isOfAnyUnit } from "./foreseen.ts";

/** As many lines are shown of a failure. */
const MAX_SHOWN_LINES = 8;

/** A setting that leads to a failure, with the lines that speak for it. */
export interface ShownCause extends CausingSetting {
  readonly lines: readonly string[];
}

/** What is known about one failure, and the settings that lead to it. */
export interface DiagnosedFailure extends LoggedFailure {
  readonly headings: readonly Heading[];
  /** The last lines that tell of it. */
  readonly lines: readonly string[];
  readonly causes: readonly ShownCause[];
}

/** What a text says about a unit: what it does now, and its failures, the last one first. */
export interface DiagnosedLog {
  readonly now: UnitNow | undefined;
  readonly failures: readonly DiagnosedFailure[];
  /** The one that the unit is in now. */
  readonly present: DiagnosedFailure | undefined;
  /** How many different older failures are left out. */
  readonly more: number;
}

/** Explains what a text says about a unit with its drop-ins; each failure has the causes that its own start shows, and with `context` those among other units. */
export function failuresOf(unit: Unit, given: string, context?: UnitContext): DiagnosedLog {
  const { now, failures, more } = failuresIn(given, loggedUnit(unit));
  const diagnosed = failures.map((failure): DiagnosedFailure => {
    const { evidence } = failure;
    const causes = causesOf(unit, failure, context);
    const lines = tellingLines(unit, evidence, causes);
    return {
      ...failure,
      headings: failure.kind === "failure" ? headingsOf(evidence) : [],
      lines: evidence.telling.slice(-MAX_SHOWN_LINES),
      causes: causes.map((it) => ({ ...it, lines: lines.get(it) ?? [] })),
    };
  });
  const shown = diagnosed.filter(({ kind, evidence, causes }) =>
    kind === "failure" ? hasEvidence(evidence) : causes.length > 0,
  );
  return { now, failures: shown, present: shown.find((it) => it.isPresent && it.kind === "failure"), more };
}

/** What the log shows, with what the rules knew before; all that they find wrong where nothing else is known. */
function causesOf(unit: Unit, { kind, evidence }: LoggedFailure, context?: UnitContext): readonly CausingSetting[] {
  const causes = withReading(unit, diagnose(unit, evidence));
  if (kind !== "failure") return ranked([...foreseenCauses(unit, evidence, context, isOfAnyUnit), ...causes]);
  const all = ranked([...foreseenCauses(unit, evidence, context), ...causes]);
  return all.length > 0 ? all : ranked(anyMistake(unit, context));
}

const hasEvidence = ({ statuses, signals, results, messages, calls }: Evidence): boolean =>
  [statuses, signals, results, messages, calls].some((it) => it.length > 0);

/** How sure a cause is, in a word. */
export function certaintyOf({ weight }: CausingSetting): "sure" | "likely" | "possible" {
  return weight >= SURE - 5 ? "sure" : weight >= LIKELY ? "likely" : "possible";
}

/** Where a cause stands: the line from 1 in the file or drop-in; undefined where no line says it. */
export function causePlace({ origin }: CausingSetting, file: string, dropIns: readonly string[]): string | undefined {
  if (!origin) return undefined;
  const name = origin.dropIn === undefined ? file : (dropIns[origin.dropIn] ?? "a drop-in");
  return `${name}:${origin.node.firstLine + 1}`;
}
