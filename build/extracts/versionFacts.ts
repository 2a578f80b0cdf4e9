import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What came and went with a release; the first one has all that there was. */
interface Step {
  readonly version: number;
  readonly values?: readonly string[];
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  readonly absent?: true;
}

interface Difference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** What the sources of one target say, compared with those of 257. */
export interface TargetFacts {
  readonly target: string;
  readonly systemd: string;
  /** How many directives it reads, counted once for each section. */
  readonly rows: number;
  readonly keys_missing: Readonly<Record<string, readonly string[]>>;
  readonly keys_extra: Readonly<Record<string, readonly string[]>>;
  readonly checks: number;
  readonly sum_of_weights: number;
  readonly checks_missing: readonly string[];
  readonly checks_extra: readonly string[];
  readonly enums_differ: Readonly<Record<string, Difference>>;
  readonly syscall_sets: Readonly<Record<string, Difference>>;
}

/** The branches of RHEL: what each reads that its release of systemd does not. */
export interface RhelFacts {
  readonly upstream: number;
  readonly keys: number;
  readonly added: readonly string[];
}

/** All that data/facts/versions.json holds. */
export interface VersionFacts {
  readonly targets: readonly TargetFacts[];
  readonly rhel: Readonly<Record<string, RhelFacts>>;
  /** How many directives each release reads, how many checks it has, and the sum of their weights. */
  readonly rows: Readonly<Record<string, number>>;
  readonly checks: Readonly<Record<string, number>>;
  readonly weights: Readonly<Record<string, number>>;
  readonly specifiers: readonly Step[];
  readonly exitStatuses: readonly Step[];
  readonly callGroups: Readonly<Record<string, readonly Step[]>>;
  readonly words: Readonly<Record<string, readonly Step[]>>;
}

/** The tables of words that settings of units take; `test/facts/sources.test.ts` says which value types they are. */
const TABLES: readonly string[] = [
  "cgroup_controller",
  "emergency_action",
  "exec_output",
  "exec_preserve_mode",
  "job_mode",
  "kill_mode",
  "mpol",
  "notify_access",
  "partition_designator",
  "private_users",
  "service_restart_mode",
  "service_type",
];

const TARGET_FACTS = [
  "target",
  "systemd",
  "rows",
  "keys_missing",
  "keys_extra",
  "checks",
  "sum_of_weights",
  "checks_missing",
  "checks_extra",
  "enums_differ",
  "syscall_sets",
] as const;

/** The text of data/facts/versions.json: names and numbers of releases and distributions that the facts are checked against. */
export function versionFacts(folder: string): string {
  const read = (name: string): Record<string, never> => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  const targets = read("targets").targets as unknown as readonly TargetFacts[];
  const security = read("security-table");
  const enums = read("enums").tables as unknown as Readonly<Record<string, { readonly history: readonly Step[] }>>;
  const groups = read("syscall-groups").sets as unknown as Readonly<
    Record<string, { readonly members: readonly Step[] }>
  >;
  const rhel = Object.entries(read("rhel") as unknown as Readonly<Record<string, RhelFacts>>);
  const facts: Record<keyof VersionFacts, unknown> = {
    targets: targets.map((it) => Object.fromEntries(TARGET_FACTS.map((key) => [key, it[key]]))),
    rhel: Object.fromEntries(rhel.map(([name, { upstream, keys, added }]) => [name, { upstream, keys, added }])),
    rows: read("since").counts,
    checks: security.checks,
    weights: security.sum_of_weights,
    specifiers: read("specifiers").history,
    exitStatuses: read("exit-status").history,
    callGroups: Object.fromEntries(Object.entries(groups).map(([name, { members }]) => [name, members])),
    words: Object.fromEntries(TABLES.map((name) => [name, enums[name]?.history])),
  };
  return `{\n${Object.entries(facts)
    .map(([name, value]) => `${JSON.stringify(name)}: ${lines(value)}`)
    .join(",\n")}\n}\n`;
}

/** A line for each member. */
function lines(value: unknown): string {
  const list = Array.isArray(value);
  const members = Object.entries(value as object).map(
    ([key, it]) => (list ? "" : `${JSON.stringify(key)}:`) + JSON.stringify(it),
  );
  const [open, close] = list ? "[]" : "{}";
  return `${open}\n${members.join(",\n")}\n${close}`;
}
