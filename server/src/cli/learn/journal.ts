import { withoutStamp } from "../../failures/logLines.ts";
import { mergeNeeds, NO_NEEDS } from "../../learn/merge.ts";
import type { Needs, PathNeed, Sight } from "../../learn/needs.ts";
import type { Unit } from "../../units/unit.ts";
import { type DeniedThing, deniedThings, thingName } from "./deniedThings.ts";

/** What a journal adds to what runs have shown. */
export interface FromJournal {
  readonly needs: Needs;
  /** What was denied, each with the line that shows it first. */
  readonly shown: readonly { readonly what: string; readonly line: string }[];
  /** Lines that speak of a denial without saying of what. */
  readonly unclear: readonly string[];
}

/** A cheap look at a line, which most lines do not pass. */
const SPEAKS_OF_DENIAL =
  /denied|not permitted|not allowed|read-only file system|not supported by protocol|family not supported|1326|SECCOMP|\bE(?:ACCES|PERM|ROFS|AFNOSUPPORT)\b/i;

/** As many different lines are looked at. */
const MOST_LINES = 5000;
const MAX_SAMPLE = 200;

/**
 * Reads what a journal says was denied to a service while it ran with the settings of a unit. `programs` are those that it was
 * seen to run, `seconds` is how long it was observed before: what the journal shows comes later.
 */
export function needsOfJournal(
  journal: string,
  unit: Unit,
  { programs, seconds }: Pick<Needs, "programs" | "seconds">,
): FromJournal {
  const known = new Set(Object.keys(programs));
  const lines = new Map<string, { number: number; count: number }>();
  for (const [i, line] of journal.split(/\r?\n/).entries()) {
    const text = withoutStamp(line).trim().slice(0, 2000);
    if (!SPEAKS_OF_DENIAL.test(text)) continue;
    const same = lines.get(text);
    if (same) same.count++;
    else if (lines.size < MOST_LINES) lines.set(text, { number: i + 1, count: 1 });
  }
  let needs = NO_NEEDS;
  const shown = new Map<string, string>();
  const unclear: string[] = [];
  for (const [line, { number, count }] of lines) {
    const things = deniedThings(line, unit, known);
    if (things?.length === 0) unclear.push(line);
    const sight = { count, first: seconds, last: seconds, at: `journal:${number}`, sample: line.slice(0, MAX_SAMPLE) };
    for (const it of things ?? []) {
      needs = mergeNeeds(needs, needsOfThing(it, sight));
      if (!shown.has(thingName(it))) shown.set(thingName(it), line);
    }
  }
  return { needs, shown: [...shown].map(([what, line]) => ({ what, line })), unclear };
}

function needsOfThing(it: DeniedThing, sight: Sight): Needs {
  switch (it.kind) {
    case "path": {
      const need: PathNeed = { used: { [it.use]: sight }, failed: {}, made: [], names: [] };
      return { ...NO_NEEDS, paths: { [it.path]: need } };
    }
    case "call":
      return { ...NO_NEEDS, syscalls: { [it.name]: { sight, failed: {} } } };
    case "capability":
      return { ...NO_NEEDS, capabilities: { [it.name]: { sight, reason: "do what the journal shows was denied" } } };
    case "family":
      return { ...NO_NEEDS, families: { [it.name]: sight } };
    case "mark":
      return { ...NO_NEEDS, marks: { [it.name]: sight } };
    case "program":
      return { ...NO_NEEDS, programs: { [it.name]: { sight, privileged: true } } };
  }
}
