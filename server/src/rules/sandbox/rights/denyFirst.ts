import { addressFamily } from "../../../facts/addressFamilies.ts";
import type { SystemdVersion } from "../../../facts/version.ts";
import type { Rule } from "../../../findings/rule.ts";
import { type CallSet, callsFor, changeCalls, noCalls } from "../../../security/callSet.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import { inForce, valuesOf } from "../../../service/settings.ts";
import { splitWords } from "../../../syntax/words.ts";
import { memo } from "../../../units/memo.ts";
import { parseFilterWord } from "../../../values/systemCall.ts";

const LISTS = ["SystemCallFilter", "RestrictAddressFamilies"] as const;

/** Follows config_parse_syscall_filter() and config_parse_address_families(), systemd 257 to 262; seen with 257. */
export const denyFirst: Rule = {
  code: "sandbox/deny-first",
  needs: LISTS,
  *check(unit) {
    const subject = loadedUnit(unit);
    if (!subject) return;
    for (const name of LISTS) {
      const values = valuesOf(unit, name);
      if (values.length < 2 || !values[0]?.startsWith("~")) continue;
      const places = plainLines[name](values);
      if (places.length === 0) continue;
      const lines = inForce(unit, name);
      for (const { at, effect } of places) {
        const line = lines[at];
        if (!line || !isOwn(unit, line)) continue;
        yield { ...line.valueSpan, severity: "warning", message: `${name}= ${MESSAGES[effect]}`, directive: name };
      }
    }
  },
};

/** What a plain line after a deny list does: it takes nothing out, some of its words do, or it leaves nothing denied. */
type Effect = "idle" | "mixed" | "empties";

const MESSAGES: Readonly<Record<Effect, string>> = {
  idle: "restricts nothing here: the first line begins with ~, and this one only removes words from what is denied",
  mixed:
    "is no allow list here: the first line begins with ~, and this one allows again what it names of what is denied; its other words have no effect",
  empties: "allows again all that the lines before deny: the list restricts nothing",
};

interface PlainLine {
  readonly at: number;
  readonly effect: Effect;
}

/** The plain lines after a deny list that do not only take something out of it. */
const plainLines: Readonly<Record<(typeof LISTS)[number], (values: readonly string[]) => readonly PlainLine[]>> = {
  SystemCallFilter: memo((values) => plainFilters(values)),
  RestrictAddressFamilies: memo((values) => plainFamilies(values)),
};

/** The groups of the two verified versions differ too little to matter. */
const VERSION: SystemdVersion = 262;

/** A group that only an allow list is made of counts as idle also where it shares a call with what is denied. */
function plainFilters(values: readonly string[]): readonly PlainLine[] {
  const denied = noCalls(VERSION);
  const judge = (word: string, inverted: boolean): boolean | undefined => {
    const parsed = parseFilterWord(word);
    const calls = parsed && callsFor(parsed.name, VERSION);
    if (!calls) return undefined;
    const hit = shares(denied, calls) && word !== "@system-service";
    changeCalls(denied, calls, inverted ? "add" : "remove");
    return hit;
  };
  return plain(values, judge, () => denied.every((bits) => bits === 0));
}

const shares = (set: CallSet, other: CallSet): boolean => set.some((bits, i) => (bits & (other[i] ?? 0)) !== 0);

function plainFamilies(values: readonly string[]): readonly PlainLine[] {
  const denied = new Set<number>();
  const judge = (word: string, inverted: boolean): boolean | undefined => {
    const family = addressFamily(word);
    if (family === undefined) return undefined;
    if (!inverted) return denied.delete(family);
    denied.add(family);
    return false;
  };
  return plain(values, judge, () => denied.size === 0);
}

/** `judge` says whether a word takes something away, undefined where it is found wrong elsewhere; `isEmpty` what is left at the end. */
function plain(
  values: readonly string[],
  judge: (word: string, inverted: boolean) => boolean | undefined,
  isEmpty: () => boolean,
): readonly PlainLine[] {
  const found: PlainLine[] = [];
  let last = -1;
  for (const [at, value] of values.entries()) {
    const inverted = value.startsWith("~");
    const words = splitWords(inverted ? value.slice(1) : value, "plain").words;
    const hits = words.map((it) => judge(it.value, inverted));
    if (inverted || words.length === 0) continue;
    if (hits.includes(true)) last = at;
    if (hits.includes(undefined) || !hits.includes(false)) continue;
    found.push({ at, effect: hits.includes(true) ? "mixed" : "idle" });
  }
  return last >= 0 && isEmpty() && !found.some(({ at }) => at === last)
    ? [...found, { at: last, effect: "empties" }]
    : found;
}
