import type { KnownObjection, KnownObjections } from "../learn/known.ts";
import { type Facts, factsOf } from "../service/facts.ts";
import type { Kind } from "../service/kinds.ts";
import { ROOT_CAPABILITIES } from "../service/rootCapabilities.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { addedWithoutRun } from "./addedWithoutRun.ts";
import { evidenceAgainst } from "./evidence.ts";
import {
  doubtOf,
  type Excluded,
  excludedBy,
  isAboutKind,
  type NeededBy,
  neededBy,
  notSafeFor,
  nounOf,
} from "./exclusions.ts";
import { serviceObjection } from "./fit.ts";
import { devicesNamed, homeServed, homesNamed, kindsAtHome, neededIn } from "./needed.ts";
import { type HardeningDirective, ROWS, type Row } from "./profiles.ts";
import { excludedIn, settingRead, USUAL_OF } from "./settingRead.ts";
import { impliesValue } from "./strictness.ts";
import { GENTLER_BREAKS } from "./tables/gentlerBreaks.ts";
import { OPEN_NEEDS } from "./tables/openNeeds.ts";
import { ownWrittenPlace } from "./writes.ts";

/** Whether what a kind needs of a setting depends on what people connect, share or run, which no run shows. */
export function isOpenTo(kind: Kind, name: HardeningDirective): boolean {
  const needs = OPEN_NEEDS[kind] ?? [];
  return needs === "everything" || needs.includes(name);
}

/** What is known of a service without a run of it, for learning, which asks it about each setting. */
export const knownOf: (unit: Unit) => KnownObjections = memo((unit: Unit): KnownObjections => {
  const facts = factsOf(unit);
  return (key, value) => {
    const row = ROWS.find((it) => it.directive === key);
    const found = row && (CASES[row.directive]?.(facts, value) ?? ofSetting(row.directive, facts));
    return found && unlessAdded(found, row, facts, value);
  };
});

/** What is known against a value, unless hardening adds it without any run; where it adds a gentler one, that stands in its place. */
function unlessAdded(found: KnownObjection, row: Row, facts: Facts, value: string): KnownObjection | undefined {
  if (found.instead) return found;
  const [added] = addedWithoutRun(row, facts);
  if (added === undefined) return found;
  if (found.keeps) return withoutDenied(found, added);
  if (impliesValue(row.directive, [added], value) || deniesLess(value, added)) return undefined;
  if (found.isDoubt) return found;
  const gentler = added.startsWith("~") ? withoutWords(added, value) : added;
  return gentler === "" ? found : { reason: found.reason, instead: { value: gentler, mayBreak: undefined } };
}

/** What such services may need, without what nothing in this one's code has a use for. */
function withoutDenied(found: KnownObjection, added: string): KnownObjection | undefined {
  const denied = new Set(added.startsWith("~CAP_") ? added.slice(1).split(" ") : []);
  const keeps = found.keeps?.filter((it) => !denied.has(it)) ?? [];
  return keeps.length === 0 ? undefined : { ...found, keeps };
}

/** Whether a list denies only what another one denies. */
const deniesLess = (value: string, than: string): boolean =>
  value.startsWith("~") && than.startsWith("~") && withoutWords(value, than.slice(1)) === "";

/** A list of what is denied, without some words; empty where none is left. */
function withoutWords(denied: string, words: string): string {
  const out = new Set(words.split(/\s+/));
  const rest = denied
    .slice(1)
    .split(/\s+/)
    .filter((it) => !out.has(it));
  return rest.length === 0 ? "" : `~${rest.join(" ")}`;
}

/** What is known against every value of a setting, or what has to hold for it. */
function ofSetting(name: HardeningDirective, shown: Facts): KnownObjection | undefined {
  const facts = openFacts(name, shown);
  // Of capabilities a list may be borne where none is not.
  const reason = against(name, name === "CapabilityBoundingSet" ? { ...facts, privileged: true } : facts);
  if (reason !== undefined && !SPEAKS.test(reason)) return { reason, ...(isAboutKind(reason) && { isOfKind: true }) };
  // A word is a guess, which its code answers.
  if (reason !== undefined) return isReadFor(name, shown) ? undefined : { reason, isDoubt: true };
  const doubt = doubtOf(name, facts.kinds, true);
  return doubt === undefined ? undefined : { reason: doubt, isDoubt: true };
}

/** Whether the programs can be read, and nothing in them needs what a setting takes away. */
function isReadFor(name: HardeningDirective, facts: Facts): boolean {
  const isFor = (it: HardeningDirective): boolean => settingRead(it, facts, USUAL_OF[it] ?? "yes")?.says === "for";
  // What its own code asks for learning keeps; nothing else gains rights.
  return name === "CapabilityBoundingSet" ? isFor("SystemCallFilter") && isFor("NoNewPrivileges") : isFor(name);
}

/** The same facts with those kinds alone whose needs no run shows. */
const openFacts = (name: HardeningDirective, facts: Facts): Facts => ({
  ...facts,
  kinds: new Set([...facts.kinds].filter((it) => isOpenTo(it, name))),
});

/**
 * What is idle for root is not once it has lost its rights, and does no harm before. Whether programs of a user gain rights,
 * and whether there are namespaces for that user, a run shows.
 */
function against(name: HardeningDirective, facts: Facts): string | undefined {
  const reason = serviceObjection(name, facts) ?? named(name, facts);
  return reason === undefined || /^without effect|^not safe here: the name of its program speaks/.test(reason)
    ? undefined
    : reason;
}

/** What the unit names, for which a profile knows a value that holds under a condition, which no run shows. */
function named(name: HardeningDirective, facts: Facts): string | undefined {
  const [home] = name === "ProtectHome" ? homesNamed(facts) : [];
  const written = name === "ProtectSystem" ? ownWrittenPlace(facts) : undefined;
  if (written !== undefined) return `not safe here: it writes ${written}`;
  if (home !== undefined) return `not safe here: it uses ${home}`;
  const [device] = name === "ProtectClock" || name === "DevicePolicy" ? devicesNamed(facts) : [];
  return device === undefined
    ? undefined
    : `not safe here: with it only a few devices are allowed, and it uses ${device}`;
}

/** Words of a description are a guess, which leaves a setting seen; those in the name of a program its run answers. */
const SPEAKS = /^not safe here: its (?:description|name) speaks of /;

/** What speaks against a strict value alone, as of the setting itself. */
function strictly(name: Excluded, of: HardeningDirective, shown: Facts): string | undefined {
  const facts = openFacts(of, shown);
  const kind = excludedIn(facts, name, facts.kinds);
  if (kind !== undefined) return notSafeFor(kind);
  const evidence = evidenceAgainst(name, facts);
  return evidence === undefined || / speaks of /.test(evidence) ? undefined : `not safe here: ${evidence}`;
}

/** What a daemon serves out of homes, where its configuration says so. */
function servingHome(facts: Facts): string | undefined {
  const served = homeServed(facts);
  return served && `not safe here: it reads ${served}`;
}

type Case = (facts: Facts, value: string) => KnownObjection | undefined;

const CASES: Readonly<Partial<Record<HardeningDirective, Case>>> = {
  ProtectSystem: (facts, value) =>
    value === "strict"
      ? gentler("ProtectSystem", "full", strictly("ProtectSystem=strict", "ProtectSystem", facts), facts)
      : undefined,
  ProtectHome: (facts, value) =>
    value === "read-only"
      ? undefined
      : gentler(
          "ProtectHome",
          "read-only",
          servingHome(facts) ?? strictly("ProtectHome=tmpfs", "ProtectHome", { ...facts, kinds: kindsAtHome(facts) }),
          facts,
        ),
  CapabilityBoundingSet: (facts, value) => {
    const reason = strictly("CapabilityBoundingSet=", "CapabilityBoundingSet", facts);
    const { kinds } = openFacts("CapabilityBoundingSet", facts);
    if (excludedIn(facts, "CapabilityBoundingSet", kinds) !== undefined) return undefined;
    return keeping(value, ROOT_CAPABILITIES, reason) ?? lacking("CapabilityBoundingSet", value, { ...facts, kinds });
  },
  RestrictAddressFamilies: (shown, value) => {
    const facts = openFacts("RestrictAddressFamilies", shown);
    if (against("RestrictAddressFamilies", facts) !== undefined) return undefined;
    const network = excludedBy("PrivateNetwork", facts.kinds);
    if (network !== undefined) return keeping(value, NETWORK, `not safe for ${network}`);
    return lacking("RestrictAddressFamilies", value, facts);
  },
  // Programs with rights of their own call more than the service; where capset() is denied, it loses their rights as well.
  SystemCallFilter: (facts, value) => {
    if (!value.startsWith("~")) {
      // Who keeps the right to change its root for a client calls what no usual service does.
      const rights = strictly("CapabilityBoundingSet=", "CapabilityBoundingSet", facts);
      const own = facts.privileged ? keeping(value, ["chroot"], rights) : undefined;
      return own ?? lacking("SystemCallFilter", value, openFacts("SystemCallFilter", facts));
    }
    if (!value.slice(1).split(/\s+/).includes("@privileged")) return undefined;
    const rights = strictly("CapabilityBoundingSet=", "CapabilityBoundingSet", facts);
    const reason = against("NoNewPrivileges", openFacts("NoNewPrivileges", facts)) ?? rights;
    return against("SystemCallFilter", openFacts("SystemCallFilter", facts)) === undefined && reason !== undefined
      ? { reason, keeps: ["@privileged"] }
      : undefined;
  },
};

const NETWORK = ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_UNIX"];

/** A gentler value, where only the strict one is not borne. */
function gentler(
  name: HardeningDirective,
  instead: string,
  reason: string | undefined,
  facts: Facts,
): KnownObjection | undefined {
  if (reason === undefined || against(name, openFacts(name, facts)) !== undefined) return undefined;
  return { reason, instead: { value: instead, mayBreak: GENTLER_BREAKS[`${name}=${instead}`] } };
}

/** Lists that are settings of their own. */
type ListOfNeeds = Extract<NeededBy, HardeningDirective>;

/** What a service needs in a list, by its kind or by what its lines name. */
function lacking(name: ListOfNeeds, value: string, facts: Facts): KnownObjection | undefined {
  const { words } = neededIn(name, facts);
  const kind = [...facts.kinds].find((it) => neededBy(name, new Set([it])).length > 0);
  const whom = kind === undefined ? "here" : `for ${nounOf(kind)}`;
  return words.length > 0 && against(name, facts) === undefined
    ? keeping(value, words, `not safe ${whom}: it may need ${words.join(" ")}`)
    : undefined;
}

/** Words that a list lacks, where it is not borne without. */
function keeping(value: string, words: readonly string[], reason: string | undefined): KnownObjection | undefined {
  const own = value.split(/\s+/);
  const keeps = words.filter((it) => !own.includes(it));
  return reason === undefined || keeps.length === 0 ? undefined : { reason, keeps };
}

/**
 * Whether what is known of such programs stands above a proof: what the unit names, and what people connect, share or run with
 * them. What only words let suspect does not, and of a list only the words count that it lacks.
 */
export function outlastsProof(known: KnownObjection | undefined): boolean {
  if (!known || known.keeps) return false;
  return !known.isDoubt || known.reason.startsWith("if ");
}

/** A list with more words, in the order of the alphabet. */
export const withWords = (value: string, more: readonly string[]): string =>
  [...new Set([...value.split(/\s+/), ...more])]
    .filter((it) => it !== "")
    .toSorted()
    .join(" ");
