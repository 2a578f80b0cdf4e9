import { readFileSync, writeFileSync } from "node:fs";
import { callsOf } from "../server/src/facts/systemCalls.ts";
import { NEWEST_VERSION } from "../server/src/facts/version.ts";
import type { MeasuredDaemon } from "../server/src/hardening/measuredDaemon.ts";
import { impliesValue } from "../server/src/hardening/strictness.ts";
import { USUAL_VALUES } from "../server/src/needs/usualValues.ts";

const MEASURED = "data/measured/daemons.json";
const RATES = "data/measured/base-rates.json";

/** How many of the daemons whose runs answered that bear a line, and how many there are; of all, and of those that start as root. */
export type BaseRate = readonly [borne: number, asked: number, borneByRoot: number, askedOfRoot: number];

/** The rates of all values that hardening may add because they are usual. */
export function baseRates(daemons: readonly MeasuredDaemon[]): Readonly<Record<string, BaseRate>> {
  return Object.fromEntries(
    USUAL_VALUES.map((line) => {
      const saying = daemons.filter((it) => isAsked(it, line));
      const root = saying.filter(startsAsRoot);
      const count = (them: readonly MeasuredDaemon[]): number => them.filter((it) => isBorne(it, line)).length;
      return [line, [count(saying), saying.length, count(root), root.length]];
    }),
  );
}

const startsAsRoot = ({ refused }: MeasuredDaemon): boolean => refused.PrivateUsers === "the service runs as root";

const keyOf = (line: string): string => line.slice(0, line.indexOf("="));
const valuesOf = ({ settings }: MeasuredDaemon, key: string): readonly string[] =>
  settings.filter((it) => keyOf(it) === key).map((it) => it.slice(key.length + 1));

/** Whether a run said something of a line: it proved a value of that setting, or refused them all. */
function isAsked(daemon: MeasuredDaemon, line: string): boolean {
  const key = keyOf(line);
  return valuesOf(daemon, key).length > 0 || daemon.refused[key] !== undefined;
}

function isBorne(daemon: MeasuredDaemon, line: string): boolean {
  const key = keyOf(line);
  const value = line.slice(key.length + 1);
  const proven = valuesOf(daemon, key);
  if (proven.length === 0) return false;
  if (key === "SystemCallFilter") return leaves(value, allowed(proven), callsIn);
  if (key === "RestrictAddressFamilies")
    return leaves(value, new Set(proven.flatMap((it) => it.split(/\s+/))), (words) => new Set(words));
  if (line === "ProtectSystem=full") return !valuesOf(daemon, "ReadWritePaths").some(isOfSystem);
  return impliesValue(key, proven, value);
}

/** Whether a list, of what is allowed or denied, leaves all that is needed. */
function leaves(
  value: string,
  needed: ReadonlySet<string>,
  read: (words: readonly string[]) => ReadonlySet<string>,
): boolean {
  const listed = read(value.replace(/^~/, "").split(" "));
  return [...needed].every((it) => listed.has(it) !== value.startsWith("~"));
}

/** Places that such a daemon writes, but for those that are closed anyway or that the service keeps below /etc. */
const isOfSystem = (paths: string): boolean =>
  paths.split(/\s+/).some((it) => /^-?\/(?:usr|boot|efi)(?:\/|$)/.test(it));

function allowed(values: readonly string[]): ReadonlySet<string> {
  const calls = new Set<string>();
  for (const value of values) {
    for (const it of callsIn(value.replace(/^~/, "").split(/\s+/))) {
      if (value.startsWith("~")) calls.delete(it);
      else calls.add(it);
    }
  }
  return calls;
}

const callsIn = (words: readonly string[]): ReadonlySet<string> =>
  new Set(words.flatMap((it) => (it.startsWith("@") ? [...(callsOf(it, NEWEST_VERSION) ?? [])] : [it])));

/** The text of the file of base rates for a file of measured daemons. */
export function baseRatesText(measured: string): string {
  const { rows } = JSON.parse(measured) as { readonly rows: readonly MeasuredDaemon[] };
  const lines = Object.entries(baseRates(rows)).map(
    ([line, rate]) => `  ${JSON.stringify(line)}: ${JSON.stringify(rate)}`,
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(RATES, baseRatesText(readFileSync(MEASURED, "utf8")));
