import { type Assessment, assess, exposureWith, LEVELS, type Level } from "../security/exposure.ts";
import type { Policy } from "../security/policy.ts";
import { applyEdits } from "../text/span.ts";
import { withText } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";
import { safeSettings } from "./hardening.ts";
import { missingSettings } from "./missingSettings.ts";
import { hardenUnit } from "./profile.ts";
import type { HardeningDirective } from "./profiles.ts";

/** From as many services on a summary says more than their list: the worst ten are few among them. */
export const FLEET = 25;

/** What a summary needs of one service, as plain data. */
export interface ServiceFigures {
  /** Tenths; undefined where systemd refuses the unit. */
  readonly exposure: number | undefined;
  /** Missing of a service that is not in the sample. */
  readonly basic: BasicFigures | undefined;
}

/** What the basic profile is to a service. */
interface BasicFigures {
  /** The exposure with all that is safe of it. */
  readonly after: number | undefined;
  /** What the service lacks of it and may bear, whether that is known to be safe or not. */
  readonly missing: readonly HardeningDirective[];
  /** Whether it has something to add that is safe. */
  readonly changes: boolean;
}

/** The same with the file. */
export interface FleetService extends ServiceFigures {
  readonly path: string;
}

/** What many services look like together. */
export interface FleetSummary {
  readonly services: number;
  /** How many of them systemd refuses. */
  readonly refused: number;
  /** How many there are of each level, the most exposed first; `from` is its lowest exposure in tenths. */
  readonly levels: readonly { readonly level: Level["name"]; readonly from: number; readonly services: number }[];
  /** The ten most exposed. */
  readonly worst: readonly { readonly path: string; readonly exposure: number }[];
  /** Of how many services the rest is said, taken evenly; missing where that is all of them. */
  readonly sample?: number;
  /** The settings of the basic profile that most services lack. */
  readonly missing: readonly { readonly setting: HardeningDirective; readonly services: number }[];
  /** What the basic profile would change: how many services, and the median exposure; missing where nothing. */
  readonly basic?: { readonly changes: number; readonly before: number; readonly after: number };
}

/** Of so many services what the basic profile would change says as much as of all, and costs more than the rest. */
const SAMPLE = 500;

/** Whether the service at a place is in the sample of all, which does not depend on who does which. */
export function isSampled(at: number, total: number): boolean {
  const before = (count: number): number => Math.floor((count * SAMPLE) / total);
  return total <= SAMPLE || before(at + 1) > before(at);
}

interface FiguresOptions {
  readonly isSampled?: boolean;
  readonly policy?: Policy | undefined;
  /** That of the unit by the policy, where it is known. */
  readonly assessment?: Pick<Assessment, "exposure">;
}

/** What a summary says of a service. */
export function figuresOf(
  unit: Unit,
  { isSampled: inSample = true, policy, assessment }: FiguresOptions = {},
): ServiceFigures {
  const options = policy && { policy };
  const { exposure } = assessment ?? assess(unit, options);
  return { exposure, basic: inSample ? basicOf(unit, exposure, options) : undefined };
}

function basicOf(
  unit: Unit,
  exposure: number | undefined,
  options: { readonly policy: Policy } | undefined,
): BasicFigures {
  if (exposure === undefined) return { after: undefined, missing: [], changes: false };
  const missing = missingSettings(unit, "basic").gaps.flatMap((it) =>
    it.status.kind === "missing" && !it.silenced && (it.safe.length > 0 || it.fit.against === undefined)
      ? [it.row.directive]
      : [],
  );
  const safe = safeSettings(unit, "basic");
  const changes = safe.length > 0;
  return { after: changes ? hardened(unit, safe, options) : exposure, missing, changes };
}

/** The exposure with safe settings: appended ones can be added up, others need the text that they make. */
function hardened(
  unit: Unit,
  safe: ReturnType<typeof safeSettings>,
  options: { readonly policy: Policy } | undefined,
): number | undefined {
  if (safe.some((it) => it.replaces ?? it.before))
    return assess(withText(unit, applyEdits(unit.file.text, hardenUnit(unit, "basic").edits)), options).exposure;
  const extra = safe.map(({ line }) => {
    const at = line.indexOf("=");
    return { directive: line.slice(0, at), value: line.slice(at + 1) };
  });
  return exposureWith(unit, extra, options);
}

/** How many of the worst, and of the settings, are named. */
const NAMED = 10;

/** The summary of some services; undefined where there are too few. */
export function fleetSummary(all: readonly FleetService[]): FleetSummary | undefined {
  if (all.length < FLEET) return undefined;
  const loaded = all.flatMap(({ path, exposure }) => (exposure === undefined ? [] : [{ path, exposure }]));
  const counts = new Map<HardeningDirective, number>();
  const sample = all.flatMap(({ exposure, basic }) => (basic ? [{ exposure, ...basic }] : []));
  for (const { missing } of sample) for (const it of missing) counts.set(it, (counts.get(it) ?? 0) + 1);
  const changes = sample.filter((it) => it.changes).length;
  const before = median(sample.map((it) => it.exposure));
  const after = median(sample.map((it) => it.after));
  return {
    services: all.length,
    refused: all.length - loaded.length,
    levels: LEVELS.map(({ name, from }, i) => {
      const next = LEVELS[i - 1]?.from ?? Number.POSITIVE_INFINITY;
      return {
        level: name,
        from,
        services: loaded.filter(({ exposure }) => exposure >= from && exposure < next).length,
      };
    }),
    worst: loaded.toSorted((a, b) => b.exposure - a.exposure).slice(0, NAMED),
    ...(sample.length < all.length ? { sample: sample.length } : {}),
    missing: [...counts]
      .map(([setting, services]) => ({ setting, services }))
      .sort((a, b) => b.services - a.services)
      .slice(0, NAMED),
    ...(changes > 0 && before !== undefined && after !== undefined ? { basic: { changes, before, after } } : {}),
  };
}

/** The lower one of two in the middle, so that it is an exposure that a service has. */
function median(values: readonly (number | undefined)[]): number | undefined {
  const known = values.flatMap((it) => it ?? []).sort((a, b) => a - b);
  return known[(known.length - 1) >> 1];
}
