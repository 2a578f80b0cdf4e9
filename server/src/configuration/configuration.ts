import type { Finding } from "../findings/finding.ts";
import type { Severities } from "../findings/pattern.ts";
import type { StatedText } from "../units/statedText.ts";
import type { ConfigurationCode } from "./configurationRules.ts";
import { type Exception, isOver } from "./exception.ts";
import type { SeverityRuling } from "./exceptionReaders.ts";
import { type Glob, matchesGlob, matchesWildcards } from "./glob.ts";
import { type JsonValue, readJson } from "./jsonText.ts";
import { CONFIGURATION_KEYS, type FILE_KEYS } from "./keys.ts";
import { objectWith, type ReadKeys } from "./objectReader.ts";
import type { Complain } from "./valueReaders.ts";

/** The names under which a configuration may stand in a folder; the first that is there counts. */
export const CONFIGURATION_NAMES = [".unit-warden.json", ".unit-warden.jsonc", "package.json"] as const;

/** No configuration is longer, in bytes. */
export const MOST_CONFIGURATION = 1 << 20;

/** What a configuration sets for a file. */
export interface FileConfiguration extends Omit<ReadKeys<typeof FILE_KEYS>, "rules"> {
  readonly rules?: Severities;
  /** Why codes or families are what the configuration makes them, and until when, where it says so. */
  readonly exceptions?: Readonly<Record<string, Exception>>;
  /** What is stated of its service. */
  readonly stated?: readonly StatedText[];
  /** Whether the file is not to be checked. */
  readonly excluded: boolean;
}

/** What a file with a configuration says, and what is wrong in it. */
export interface ReadConfiguration {
  readonly keys: ReadKeys<typeof CONFIGURATION_KEYS>;
  readonly findings: readonly Finding[];
  /** Nothing of it counts, as it is no JSON. */
  readonly isBroken: boolean;
}

const SEVERITIES: Readonly<Record<ConfigurationCode, Finding["severity"]>> = {
  "configuration/syntax": "error",
  "configuration/value": "error",
  "configuration/unknown-key": "error",
  "configuration/duplicate-key": "warning",
  "configuration/expired": "info",
};

/** Reads a file by its name; undefined for a manifest of a package that has no key for it. Never throws for a text. */
export function readConfiguration(name: string, text: string): ReadConfiguration | undefined {
  const isManifest = name === "package.json";
  if (isManifest && !mayConfigure(text)) return undefined;
  const findings: Finding[] = [];
  const found =
    (code: ConfigurationCode): Complain =>
    (at, message, other) =>
      void findings.push({ ...span(at), code: other ?? code, severity: SEVERITIES[other ?? code], message, fixes: [] });
  const json = readJson(text);
  if (json.kind === "error") {
    found("configuration/syntax")(json.at, `${json.message}; nothing of the configuration counts`);
    return { keys: {}, findings, isBroken: true };
  }
  const value = isManifest ? keyOf(json.value) : json.value;
  if (!value) return undefined;
  sayTwice(value, found("configuration/duplicate-key"));
  const keys = objectWith(CONFIGURATION_KEYS).read(value, found("configuration/value")) ?? {};
  return { keys, findings: findings.toSorted((a, b) => a.start - b.start || a.end - b.end), isBroken: false };
}

/** Whether a manifest of a package may hold a configuration, which its text shows at once; as a name it stands in many. */
export const mayConfigure = (text: string): boolean => /"unit(?:W|-w)arden"\s*:\s*\{/.test(text);

function keyOf({ members }: JsonValue): JsonValue | undefined {
  return members.find(({ name }) => name === "unitWarden" || name === "unit-warden")?.value;
}

const span = ({ start, end }: { readonly start: number; readonly end: number }) => ({ start, end });

/** Complains of names that stand twice in an object, also inside of others. */
function sayTwice({ items, members }: JsonValue, complain: Complain): void {
  const seen = new Set<string>();
  for (const { name, at, value } of members) {
    if (seen.has(name)) complain(at, `Key ${name} is set twice; the last one counts`);
    seen.add(name);
    sayTwice(value, complain);
  }
  for (const it of items) sayTwice(it, complain);
}

/** What a configuration sets today for a file, whose path is relative to its folder and has slashes. */
export function configurationFor(
  { keys }: Pick<ReadConfiguration, "keys">,
  path: string,
  today: string,
): FileConfiguration {
  const isOf = (globs: readonly Glob[] | undefined): boolean => globs?.some((it) => matchesGlob(it, path)) === true;
  const { profile, systemd, podman, scope, failOn, templates, placeholders } = keys;
  const base = { profile, systemd, podman, scope, failOn, templates, placeholders };
  let set: Omit<ReadKeys<typeof FILE_KEYS>, "rules"> = defined(base);
  const rulings: (readonly SeverityRuling[])[] = keys.rules ? [keys.rules] : [];
  for (const { files, rules: more, ...values } of keys.overrides ?? []) {
    if (!isOf(files)) continue;
    set = { ...set, ...values };
    if (more) rulings.push(more);
  }
  const inForce = rulings.flat().filter((it) => !isOver(it, today));
  const reasoned = inForce.filter((it) => it.reason !== undefined || it.until !== undefined);
  return {
    ...set,
    ...(rulings.length > 0 && { rules: Object.fromEntries(inForce.map((it) => [it.name, it.severity])) }),
    ...(reasoned.length > 0 && { exceptions: Object.fromEntries(reasoned.map((it) => [it.name, it])) }),
    ...statedFor(keys, path),
    excluded: isOf(keys.exclude),
  };
}

/** What is stated of the service of a unit file or drop-in: by its name, else by the longest pattern. */
function statedFor(
  { statements = [] }: ReadConfiguration["keys"],
  path: string,
): Pick<FileConfiguration, "stated"> | undefined {
  if (statements.length === 0) return undefined;
  const [file = "", folder = ""] = path.split("/").reverse();
  const name = folder.endsWith(".d") && file.endsWith(".conf") ? folder.slice(0, -2) : file;
  const best = mostFitting(statements, name);
  const texts = (["needs", "no"] as const).flatMap((verb) => {
    const words = best?.value[verb] ?? [];
    return words.length > 0 ? [{ text: `${verb} ${words.join(" ")}`, from: CONFIGURATION_NAMES[0] }] : [];
  });
  return texts.length > 0 ? { stated: texts } : undefined;
}

/** What is said by the very name, else by the longest pattern that it fits. */
function mostFitting<T extends { readonly name: string }>(all: readonly T[], name: string): T | undefined {
  const fitting = all.filter((it) => matchesWildcards(name, it.name));
  return fitting.toSorted(
    ({ name: a }, { name: b }) => Number(b === name) - Number(a === name) || b.length - a.length,
  )[0];
}

/** What is said of the exceptions of a configuration whose last day has passed. */
export function expiredExceptions({ keys }: Pick<ReadConfiguration, "keys">, today: string): readonly Finding[] {
  const rulings = [keys.rules ?? [], keys.security?.units ?? [], ...(keys.overrides ?? []).map((it) => it.rules ?? [])];
  return rulings.flat().flatMap((it) => {
    if (!isOver(it, today)) return [];
    const message = `The exception for ${it.name} ended on ${it.until} and does not count any more`;
    return [
      {
        ...span(it.at),
        code: "configuration/expired",
        severity: SEVERITIES["configuration/expired"],
        message,
        fixes: [],
      },
    ];
  });
}

/** The members that are set. */
function defined<T extends object>(it: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The highest exposure that passes. */
export interface ExposureLimit extends Exception {
  readonly tenths: number;
  /** The name or pattern that it is set for; missing where it holds for all services. */
  readonly unit?: string;
}

/** What a configuration lets pass of a service today: by its name, else by the longest pattern, else for all. */
export function limitFor(
  { keys }: Pick<ReadConfiguration, "keys">,
  name: string,
  today: string,
): ExposureLimit | undefined {
  const { threshold, units = [] } = keys.security ?? {};
  const best = mostFitting(
    units.filter((it) => !isOver(it, today)),
    name,
  );
  if (best) {
    const { tenths, name: unit, reason, until } = best;
    return { tenths, unit, ...(reason !== undefined && { reason }), ...(until !== undefined && { until }) };
  }
  return threshold === undefined ? undefined : { tenths: threshold };
}
