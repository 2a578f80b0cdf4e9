import type { PackageStatement, StatementKind } from "../program/packages/statement.ts";
import type { Facts } from "../service/facts.ts";
import { memo } from "../units/memo.ts";
import { programReading } from "./programReading.ts";
import { usersOf } from "./userPlaces.ts";

/** The places that the package of a service gives to its user, in which it then likely writes, without doubles. */
export const givenPlaces: (facts: Facts) => readonly string[] = memo((facts: Facts) => {
  const packaged = facts.dynamic ? [] : (programReading(facts)?.packaged ?? []);
  const users = new Set(usersOf(facts, packaged));
  const places = packaged.flatMap(({ kind, owner = "", value }) =>
    kind === "place" && users.has(owner) && !ONLY_READ.test(value) ? value : [],
  );
  return [...new Set(places)];
});

/** The places on its machine that belong to the user of a service, and that it names. */
export const placesOwnedOnDisk = (facts: Facts): readonly string[] =>
  (programReading(facts)?.owned ?? []).flatMap(({ path }) => (ONLY_READ.test(path) ? [] : path));

/** Settings and keys, which services mostly read. */
const ONLY_READ = /\.(?:conf|cnf|ya?ml|toml|ini|json|pem|crt|key)$|[^\w/.@+-]/;

/** The capabilities that the package of a service has AppArmor leave to it. */
export const profileCapabilities = (facts: Facts): readonly string[] =>
  (programReading(facts)?.packaged ?? []).flatMap((it) => (it.kind === "capability" ? it.value : []));

/** What a package says, the beginning of a sentence about the program. */
const SAYS: Readonly<Record<StatementKind, (value: string, owner: string | undefined) => string>> = {
  place: (value, owner) => (owner === undefined ? `may use ${value}` : `has ${value}, which belongs to ${owner}`),
  user: (value) => `has the user ${value}`,
  member: (value, owner) => `adds ${owner} to the group ${value}`,
  name: (value, owner) => `may own the name ${value} on the bus${owner === undefined ? "" : ` as ${owner}`}`,
  signal: (value) => `is told of new logs by ${value}`,
  job: (value, owner = "root") => `has cron run as ${owner}: ${value}`,
  device: (value) => `has devices of the group ${value}`,
  capability: (value) => `keeps ${value} under AppArmor`,
};

/** So many lines are shown of one package. */
const MOST_LINES = 30;

/** What the package of a program says of it, a line for each thing, with where it stands first. */
export function packagedLines(statements: readonly PackageStatement[]): readonly string[] {
  const lines = new Map<string, string>();
  const owned = new Set(statements.flatMap((it) => (it.owner === undefined ? [] : it.value)));
  for (const { kind, value, owner, path, line } of statements) {
    const says = SAYS[kind](value, owner);
    const isKnown = lines.has(says) || (owner === undefined && owned.has(value));
    if (!isKnown) lines.set(says, `${says}: ${path}:${line}`);
  }
  const all = [...lines.values()];
  return all.length > MOST_LINES ? [...all.slice(0, MOST_LINES), `and ${all.length - MOST_LINES} more`] : all;
}
