import type { FileReading } from "../reading.ts";
import { signsOfModule } from "../script/languageTable.ts";
import { BUILDS_NOTHING, type BuiltPrograms, manifestReading, type NamedPart, withSign } from "./manifest.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** What a package of Node.js builds: its programs by their names, and the scripts that it is started with. */
export function nodePrograms(text: string): BuiltPrograms {
  const manifest = objectIn(text);
  if (!manifest) return BUILDS_NOTHING;
  const { name, main, bin } = manifest;
  const own = typeof name === "string" ? name.replace(/^@[^/]*\//, "") : undefined;
  const programs = isObject(bin) ? Object.keys(bin) : [];
  const scripts = [main, bin, ...(isObject(bin) ? Object.values(bin) : [])];
  const started = isObject(manifest.scripts) ? manifest.scripts.start : undefined;
  const words = typeof started === "string" ? started.split(/\s+/).filter((it) => /\.[cm]?[jt]s$/.test(it)) : [];
  return {
    names: [...(own === undefined ? [] : [own]), ...programs],
    scripts: [...scripts.filter((it) => typeof it === "string"), ...words].map((it) => it.replace(/^\.\//, "")),
  };
}

/** What the modules speak of that a package is run with, those of its lock file or at least those that it names itself; Node.js compiles while it runs. */
export function nodeSource(
  manifest: { readonly path: string; readonly text: string },
  lock: { readonly path: string; readonly text: string } | undefined,
): readonly FileReading[] {
  const read = objectIn(manifest.text) ?? {};
  const direct = namesIn(manifest.text, [read.dependencies, read.optionalDependencies]);
  const ofDevelopment = new Set(namesIn(manifest.text, [read.devDependencies]).map((it) => it.name));
  for (const it of direct) ofDevelopment.delete(it.name);
  const locked = lock && lockedIn(lock.path, lock.text).filter((it) => !ofDevelopment.has(it.name));
  const signsOf = (name: string) => signsOfModule("node", name);
  const own = withSign(manifestReading(manifest.path, direct, signsOf), "compiles", "Node.js");
  return [own, ...(lock && locked ? [manifestReading(lock.path, locked, signsOf)] : [])];
}

function lockedIn(path: string, text: string): readonly NamedPart[] {
  if (path.endsWith(".json")) return inPackageLock(text);
  const name = path.endsWith("yarn.lock") ? YARN : PNPM;
  return text.split("\n").flatMap((row, i) => {
    const found = name.exec(row)?.[1];
    return found === undefined ? [] : [{ name: found, line: i + 1 }];
  });
}

/** `"@scope/name@^1.0.0", …:` at the beginning of a line. */
const YARN = /^"?(@?[^@"\s#]{1,200})@/;
/** `'@scope/name@1.0.0':`, before version 6 `/@scope/name/1.0.0:`, on the level of packages. */
const PNPM = /^ {2}["']?\/?(@?[^@"'\s:/]{1,100}(?:\/[^@"'\s:/]{1,100})??)[@/]\d[^\n]*:\s*$/;

function inPackageLock(text: string): readonly NamedPart[] {
  const { packages, dependencies } = objectIn(text) ?? {};
  if (!isObject(packages)) return namesIn(text, [dependencies], isForUse);
  const keys = Object.entries(packages).filter(([, it]) => isForUse(it));
  return located(
    text,
    keys.flatMap(([key]) => {
      const at = key.lastIndexOf("node_modules/");
      return at < 0 ? [] : [{ name: key.slice(at + "node_modules/".length), key }];
    }),
  );
}

const isForUse = (entry: unknown): boolean => !(isObject(entry) && entry.dev === true);

const namesIn = (
  text: string,
  objects: readonly unknown[],
  isWanted: (it: unknown) => boolean = () => true,
): readonly NamedPart[] =>
  located(
    text,
    objects.flatMap((it) =>
      isObject(it) ? Object.entries(it).flatMap(([name, value]) => (isWanted(value) ? [{ name, key: name }] : [])) : [],
    ),
  );

/** Names with the lines of the first keys, as they stand in the text; of those that speak of nothing no line is looked for. */
function located(text: string, keys: readonly { readonly name: string; readonly key: string }[]): readonly NamedPart[] {
  return keys.map(({ name, key }) => ({
    name,
    line: signsOfModule("node", name).length === 0 ? 1 : lineOf(text, `"${key}":`),
  }));
}

function lineOf(text: string, key: string): number {
  const at = text.indexOf(key);
  return at < 0 ? 1 : text.slice(0, at).split("\n").length;
}

const isObject = (it: unknown): it is JsonObject => typeof it === "object" && it !== null && !Array.isArray(it);

function objectIn(text: string): JsonObject | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return isObject(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
