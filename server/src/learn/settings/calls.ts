import { NAMESPACE_KINDS } from "../../facts/namespaces.ts";
import { callsOf, systemCalls } from "../../facts/systemCalls.ts";
import type { SystemdVersion } from "../../facts/version.ts";
import { callsFor, letsThrough } from "../../security/callSet.ts";
import { assigned, inForce, textOf } from "../../service/settings.ts";
import { missedFiles, usedFiles } from "../kernelFiles.ts";
import type { LearntSetting } from "../learnt.ts";
import type { Sight } from "../needs.ts";
import { abilityWords, unseenAbilities } from "./abilities.ts";
import { keptCapabilities } from "./capabilities.ts";
import { type LearnContext, type LearnRule, neededCall, offered, refused } from "./learnContext.ts";
import { shownOf } from "./needSigns.ts";
import { listed } from "./sentences.ts";

/** What most services never call, taken out of @system-service. */
const TAKEN = ["@privileged", "@resources"];

/** Groups that are let through as a whole once one call of them was seen, the smallest first. */
const WHOLE = [
  "@pkey",
  "@keyring",
  "@memlock",
  "@sandbox",
  "@chown",
  "@setuid",
  "@swap",
  "@module",
  "@raw-io",
  "@debug",
  "@clock",
  "@mount",
];

/** A filter of groups: what services call, without what few need, and the groups and calls of both that were seen. */
export const callFilter: LearnRule = (context) => {
  const { needs, unit } = context;
  const { version } = unit;
  const seen = Object.keys(needs.syscalls).flatMap((name) => {
    const sight = systemCalls(version).names.has(name) ? neededCall(needs, name) : undefined;
    return sight ? [{ name, sight }] : [];
  });
  const service = callsOf("@system-service", version) ?? new Set();
  const taken = new Set(TAKEN.flatMap((it) => [...(callsOf(it, version) ?? [])]));
  const outside = seen.filter((it) => !service.has(it.name) && !taken.has(it.name));
  const back = seen.filter((it) => taken.has(it.name));
  const first = ["@system-service", ...grouped(outside, version)].join(" ");
  const evidence = firstEvidence(outside);
  const sights = outside.map((it) => it.sight);
  const denied = back.map((it) => it.sight);
  const settings = [
    ...(hasNarrowList(context, first) ? [] : [offered("SystemCallFilter", first, evidence, sights, MAY_BREAK)]),
    offered("SystemCallFilter", `~${TAKEN.join(" ")}`, takenEvidence(back), denied),
    ...ownDenials(context, new Set([...service].filter((it) => !taken.has(it)))),
  ];
  const names = grouped(back, version);
  const unseen = [
    ...keptCapabilities(context).flatMap(({ calls, reason }) => (calls === undefined ? [] : [{ word: calls, reason }])),
    ...abilityCalls(context, new Set([...service].filter((it) => !taken.has(it)))),
    ...(gainsRights(context) ? [{ word: "capset", reason: WITHOUT_CAPSET }] : []),
  ].filter((it, at, all) => !names.includes(it.word) && all.findIndex((other) => other.word === it.word) === at);
  if (names.length > 0 || unseen.length > 0)
    settings.push(
      offered(
        "SystemCallFilter",
        [...names, ...unseen.map((it) => it.word)].join(" "),
        [...new Set([...(back.length > 0 ? [`${callNames(back)} seen`] : []), ...unseen.map((it) => it.reason)])].join(
          "; ",
        ),
        back.map((it) => it.sight),
      ),
    );
  if (assigned(unit, "SystemCallErrorNumber").length === 0)
    settings.push(
      offered("SystemCallErrorNumber", "EPERM", "a call that was never seen fails instead of ending the service"),
    );
  return settings;
};

/** What own code calls that no run did, of what the filter would take. */
const abilityCalls = (context: LearnContext, open: ReadonlySet<string>) =>
  unseenAbilities(context).flatMap(({ row, reason }) =>
    abilityWords(row, context).flatMap((word) =>
      [...(callsOf(word, context.unit.version) ?? [word])].every((it) => open.has(it)) ? [] : [{ word, reason }],
    ),
  );

/**
 * Whether programs of a service with a user of its own get rights by their files. Seen with 257: systemd changes to the user after
 * it has loaded a filter, and drops rights then; where the filter denies capset(), it changes before, and sets no_new_privs for it.
 */
function gainsRights({ needs, unit, settings: { systemCalls: own } }: LearnContext): boolean {
  if (!letsThrough(own, "capset", unit.version)) return false;
  return textOf(unit, "User") !== undefined && Object.values(needs.programs).some((it) => it.privileged);
}

const WITHOUT_CAPSET =
  "where capset is denied to a service with User=, systemd keeps programs from getting rights of their own";

const MAY_BREAK = "A call that the run did not make fails with EPERM.";

/** Whether the unit has an allow list that lacks some of these calls: it stays, and only more is taken out of it. */
function hasNarrowList({ settings: { systemCalls: own }, unit }: LearnContext, words: string): boolean {
  if (own?.allow !== true) return false;
  return !words.split(" ").every((word) => {
    const calls = callsFor(word, unit.version);
    const taken = TAKEN.map((it) => callsFor(it, unit.version));
    return calls?.every(
      (bits, i) => (bits & ~(own.members[i] ?? 0) & ~taken.reduce((all, it) => all | (it?.[i] ?? 0), 0)) === 0,
    );
  });
}

interface SeenCall {
  readonly name: string;
  readonly sight: Sight;
}

/** Calls by the whole groups that they belong to, so that others that do the same work as well. */
function grouped(calls: readonly SeenCall[], version: SystemdVersion): readonly string[] {
  return [...new Set(calls.map(({ name }) => WHOLE.find((it) => callsOf(it, version)?.has(name)) ?? name))].sort();
}

const firstEvidence = (outside: readonly SeenCall[]): string =>
  outside.length === 0
    ? "all calls that were seen are in @system-service"
    : `of the calls that were seen only ${callNames(outside)} outside of @system-service`;

const takenEvidence = (back: readonly SeenCall[]): string =>
  back.length === 0 ? "none of these was called" : `of these only ${callNames(back)} seen`;

const callNames = (calls: readonly SeenCall[]): string => {
  const names = calls.map((it) => it.name).sort();
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)} were` : `${names[0]} was`;
};

/** What the unit itself denies stays denied. */
function ownDenials({ unit }: LearnContext, open: ReadonlySet<string>): readonly LearntSetting[] {
  const denied = inForce(unit, "SystemCallFilter").flatMap(({ text }) =>
    text.startsWith("~") ? text.slice(1).trim().split(/\s+/) : [],
  );
  const more = denied.filter((it) =>
    [...(callsOf(it, unit.version) ?? [it.replace(/:.*$/s, "")])].some((name) => open.has(name)),
  );
  return more.length > 0 ? [offered("SystemCallFilter", `~${more.join(" ")}`, "the unit denies these already")] : [];
}

const FLAGS: Readonly<Record<string, string>> = {
  CLONE_NEWCGROUP: "cgroup",
  CLONE_NEWIPC: "ipc",
  CLONE_NEWNET: "net",
  CLONE_NEWNS: "mnt",
  CLONE_NEWPID: "pid",
  CLONE_NEWUSER: "user",
  CLONE_NEWUTS: "uts",
  CLONE_NEWTIME: "time",
};

/** The kind of namespace that a mark is about. */
export const namespaceKind = (mark: string): string | undefined => FLAGS[/^namespace:(.*)$/s.exec(mark)?.[1] ?? ""];

/** No namespaces but the kinds that were made or entered. */
export const namespaces: LearnRule = (context) => {
  const [shown] = shownOf(context, "namespaces");
  if (!shown) return [offered("RestrictNamespaces", "yes", "no namespace was made or entered")];
  const flags = Object.keys(context.needs.marks).flatMap((it) => /^namespace:(.*)$/s.exec(it)?.[1] ?? []);
  const kinds = flags.map((it) => FLAGS[it]);
  if (flags.length === 0 || kinds.includes(undefined))
    return [refused("RestrictNamespaces", "yes", shown.reason, shown.sights)];
  const value = NAMESPACE_KINDS.map((it) => it.text)
    .filter((it) => kinds.includes(it))
    .join(" ");
  return [offered("RestrictNamespaces", value, `only these namespaces were made: ${value}`, shown.sights)];
};

/** Only the files of processes in /proc: without the others programs go on, but with other figures, and say nothing. */
export const processFiles: LearnRule = (context) => {
  const { needs } = context;
  const missed = missedFiles(needs);
  const [shown] = shownOf(context, "proc-files");
  const marks = shown?.sights ?? [];
  if (missed.length > 0) {
    const sights = missed.flatMap((it) => it.sights);
    return [refused("ProcSubset", "pid", `uses ${listed(missed.map((it) => it.path))}, which no process has`, sights)];
  }
  const used = usedFiles(needs).map((it) => it.path);
  if (used.length === 0 && shown) return [refused("ProcSubset", "pid", shown.reason, marks)];
  const evidence =
    used.length > 0
      ? `of /proc only ${listed(used)} and the files of processes were read, and libraries do the same without`
      : "nothing of /proc but the files of processes was read";
  return [offered("ProcSubset", "pid", evidence, marks)];
};
