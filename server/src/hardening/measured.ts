import MEASURED from "../../../data/measured/daemons.json" with { type: "json" };
import { unitDigest } from "../learn/unitDigest.ts";
import { packagedConfiguration } from "../needs/packagedConfiguration.ts";
import { type Facts, factsOf } from "../service/facts.ts";
import { runsCodeOf } from "../service/programNames.ts";
import { textOf } from "../service/settings.ts";
import { lazy } from "../text/tables.ts";
import { DATA_DIRECTORY_SETTINGS } from "../units/directories.ts";
import { templateOf } from "../units/index/target.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { knownOf, outlastsProof, withWords } from "./beyondRuns.ts";
import type { Confidence } from "./confidence.ts";
import { doubtOf, excludedBy } from "./exclusions.ts";
import { type Fit, fitOf } from "./fit.ts";
import { KEEP_RUN } from "./locked.ts";
import { conditionOf, isSetByConfiguration } from "./measuredCondition.ts";
import type { MeasuredDaemon } from "./measuredDaemon.ts";
import { holdsWithoutRun, surenessOf } from "./measuredSureness.ts";
import { type HardeningDirective, type Profile, ROWS, type Row } from "./profiles.ts";
import { impliesValue } from "./strictness.ts";
import { OPEN_NEEDS } from "./tables/openNeeds.ts";

/** What was measured of a service, and whether the unit runs just that or only the same program under the same name. */
interface MeasuredService {
  readonly daemon: MeasuredDaemon;
  readonly isSame: boolean;
  /** The values of each directive, in the order of the lines. */
  readonly proven: ReadonlyMap<string, readonly string[]>;
}

/** All daemons that were measured. */
export const measuredDaemons = (): readonly MeasuredDaemon[] => MEASURED.rows as readonly MeasuredDaemon[];

/** Asked before all rows are read, as most units are not among these. */
const NAMES = lazy(() => new Set(MEASURED.units.map(templateOf)));

const BY_UNIT = lazy(() => {
  const all = new Map<string, MeasuredDaemon[]>();
  for (const it of measuredDaemons()) {
    const name = templateOf(it.unit);
    all.set(name, [...(all.get(name) ?? []), it]);
  }
  return all;
});

const measuredOf = memo((unit: Unit): MeasuredService | undefined => {
  const { name, kind, scope } = unit.path;
  if (name === undefined || kind !== "service" || scope === "user") return undefined;
  const all = NAMES().has(templateOf(name)) ? BY_UNIT().get(templateOf(name)) : undefined;
  if (!all) return undefined;
  const digest = unitDigest(unit);
  const same = all.find((it) => it.digest === digest);
  const daemon = same ?? all.find((it) => runsTheSame(it, factsOf(unit)));
  if (!daemon) return undefined;
  const lines = daemon.settings.map((it) => [it.slice(0, it.indexOf("=")), it.slice(it.indexOf("=") + 1)] as const);
  const proven = new Map<string, string[]>();
  for (const [key, value] of lines) proven.set(key, [...(proven.get(key) ?? []), value]);
  return { daemon, isSame: same !== undefined, proven };
});

/** Whether there is something measured that a unit may go by. */
export const isMeasured = (unit: Unit): boolean => measuredOf(unit) !== undefined;

/** The daemon whose package starts a program by itself, not as a script of an interpreter. */
export function measuredProgram(path: string): MeasuredDaemon | undefined {
  if (runsCodeOf(path.replace(/^.*\//, ""))) return undefined;
  return measuredDaemons().find(({ programs: [only, ...others] }) => only === path && others.length === 0);
}

function runsTheSame({ programs, user }: MeasuredDaemon, facts: Facts): boolean {
  const own = new Set(facts.programs.flatMap((it) => (it.setting === "ExecStart" ? [it.path] : [])));
  return user === facts.user && own.size === programs.length && programs.every((it) => own.has(it));
}

/** Lines that belong to a directive: what stays writable, or how a denied call fails. */
export const COMPANIONS: Readonly<Partial<Record<HardeningDirective, readonly string[]>>> = {
  ProtectSystem: [
    "ReadWritePaths",
    ...DATA_DIRECTORY_SETTINGS.flatMap((it) => [it, `${it}Mode`]),
    "RuntimeDirectoryPreserve",
  ],
  SystemCallFilter: ["SystemCallErrorNumber"],
  PrivateDevices: ["DeviceAllow"],
  DevicePolicy: ["DeviceAllow"],
  IPAddressDeny: ["IPAddressAllow"],
  SocketBindDeny: ["SocketBindAllow"],
};

/** Where servers keep the sites and applications that they are given, which write there as they like. */
const SITES = ["/srv", "/var"];

function companions(name: HardeningDirective, proven: MeasuredService["proven"], { kinds }: Facts): readonly string[] {
  const lines = (COMPANIONS[name] ?? []).flatMap((key) => (proven.get(key) ?? []).map((it) => `${key}=${it}`));
  if (name !== "ProtectSystem" || !(kinds.has("web") || kinds.has("apps"))) return lines;
  const isCovered = (line: string): boolean => SITES.some((it) => line.startsWith(`ReadWritePaths=-${it}/`));
  return [...lines.filter((it) => !isCovered(it)), ...SITES.map((it) => `ReadWritePaths=-${it}`)];
}

/** Settings whose value depends on the paths and features that the commands name. */
const OF_COMMANDS: ReadonlySet<HardeningDirective> = new Set([
  "ProtectSystem",
  "ProtectHome",
  "PrivateTmp",
  "PrivateDevices",
  "CapabilityBoundingSet",
  "SystemCallFilter",
  "RestrictAddressFamilies",
]);

/** A fit with what was measured of the service, and how sure that is. */
export interface MeasuredFit {
  readonly fit: Fit;
  readonly confidence?: Confidence;
}

/**
 * What measuring says about a row: a value that was proven in place of what the kind of the program allows, or the evidence
 * against it; undefined where it says nothing. The profile `basic` keeps its gentler values, and only learns that they hold.
 */
export function measuredFit(row: Row, fit: Fit, facts: Facts, profile: Profile): MeasuredFit | undefined {
  const measured = measuredOf(facts.unit);
  const { directive: name } = row;
  // Directories come along with the file system that is read-only but for them.
  if (!measured || DATA_DIRECTORY_SETTINGS.some((it) => it === name)) return undefined;
  const { daemon, isSame, proven } = measured;
  const [first, ...more] = (proven.get(name) ?? []).flatMap((it) => withoutKept(name, it, facts));
  const proof = name === "RestrictAddressFamilies" && first !== undefined ? openFamilies(first, fit, facts) : first;
  const known = proof === undefined || !isAnswered(measured) ? undefined : knownOf(facts.unit)(name, proof);
  const value = proof === undefined || !known?.keeps ? proof : withWords(proof, known.keeps);
  if (value === undefined) {
    const evidence = daemon.refused[name];
    if (!isSame || evidence === undefined || fit.against !== undefined) return undefined;
    return {
      fit: { ...fit, safe: false, safeValue: undefined, against: `a run of it speaks against it: ${evidence}` },
    };
  }
  // With other commands, what the program runs or reads may be other as well.
  if (!isSame && fit.doubt !== undefined) return undefined;
  const configuration = isSame && daemon.asked !== "start" ? packagedConfiguration(facts) : undefined;
  if (holdsWithoutRun(row, fit, facts, configuration)) return undefined;
  const sureOf = (it: string): Confidence => surenessOf(measured, configuration, it);
  const { safeValue } = fit;
  const isGentle = profile === "basic" ? more.length > 0 || name === "ProtectSystem" : !isSame && OF_COMMANDS.has(name);
  const isKept = safeValue !== undefined && (profile === "basic" || !isSame || daemon.asked === "start");
  const isBarred =
    daemon.asked === "start" ||
    (isAnswered(measured) ? outlastsProof(known) : staysBarred(row, value, measured, facts));
  if (isKept || isGentle || isBarred) {
    const holds =
      safeValue !== undefined &&
      impliesValue(name, [value, ...more], safeValue) &&
      !(isBarred && fit.doubt !== undefined);
    if (holds) return { fit, confidence: sureOf(safeValue) };
    const isConditional =
      isAnswered(measured) &&
      profile !== "basic" &&
      fit.against !== undefined &&
      isSetByConfiguration(name, known, facts);
    if (!isConditional) return undefined;
  }
  const lines = [
    ...more.map((it) => `${name}=${it}`),
    ...(name === "ProtectSystem" ? openTemporary(measured, facts) : []),
    ...companions(name, proven, facts),
    // A mount that the setting brings makes /run writable again, whatever was measured.
    ...fit.lines.filter((it) => it === KEEP_RUN),
  ];
  const { against: _, doubt: __, ...others } = fit;
  return {
    fit: { ...others, value, lines, safe: true, safeValue: value, with: [] },
    confidence: isBarred ? { grade: "likely", reason: conditionOf(daemon), value } : sureOf(value),
  };
}

/** Whether the unit runs just what answered a question of its own. */
const isAnswered = ({ daemon, isSame }: MeasuredService): boolean => isSame && daemon.asked === "question";

/** Whether what speaks against a setting outlasts a run of the same program in another unit, or without a question of its own. */
function staysBarred(row: Row, value: string, { isSame }: MeasuredService, facts: Facts): boolean {
  const name = row.directive;
  const strictly = name === "CapabilityBoundingSet" ? "CapabilityBoundingSet=" : `${name}=${value}`;
  const isStrictest = strictly === "ProtectSystem=strict" || strictly === "ProtectHome=tmpfs";
  if ((isStrictest || strictly === "CapabilityBoundingSet=") && excludedBy(strictly, facts.kinds) !== undefined)
    return true;
  const bar = fitOf(row, facts).against ?? doubtOf(name, facts.kinds, true);
  // What is idle for root is not once it has lost its capabilities or its user, and does no harm before.
  return bar !== undefined && !(isSame && bar.startsWith("without effect"));
}

/** What was writable as a directory of its own stays so where the service does not get one. */
function openTemporary(measured: MeasuredService, facts: Facts): readonly string[] {
  const row = measured.proven.has("PrivateTmp") ? ROWS.find((it) => it.directive === "PrivateTmp") : undefined;
  const isOpen =
    row &&
    (isAnswered(measured)
      ? outlastsProof(knownOf(facts.unit)("PrivateTmp", "yes"))
      : staysBarred(row, "yes", measured, facts));
  const isShared = row && (isOpen || textOf(facts.unit, "PrivateTmp") !== undefined);
  return isShared ? ["ReadWritePaths=-/tmp -/var/tmp"] : [];
}

/**
 * A run without connections says nothing about a configuration with them, and none of a program that opens what people
 * connect says which families that takes.
 */
function openFamilies(families: string, { safeValue }: Fit, { kinds }: Facts): string {
  const isOpen = [...kinds].some((it) => OPEN_NEEDS[it] === "everything");
  const others = isOpen && safeValue !== undefined ? safeValue.split(" ") : [];
  return [...new Set([...families.split(" "), ...others, "AF_INET", "AF_INET6", "AF_UNIX"])].toSorted().join(" ");
}

/** A list of what is denied, but for what programs with rights of their own may call. */
function withoutKept(name: HardeningDirective, value: string, { unit }: Facts): readonly string[] {
  const keeps = value.startsWith("~") ? knownOf(unit)(name, value)?.keeps : undefined;
  if (!keeps) return [value];
  const rest = value
    .slice(1)
    .split(/\s+/)
    .filter((it) => !keeps.includes(it));
  return rest.length > 0 ? [`~${rest.join(" ")}`] : [];
}
