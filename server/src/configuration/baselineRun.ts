import { isAdvice } from "../findings/advice.ts";
import { matchesCode } from "../findings/pattern.ts";
import type { Profile } from "../hardening/hardening.ts";
import { idOf, type KnownFinding, PROFILE_ORDER } from "./baseline.ts";
import { isOver } from "./exception.ts";

/** What a run was asked about a file, as plain data. */
export interface RunScope {
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[] | undefined;
  readonly profile: Profile;
  /** The profile of the file where no option says another. */
  readonly usualProfile: Profile;
  /** What was asked for instead of the usual, such as another systemd; empty in the usual run. */
  readonly targets: readonly string[];
  /** Whether the system was seen that the files belong to. */
  readonly hasRoot: boolean;
}

/** What is asked for in addition to the usual, for findings about other units. */
const ROOT = "--root";

/** Whether findings of a code depend on which other files are seen. */
const isAboutOthers = (code: string): boolean => matchesCode(code, "reference");

const rank = (profile: Profile): number => PROFILE_ORDER.indexOf(profile);

/** What else a run has to be asked for that could find a known finding; undefined where this one could not have found it, whatever is asked. */
function owedTargets(it: KnownFinding, run: RunScope, seesAll: boolean): readonly string[] | undefined {
  const { code, targets = [], profile = run.usualProfile } = it;
  const matches = (pattern: string): boolean => matchesCode(code, pattern);
  if ((run.select && !run.select.some(matches)) || run.ignore?.some(matches)) return undefined;
  if (isAdvice(it) && rank(run.profile) < rank(profile)) return undefined;
  if (isAboutOthers(code) && !seesAll) return undefined;
  const others = targets.filter((target) => target !== ROOT);
  if (targets.includes(ROOT) && !run.hasRoot) return undefined;
  if (others.length === 0) return run.targets.length === 0 ? [] : undefined;
  return others.filter((target) => !run.targets.includes(target));
}

/** Whether a run finds a known finding as long as it is there. */
export const isAskedFor = (it: KnownFinding, run: RunScope, seesAll = true): boolean =>
  owedTargets(it, run, seesAll)?.length === 0;

/** How many of the known findings of a file a run did not find although it could have. */
export function goneCount(
  known: readonly KnownFinding[],
  found: readonly KnownFinding[],
  run: RunScope,
  seesAll: boolean,
): number {
  const now = new Map(found.map((it) => [idOf(it), it.count]));
  return known.reduce((sum, it) => {
    const fewer = Math.max(0, it.count - (now.get(idOf(it)) ?? 0));
    return fewer > 0 && isAskedFor(it, run, seesAll) ? sum + fewer : sum;
  }, 0);
}

/** What is known of a file after a run: what it found, and what it could not have found. An exception is never renewed. */
export function knownAfter(
  known: readonly KnownFinding[],
  found: readonly KnownFinding[],
  run: RunScope,
  { seesAll, today }: { readonly seesAll: boolean; readonly today: string },
): readonly KnownFinding[] {
  const now = new Map(found.map((it) => [idOf(it), it]));
  const before = known.flatMap((it): readonly KnownFinding[] => {
    const again = now.get(idOf(it));
    now.delete(idOf(it));
    const owed = owedTargets(it, run, seesAll);
    if (!again) return owed === undefined ? [it] : owed.length > 0 ? [{ ...it, targets: owed }] : [];
    const count = owed === undefined ? Math.max(it.count, again.count) : again.count;
    if (isOver(it, today)) return [{ ...it, count: Math.min(it.count, count) }];
    const { profile, targets, ...rest } = it;
    const isHigher = profile !== undefined && rank(run.profile) > rank(run.usualProfile);
    const isOther = targets !== undefined && (run.targets.length > 0 || (targets.includes(ROOT) && run.hasRoot));
    return [
      {
        ...rest,
        count,
        ...(isHigher && { profile: rank(profile) < rank(run.profile) ? profile : run.profile }),
        ...(isOther && { targets: [...new Set([...targets, ...run.targets])] }),
      },
    ];
  });
  return [...before, ...[...now.values()].map((it) => asFoundBy(it, run))];
}

function asFoundBy(it: KnownFinding, run: RunScope): KnownFinding {
  const targets = [...run.targets, ...(run.hasRoot && isAboutOthers(it.code) ? [ROOT] : [])];
  const isHigher = isAdvice(it) && rank(run.profile) > rank(run.usualProfile);
  return { ...it, ...(isHigher && { profile: run.profile }), ...(targets.length > 0 && { targets }) };
}
