import { addressFamily } from "../../../facts/addressFamilies.ts";
import type { SystemdVersion } from "../../../facts/version.ts";
import { type CallSet, callsFor, changeCalls, noCalls } from "../../../security/callSet.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { loadedUnit } from "../../../service/loadedUnit.ts";
import { inForce, valuesOf } from "../../../service/settings.ts";
import { splitWords } from "../../../syntax/words.ts";
import { memo } from "../../../units/memo.ts";
import { parseFilterWord } from "../../../values/systemCall.ts";
import type { Rule } from "../../rule.ts";

const LISTS = ["SystemCallFilter", "RestrictAddressFamilies"] as const;

/** Follows config_parse_syscall_filter() and config_parse_address_families(), systemd 257 to 262; seen with 257. */
export const denyFirst: Rule = {
  code: "sandbox/deny-first",
  title: "Allow list after a deny list",
  why: "The first line decides whether the list allows or denies. After a line with ~, a plain line removes its words from what is denied, and everything that no line names stays allowed, so that an allow list restricts nothing.",
  page: "systemd.exec(5)",
  bad: {
    text: "[Service]\nExecStart=/bin/true\nSystemCallFilter=~@clock\nSystemCallFilter=@system-service\nSystemCallArchitectures=native\n",
  },
  good: {
    text: "[Service]\nExecStart=/bin/true\nSystemCallFilter=@system-service\nSystemCallFilter=~@clock\nSystemCallArchitectures=native\n",
  },
  silent: [
    {
      text: "[Service]\nExecStart=/bin/true\nSystemCallFilter=~@mount @clock\nSystemCallFilter=umount2\nSystemCallArchitectures=native\n",
    },
    {
      text: "[Service]\nExecStart=/bin/true\nRestrictAddressFamilies=~AF_PACKET AF_NETLINK\nRestrictAddressFamilies=AF_NETLINK\nSystemCallArchitectures=native\n",
    },
    {
      text: "[Service]\nExecStart=/bin/true\nSystemCallFilter=~@clock\nSystemCallFilter=\nSystemCallFilter=@system-service\nSystemCallArchitectures=native\n",
    },
  ],
  *check(unit) {
    const subject = loadedUnit(unit);
    if (!subject) return;
    for (const name of LISTS) {
      const values = valuesOf(unit, name);
      if (values.length < 2 || !values[0]?.startsWith("~")) continue;
      const places = idleLines[name](values);
      if (places.length === 0) continue;
      const lines = inForce(unit, name);
      for (const place of places) {
        const line = lines[place];
        if (!line || !isOwn(unit, line)) continue;
        yield {
          ...line.valueSpan,
          severity: "warning",
          message: `${name}= restricts nothing here: the first line begins with ~, and this one only removes words from what is denied`,
          directive: name,
        };
      }
    }
  },
};

/** The plain lines after a deny list that take nothing out of it. */
const idleLines: Readonly<Record<(typeof LISTS)[number], (values: readonly string[]) => readonly number[]>> = {
  SystemCallFilter: memo((values) => idleFilters(values)),
  RestrictAddressFamilies: memo((values) => idleFamilies(values)),
};

/** The groups of the two verified versions differ too little to matter. */
const VERSION: SystemdVersion = 262;

/** A group that only an allow list is made of counts as idle also where it shares a call with what is denied. */
function idleFilters(values: readonly string[]): number[] {
  const denied = noCalls(VERSION);
  return idle(values, (words, inverted) => {
    let hit = false;
    for (const word of words) {
      const parsed = parseFilterWord(word);
      const calls = parsed && callsFor(parsed.name, VERSION);
      if (!calls) {
        hit = true;
        continue;
      }
      hit ||= shares(denied, calls) && word !== "@system-service";
      changeCalls(denied, calls, inverted ? "add" : "remove");
    }
    return hit;
  });
}

const shares = (set: CallSet, other: CallSet): boolean => set.some((bits, i) => (bits & (other[i] ?? 0)) !== 0);

function idleFamilies(values: readonly string[]): number[] {
  const denied = new Set<number>();
  return idle(values, (words, inverted) => {
    let hit = false;
    for (const word of words) {
      const family = addressFamily(word);
      if (family === undefined) hit = true;
      else if (inverted) denied.add(family);
      else hit = denied.delete(family) || hit;
    }
    return hit;
  });
}

/** `hits` says whether a plain line takes something away, or has a word that is found wrong elsewhere. */
function idle(values: readonly string[], hits: (words: readonly string[], inverted: boolean) => boolean): number[] {
  return values.flatMap((value, place) => {
    const inverted = value.startsWith("~");
    const words = splitWords(inverted ? value.slice(1) : value, "plain").words.map((it) => it.value);
    return !hits(words, inverted) && !inverted && words.length > 0 ? [place] : [];
  });
}
