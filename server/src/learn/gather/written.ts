import type { AddressNeed, Needs, PathNeed, PathUse, Sight } from "../needs.ts";
import type { Noted } from "./notes.ts";
import type { SeenPath } from "./seenPaths.ts";
import { seconds, sightOf, type Tally } from "./tally.ts";

/** What is known of a log besides what its calls show. */
interface LogFacts {
  readonly log: string;
  readonly calls: number;
  readonly processes: number;
  readonly began: number;
  readonly ended: number;
  readonly unread: Needs["unread"];
}

/** Gives out what was noted, sorted, so that the same log gives the same bytes. */
export function needsOf(noted: Noted, facts: LogFacts): Needs {
  const sight = (tally: Tally): Sight => sightOf(tally, facts.log, facts.began);
  const sights = (map: ReadonlyMap<string, Tally>): Record<string, Sight> => sorted(map, sight);
  return {
    logs: facts.calls > 0 ? [facts.log] : [],
    calls: facts.calls,
    began: facts.began,
    seconds: seconds(facts.ended - facts.began),
    processes: facts.processes,
    paths: sorted(new Map([...noted.paths.all()].filter(([, seen]) => isSeen(seen))), (seen) => pathNeed(seen, sight)),
    syscalls: sorted(noted.calls, ({ succeeded, failed }) => ({
      sight: succeeded === undefined ? undefined : sight(succeeded),
      failed: sights(failed),
    })),
    capabilities: sorted(noted.capabilities, ({ tally, reason }) => ({ sight: sight(tally), reason })),
    families: sights(noted.families),
    addresses: [...noted.addresses.all()]
      .map(({ address, tally }): AddressNeed => ({ ...address, sight: sight(tally) }))
      .sort(byAddress),
    programs: sorted(noted.programs, ({ tally, privileged }) => ({ sight: sight(tally), privileged })),
    users: sights(noted.users),
    groups: sights(noted.groups),
    marks: sights(noted.marks),
    unread: facts.unread,
  };
}

const isSeen = ({ used, failed, made }: SeenPath): boolean => used.size + failed.size + made.size > 0;

function pathNeed(seen: SeenPath, sight: (tally: Tally) => Sight): PathNeed {
  const used: Partial<Record<PathUse, Sight>> = sorted(seen.used, sight);
  return {
    used,
    failed: sorted(seen.failed, sight),
    made: [...seen.made].sort(([a], [b]) => a - b).map(([mode, tally]) => ({ mode, sight: sight(tally) })),
    names: [...seen.names].sort(),
    ...(seen.folded > 0 ? { folded: seen.folded } : {}),
  };
}

/** A record sorted by code unit. */
export function sorted<K extends string, V, R>(
  entries: Iterable<readonly [K, V]>,
  value: (entry: V) => R,
): Record<K, R> {
  const ordered = [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(ordered.map(([key, entry]) => [key, value(entry)])) as Record<K, R>;
}

/** The order of addresses in `Needs`. */
export function byAddress(a: AddressNeed, b: AddressNeed): number {
  const [first, second] = [a, b].map(({ use, family, address, port }) => `${use} ${family} ${address} ${port ?? ""}`);
  return (first ?? "") < (second ?? "") ? -1 : 1;
}
