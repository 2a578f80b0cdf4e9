import type { DirectiveName } from "../../catalog/catalog.ts";
import { effective } from "../../security/effective.ts";
import { runsAsRoot, type UnitSettings } from "../../security/settings.ts";
import { type Facts, factsOf } from "../../service/facts.ts";
import type { Unit } from "../../units/unit.ts";
import { isWithin } from "../../values/path.ts";
import type { RunHost } from "../host.ts";
import type { LearntSetting } from "../learnt.ts";
import type { Needs, PathNeed, PathUse, Sight } from "../needs.ts";
import { firstOf } from "./sentences.ts";

/** Everything that a rule of learning looks at. */
export interface LearnContext {
  readonly needs: Needs;
  readonly unit: Unit;
  readonly host: RunHost;
  readonly facts: Facts;
  /** The unit's own settings as systemd holds them. */
  readonly settings: UnitSettings;
  readonly asRoot: boolean;
  /** The paths of the run with what was done there, sorted. */
  readonly paths: readonly (readonly [path: string, need: PathNeed])[];
}

/** One rule: what a run says about a setting or some that go together; nothing where it has no say. */
export type LearnRule = (context: LearnContext) => readonly LearntSetting[];

/** Reads what all rules need of a unit and of what it was seen to need. */
export function learnContext(needs: Needs, unit: Unit, host: RunHost): LearnContext {
  const { settings } = effective(unit);
  const paths = Object.entries(needs.paths).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const asRoot = unit.path.scope !== "user" && runsAsRoot(settings);
  return { needs, unit, host, facts: factsOf(unit), settings, asRoot, paths };
}

/** A setting that a run speaks for. */
export const offered = (
  key: DirectiveName,
  value: string,
  evidence: string,
  sights: readonly Sight[] = [],
  mayBreak?: string,
): LearntSetting => ({ key, value, grade: "seen", evidence, sights: firstOf(sights), mayBreak, part: "settings" });

/** A setting that a run speaks against. */
export function refused(
  key: DirectiveName,
  value: string,
  evidence: string,
  sights: readonly Sight[] = [],
): LearntSetting {
  const shown = sights.length > 0 ? { isShown: true } : {};
  return {
    key,
    value,
    grade: "refused",
    evidence,
    ...shown,
    sights: firstOf(sights),
    mayBreak: undefined,
    part: "settings",
  };
}

/** The sights of some uses of a path. */
export const usedAs = ({ used }: PathNeed, uses: readonly PathUse[]): readonly Sight[] =>
  uses.flatMap((it) => used[it] ?? []);

/** What changes the file system. */
export const WRITING: readonly PathUse[] = ["write", "make", "remove", "change", "bind"];

/** The paths with a use below some roots, each with its sights. */
export function usedBelow(
  { paths }: LearnContext,
  roots: readonly string[],
  uses: readonly PathUse[],
): readonly { readonly path: string; readonly sights: readonly Sight[] }[] {
  return paths.flatMap(([path, need]) => {
    if (!roots.some((it) => isWithin(path, it))) return [];
    const sights = usedAs(need, uses);
    return sights.length > 0 ? [{ path, sights }] : [];
  });
}

/** The sights of calls that the service needed: they succeeded, or failed for a reason that no sandbox gives. */
export const callSights = ({ needs }: LearnContext, names: Iterable<string>): readonly Sight[] =>
  [...names].flatMap((name) => {
    const sight = neededCall(needs, name);
    return sight ? [sight] : [];
  });

/** The sight of a call that was needed. */
export function neededCall({ syscalls }: Needs, name: string): Sight | undefined {
  const call = Object.hasOwn(syscalls, name) ? syscalls[name] : undefined;
  if (!call) return undefined;
  return call.sight ?? Object.entries(call.failed).find(([error]) => !DENIED.has(error))?.[1];
}

/** With these a call fails that is denied already, or that the kernel lacks. */
const DENIED: ReadonlySet<string> = new Set(["EPERM", "EACCES", "ENOSYS", "EROFS"]);

/** The sights of marks whose names begin so. */
export const markSights = ({ needs }: LearnContext, prefix: string): readonly Sight[] =>
  Object.entries(needs.marks).flatMap(([name, sight]) =>
    name === prefix || name.startsWith(`${prefix}:`) ? [sight] : [],
  );
