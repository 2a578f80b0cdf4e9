import { thoseIn } from "../facts/version.ts";
import { lazy } from "../text/tables.ts";
import { memo, memoBy } from "../units/memo.ts";
import { isTemplate } from "../units/template/isTemplate.ts";
import type { Unit } from "../units/unit.ts";
import type { Check, Text } from "./checks/check.ts";
import { impliesMounts } from "./checks/sandboxTexts.ts";
import { tablePlaceOf } from "./checks/tablePlaces.ts";
import { CHECKS } from "./checks.ts";
import { type Effective, type Extra, effective, effectiveWith } from "./effective.ts";
import { formatExposure } from "./formatExposure.ts";
import type { Policy, PolicyRow } from "./policy.ts";
import type { Refusal } from "./refusals.ts";
import type { UnitSettings } from "./settings.ts";

export { formatExposure } from "./formatExposure.ts";

/** How an assessment differs from `systemd-analyze security --offline=yes` without a policy. */
export interface Options {
  readonly policy?: Policy;
  /** Whether to judge as systemd judges a loaded unit, over D-Bus: PrivateMounts= and IPAddressAllow= count otherwise. */
  readonly running?: boolean;
}

/** A name for an exposure level. */
export interface Level {
  readonly name: "PERFECT" | "SAFE" | "OK" | "MEDIUM" | "EXPOSED" | "UNSAFE" | "DANGEROUS";
  readonly emoji: string;
}

/** The outcome of one check. */
export interface AssessedCheck {
  readonly id: string;
  /** From 0 to the range, undefined where the check does not apply. */
  readonly badness: number | undefined;
  readonly weight: number;
  readonly range: number;
  /** What it adds to the exposure, such as "0.2"; undefined where it adds nothing. */
  readonly exposure: string | undefined;
  /** One sentence about the service, without a full stop. */
  readonly text: string;
  /** Where systemd's table has it: the higher, the further up. */
  readonly place: number;
  /** An assignment that makes it better, such as `ProtectHome=tmpfs`. */
  readonly fix?: string;
}

/** What `systemd-analyze security` would say about a unit. */
export interface Assessment {
  readonly loads: boolean;
  /** In tenths, from 0 to 100: 94 is "9.4". Undefined where systemd refuses the unit. */
  readonly exposure: number | undefined;
  readonly level: Level | undefined;
  /** Why systemd refuses the unit; empty where it loads. */
  readonly messages: readonly string[];
  readonly refusal: Refusal | undefined;
  /** Of a template: others fill in what it shows no value of. */
  readonly isTemplate?: true;
  /** In the order of systemd's table; empty where systemd refuses the unit. */
  readonly checks: readonly AssessedCheck[];
}

const PERFECT = { from: 0, name: "PERFECT", emoji: "😇" } as const;

/** The levels with their lowest exposures in tenths, the most exposed first. */
export const LEVELS: readonly (Level & { readonly from: number })[] = [
  { from: 100, name: "DANGEROUS", emoji: "🤢" },
  { from: 90, name: "UNSAFE", emoji: "😨" },
  { from: 75, name: "EXPOSED", emoji: "🙁" },
  { from: 50, name: "MEDIUM", emoji: "😐" },
  { from: 10, name: "OK", emoji: "🙂" },
  { from: 1, name: "SAFE", emoji: "😀" },
  PERFECT,
];

/** The name of an exposure in tenths. */
export function levelOf(exposure: number): Level {
  const { name, emoji } = LEVELS.find(({ from }) => exposure >= from) ?? PERFECT;
  return { name, emoji };
}

/** What a change makes of the exposure, such as `9.4 → 5.5`; undefined where systemd refuses the unit before or after. */
export function exposureStep(before: Unit, after: Unit): string | undefined {
  const [from, to] = [assess(before).exposure, assess(after).exposure];
  return from === undefined || to === undefined ? undefined : `${formatExposure(from)} → ${formatExposure(to)}`;
}

/** Assesses a unit with its drop-ins. Follows assess() and security_info_from_file(), systemd 257 to 262. */
export function assess(unit: Unit, options?: Options): Assessment {
  return options ? assessAs(effective(unit), isTemplate(unit), options) : assessPlainly(unit);
}

const assessPlainly = (unit: Unit): Assessment => assessedPlainly(effective(unit), isTemplate(unit));

const assessedPlainly = memoBy((subject: Effective, template: boolean) => assessAs(subject, template, {}));

function assessAs(subject: Effective, template: boolean, options: Options): Assessment {
  const { settings, refusal } = judged(subject, options);
  const shown = template ? ({ isTemplate: true } as const) : {};
  if (refusal) {
    return {
      loads: false,
      exposure: undefined,
      level: undefined,
      messages: [refusal.message],
      refusal,
      ...shown,
      checks: [],
    };
  }
  const rows = thoseIn(CHECKS, settings.version).map((check) => rowOf(check, settings, options.policy?.get(check.id)));
  const { exposure, weights } = total(rows);
  // Their sentences cost more than their sum, which is all that many readers want.
  const checks = lazy(() => rows.map((row) => assessed(row, settings, weights)));
  return {
    loads: true,
    exposure,
    level: levelOf(exposure),
    messages: [],
    refusal: undefined,
    ...shown,
    get checks() {
      return checks();
    },
  };
}

/** The assessment after appending some assignments to a unit, which is not read again. */
export const assessWith = (unit: Unit, extra: readonly Extra[]): Assessment =>
  assessAs(effectiveWith(unit, extra), isTemplate(unit), {});

/** The exposure in tenths after appending some assignments to a unit; undefined where systemd would refuse it then. */
export function exposureWith(unit: Unit, extra: readonly Extra[], options: Options = {}): number | undefined {
  const find = (): number | undefined => {
    const { settings, refusal } = judged(effectiveWith(unit, extra), options);
    if (refusal) return undefined;
    return total(thoseIn(CHECKS, settings.version).map((it) => rowOf(it, settings, options.policy?.get(it.id))))
      .exposure;
  };
  if (options.running || options.policy) return find();
  const known = exposuresOf(effective(unit));
  const key = JSON.stringify(extra);
  if (!known.has(key)) known.set(key, find());
  return known.get(key);
}

/** The same by what was asked, for as long as the settings stay. */
const exposuresOf = memo((_: Effective) => new Map<string, number | undefined>());

/** The settings as they are judged, which for a loaded unit is not quite as they are. */
function judged({ settings, refusal }: Effective, { running }: Options): Effective {
  return running ? { settings: asRunning(settings), refusal } : { settings, refusal };
}

/** Follows acquire_security_info(), systemd 257 to 262: an unset PrivateMounts= counts as no, unless others imply it. */
function asRunning(settings: UnitSettings): UnitSettings {
  const privateMounts = (settings.privateMounts ?? false) || impliesMounts(settings);
  return { ...settings, privateMounts, ipAllow: { ...settings.ipAllow, remote: settings.ipAllow.remoteStrict } };
}

/** A check with its badness; weight and range may be a policy's. */
interface Row {
  readonly check: Check;
  readonly badness: number | undefined;
  readonly weight: number;
  readonly range: number;
  readonly policy: PolicyRow | undefined;
}

function rowOf(check: Check, settings: UnitSettings, policy: PolicyRow | undefined): Row {
  const weight = policy?.weight ?? check.weight;
  const range = policy?.range ?? check.range;
  const excluded = weight === 0 || isTooEarly(check, settings);
  return { check, badness: excluded ? undefined : check.assess(settings), weight, range, policy };
}

/** Whether the unit starts in a phase of the boot in which a check does not count. */
function isTooEarly(check: Check, { defaultDependencies }: UnitSettings): boolean {
  return check.needsDefaultDependencies === true && !defaultDependencies;
}

/** Both sums in whole numbers, rounded up at each step; a policy that excludes everything gives 0. */
function total(rows: readonly Row[]): { exposure: number; weights: number } {
  let badness = 0;
  let weights = 0;
  for (const row of rows) {
    if (row.badness === undefined) continue;
    badness += Math.ceil((row.badness * row.weight) / row.range);
    weights += row.weight;
  }
  return { exposure: weights === 0 ? 0 : Math.ceil((badness * 100) / weights), weights };
}

function assessed(row: Row, settings: UnitSettings, weights: number): AssessedCheck {
  const { check, badness, weight, range } = row;
  const share = badness ? Math.ceil(Math.ceil((badness * weight * 100) / range) / weights) : undefined;
  const fix = badness && !(check.fixForSystemOnly && settings.scope === "user") ? fixOf(check, settings) : undefined;
  return {
    id: check.id,
    badness,
    weight,
    range,
    exposure: share === undefined ? undefined : formatExposure(share),
    text: textOf(row, settings),
    place: tablePlaceOf(check.id, badness, settings, isTooEarly(check, settings)),
    ...(fix === undefined ? {} : { fix }),
  };
}

function fixOf({ fix }: Check, settings: UnitSettings): string | undefined {
  return typeof fix === "function" ? fix(settings) : fix;
}

function textOf({ check, badness, weight, policy }: Row, settings: UnitSettings): string {
  if (badness === undefined) {
    if (isTooEarly(check, settings))
      return "This does not count for a unit with DefaultDependencies=no, which starts too early";
    if (weight === 0) return "The policy excludes this";
    return policy?.notApplicable ?? say(check.notApplicable ?? "", settings);
  }
  if (badness === 0) return policy?.good ?? say(check.good, settings);
  return policy?.bad ?? say(check.bad, settings);
}

const say = (text: Text, settings: UnitSettings): string => (typeof text === "string" ? text : text(settings));

/** The rows in the order of systemd's table: by its words for them backwards, then by the name of the check. */
export function sortedAsSystemd(checks: readonly AssessedCheck[]): AssessedCheck[] {
  const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...checks].sort((a, b) => b.place - a.place || byName(tableNameOf(a.id), tableNameOf(b.id)));
}

const NAMES: ReadonlyMap<string, string> = new Map(CHECKS.map(({ id, name }) => [id, name]));

/** The name of a check in systemd's table, such as `CapabilityBoundingSet=~CAP_KILL`. */
export function tableNameOf(id: string): string {
  return NAMES.get(id) ?? id;
}
