import type { Unit } from "../../../units/unit.ts";
import { matchesDevice } from "../deviceNames.ts";
import { isPlain } from "./filesBeside.ts";
import { type ConfigObject, objectNamed } from "./objects.ts";

/** The settings of [Match] by which a file can have all interfaces that another one has. */
const NAMES: Readonly<Record<string, string>> = { network: "Name", link: "OriginalName" };
const ADDRESSES = ["MACAddress", "PermanentMACAddress"];

/** All settings that stand in [Match], also those that nobody knows or that were reset. */
const keysOf = (unit: Unit): ReadonlySet<string> =>
  new Set(
    [unit.file, ...unit.dropIns]
      .flatMap((it) => it.sections)
      .filter((it) => it.name === "Match")
      .flatMap((it) => it.nodes.flatMap((node) => (node.kind === "assignment" ? [node.key] : []))),
  );

const matchWords = (match: ConfigObject, key: string): readonly string[] => match.words(key);

/**
 * Whether one file surely matches each interface that another one does, so that the other is never used when it comes later.
 * Only a file with a single setting in [Match] is sure of that: more of them, and conditions, make it match less.
 */
export function takesAllOf(first: Unit, later: Unit): boolean {
  const keys = [...keysOf(first)];
  const [key = ""] = keys;
  const [own, other] = [objectNamed(first, "Match"), objectNamed(later, "Match")];
  if (keys.length !== 1 || !own || !other) return false;
  const had = matchWords(own, key);
  const wanted = matchWords(other, key);
  if (![...had, ...wanted].every((it) => isPlain(it) && !it.startsWith("!"))) return false;
  if (key === NAMES[first.path.kind]) {
    // An interface always has a name, the loopback too.
    if (had.includes("*")) return keysOf(later).size > 0;
    return wanted.length > 0 && wanted.every((name) => had.some((it) => hasName(it, name)));
  }
  const addresses = had.map(addressOf);
  return ADDRESSES.includes(key) && wanted.length > 0 && wanted.every((it) => addresses.includes(addressOf(it)));
}

/** Of a pattern only itself is sure; classes of characters are not looked into. */
const hasName = (pattern: string, name: string): boolean =>
  pattern === name || (!/[[*?]/.test(name) && !pattern.includes("[") && matchesDevice(pattern, name));

const addressOf = (word: string): string => word.toLowerCase().replace(/[-:.]/g, "");
