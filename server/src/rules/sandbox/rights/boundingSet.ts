import { CAPABILITIES } from "../../../facts/capabilities.ts";
import type { Rule } from "../../../findings/rule.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import { splitWords } from "../../../syntax/words.ts";
import { mergedAssignments } from "../../../units/unit.ts";
import { parseCapability } from "../../../values/capability.ts";

/** Follows config_parse_capability_set(), systemd 257 to 262; each case was seen in CapBnd of /proc/self/status with 257. */
export const boundingSet: Rule = {
  code: "sandbox/bounding-set",
  needs: ["CapabilityBoundingSet"],
  *check(unit) {
    const subject = loadedUnit(unit);
    if (!subject) return;
    const lines = mergedAssignments(unit, subject.section, "CapabilityBoundingSet");
    if (lines.length === 0 || lines.length > MAX_LINES) return;
    for (const { place, message } of surprisesOf(lines.map((it) => it.text))) {
      const line = lines[place];
      if (!line || !isOwn(unit, line)) continue;
      yield {
        ...line.valueSpan,
        severity: "warning",
        message: `CapabilityBoundingSet= ${message}`,
        directive: "CapabilityBoundingSet",
      };
    }
  },
};

/** More lines than any unit has. */
const MAX_LINES = 300;

interface Surprise {
  readonly place: number;
  readonly message: string;
}

/** What the lines do that nobody can mean. */
function surprisesOf(lines: readonly string[]): readonly Surprise[] {
  const found: Surprise[] = [];
  let state: "all" | "denied" | "listed" | "empty" = "all";
  let removed = new Set<number>();
  for (const [place, value] of lines.entries()) {
    const inverted = value.startsWith("~");
    const words = splitWords(inverted ? value.slice(1) : value, "quotes").words;
    const known = words.map((it) => parseCapability(it.value)).filter((it) => it !== undefined);
    const real = known.filter((it) => it < CAPABILITIES.length);
    if (known.length === 0) {
      if (words.length > 0) found.push({ place, message: inverted ? ALL : NOTHING });
      state = inverted ? "all" : "empty";
      removed = new Set();
    } else if (inverted) {
      if (state === "empty") found.push({ place, message: FROM_EMPTY });
      else if (state === "all") state = "denied";
      for (const it of real) removed.add(it);
    } else {
      if (state === "denied" && !real.some((it) => removed.has(it))) found.push({ place, message: TO_ALL });
      if (state === "all" || state === "empty") state = "listed";
      for (const it of real) removed.delete(it);
    }
  }
  return found;
}

const ALL = "removes only unknown capabilities: systemd allows all capabilities";
const NOTHING = "lists only unknown capabilities: the service has no capability at all";
const FROM_EMPTY = "removes from a set that an earlier line cleared: the service has no capability at all";
const TO_ALL = "restricts nothing here: it adds to what earlier ~ lines leave, which already has these capabilities";
