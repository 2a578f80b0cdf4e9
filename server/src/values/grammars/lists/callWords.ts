import { SYSTEM_CALL_GROUP_SUMMARIES } from "../../../facts/systemCallGroupSummaries.ts";
import { callsOf, systemCalls } from "../../../facts/systemCalls.ts";
import { byVersion } from "../../../facts/version.ts";
import type { HoverTopic, Offer } from "../../grammar.ts";

/** More members than these are counted in a hover, not listed. */
const MAX_LISTED = 150;

/** Whether a word is a group of system calls. */
export const isGroup = (word: string, version: number): boolean => systemCalls(version).groups.has(word);

/** Whether a word is a system call that libseccomp has a number for, on this architecture or another one. */
export const isCall = (word: string, version: number): boolean =>
  systemCalls(version).names.has(word) && !isUnresolved(word, version);

/** Whether systemd knows the name of a call, but libseccomp no number for it. */
export const isUnresolved = (word: string, version: number): boolean => systemCalls(version).unresolved.has(word);

interface Index {
  readonly offers: readonly Offer[];
  /** The groups that hold a call, apart from `@known`. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** The group that most allow lists begin with. */
const COMMON = "@system-service";

const groupOffer = (text: string): Offer => ({ text, summary: `${summaryOf(text)}.`, role: "name" });

const index = byVersion((version): Index => {
  const { groups, native } = systemCalls(version);
  const holders = new Map<string, string[]>();
  for (const [group, members] of groups) {
    if (group === "@known") continue;
    for (const member of members) holders.set(member, [...(holders.get(member) ?? []), group]);
  }
  return {
    groups: holders,
    offers: [
      ...[COMMON, ...[...groups.keys()].filter((it) => it !== COMMON)].map(groupOffer),
      ...[...native].sort().map((text) => ({ text, summary: inGroups(holders.get(text)), role: "word" as const })),
    ],
  };
});

const SUMMARIES: Readonly<Record<string, string>> = SYSTEM_CALL_GROUP_SUMMARIES;
const summaryOf = (group: string): string => SUMMARIES[group] ?? "";

const backquoted = (names: Iterable<string>): string => [...names].map((name) => `\`${name}\``).join(", ");

const inGroups = (groups: readonly string[] = []): string =>
  groups.length === 0 ? "In no group but `@known`." : `In ${backquoted(groups)}.`;

/** The groups and the calls of x86-64. */
export const callOffers = (version: number): readonly Offer[] => index(version).offers;

/** What a call or a group is: a call names its groups, a group its members. */
export function callTopic(word: string, version: number): HoverTopic {
  const title = `\`${word}\``;
  if (!word.startsWith("@")) {
    const text = `A system call. ${inGroups(index(version).groups.get(word))}`;
    return { kind: "prose", title, text };
  }
  const members = systemCalls(version).groups.get(word) ?? [];
  const count = callsOf(word, version)?.size ?? 0;
  const calls = members.length > MAX_LISTED ? `${count} calls.` : `${count} calls: ${backquoted(members)}.`;
  return { kind: "prose", title, text: `${summaryOf(word)}.\n\n${calls}` };
}
