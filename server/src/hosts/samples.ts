import { directive, grammarIn } from "../catalog/catalog.ts";
import { isSectionName } from "../catalog/sections.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { largest } from "../text/extremes.ts";
import { memo } from "../units/memo.ts";
import { whereAt } from "../units/where.ts";
import type { Member } from "../values/member.ts";
import { issuesOf } from "../values/read.ts";
import type { HostedSetting, HostedUnit } from "./hostedUnit.ts";

/** How many values are tried for what nobody knows: as many as the longest list of words that decides about other settings. */
const MOST_SAMPLES = 8;

const EXEC = /^Exec(?!SearchPath|Paths)/;
const UNITS =
  /^(?:After|Before|Wants|Requires|Requisite|BindsTo|PartOf|Upholds|Conflicts|WantedBy|RequiredBy|UpheldBy|OnFailure|OnSuccess|Triggers|TriggeredBy|Also|Unit|Service)$/;
const PATHS = /Paths$/;

/**
 * One of the values that a setting may have of which nothing is known; undefined where it may be missing as well. Each number
 * gives another one, the first the one to take for a single look.
 */
export function sampleFor(
  unit: HostedUnit,
  { section, key }: Pick<HostedSetting, "section" | "key">,
  version: SystemdVersion,
  number: number,
): string | undefined {
  if (EXEC.test(key)) return `/nix/store/${"e".repeat(32)}-unknown/bin/unknown`;
  if (number === 0) return undefined;
  if (UNITS.test(key)) return number % 2 === 1 ? mentioned(unit) : undefined;
  if (PATHS.test(key)) return number % 2 === 1 ? "/" : undefined;
  if (key === "User" || key === "Group") return number % 2 === 1 ? "someone" : undefined;
  const members = membersOf(section, key, version);
  if (members) return members[(number - 1) % members.length]?.value;
  return number % 2 === 1 ? (rightFor(unit, section, key, version) ?? "1") : undefined;
}

/** Values of which each type takes one, such as a time, a file, an address or a unit. */
const RIGHT: readonly string[] = [
  "1",
  "/run/x",
  "daily",
  "x",
  "1.1.1.1",
  "x.service",
  "CAP_KILL",
  "@basic-io",
  "x:/run/x",
];

/** A value that a setting takes; undefined where nothing is known of it. */
function rightFor(unit: HostedUnit, section: string, key: string, version: SystemdVersion): string | undefined {
  return RIGHT.find((it) => isRight(unit, { section, key }, it, version));
}

/** Whether systemd takes a value as far as its grammar says. */
export function isRight(
  { path }: HostedUnit,
  { section, key }: Pick<HostedSetting, "section" | "key">,
  value: string,
  version: SystemdVersion,
): boolean {
  const known = isSectionName(section) ? directive(section, key) : undefined;
  if (!known) return true;
  const where = { ...whereAt(path, version), certain: false };
  return issuesOf(grammarIn(known, version), value, where).length === 0;
}

/** All units that a unit names somewhere, as the one that nobody knows may be any of them. */
const mentioned = memo(({ settings }: HostedUnit): string | undefined => {
  const words = settings
    .filter((it) => UNITS.test(it.key))
    .flatMap((it) =>
      (it.parts ?? [])
        .map((part) => part.text)
        .join("")
        .split(/\s+/),
    )
    .filter((it) => it.includes("."));
  return words.length > 0 ? [...new Set(words)].join(" ") : undefined;
});

/**
 * How many looks a unit needs until what holds in each of them holds whatever its unknown values are: one for each word of
 * the longest list of words.
 */
export function samplesOf({ settings, open }: HostedUnit, version: SystemdVersion): number {
  const unknown = settings.filter((it) => it.parts === undefined);
  const most = largest(
    unknown.map(({ section, key }) => membersOf(section, key, version)?.length ?? 2),
    0,
  );
  if (most > 0) return 1 + Math.min(most, MOST_SAMPLES);
  return open || settings.some((it) => it.conditional || it.parts?.some((part) => !part.certain)) ? 2 : 1;
}

/** The words that a setting takes; undefined where it takes others. */
function membersOf(section: string, key: string, version: SystemdVersion): readonly Member[] | undefined {
  const known = directive(section, key);
  const type = known && grammarIn(known, version);
  return type?.kind === "enumeration" ? type.members : undefined;
}
