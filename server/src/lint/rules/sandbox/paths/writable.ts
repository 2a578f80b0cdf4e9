import { effective } from "../../../../security/effective.ts";
import type { Settings } from "../../../../security/settings.ts";
import { latest } from "../../../../units/once.ts";
import { type Unit, valuesInForce } from "../../../../units/unit.ts";
import { ancestors, bindTarget, HOMES, hasOwnFiles, listedPath, madeBy, plainPath, ROOTS, wordsOf } from "./view.ts";

/** Who decides whether a path can be written: the setting that makes it read-only, or undefined where it is writable. */
export type Grounds = ReadonlyMap<string, string | undefined>;

/**
 * Which directories of a service are read-only and which are not, seen with 257 and 262; undefined where none is, or where
 * a root of its own makes it another question. ProtectSystem=strict leaves the home directories and the kernel's file
 * systems alone, and /run too where some settings mount it anew.
 */
export function groundsOf(unit: Unit): Grounds | undefined {
  if (unit.path.kind !== "service" || unit.path.scope !== "system" || hasOwnFiles(unit)) return undefined;
  const { settings } = effective(unit);
  const readOnly = valuesInForce(unit, "Service", "ReadOnlyPaths");
  if (settings.protectSystem === "no" && readOnly.length === 0) return undefined;
  return build(
    settings.dynamicUser ? "DynamicUser=" : `ProtectSystem=${settings.protectSystem}`,
    settings.protectSystem,
    settings.protectHome,
    settings.privateTmp !== "no",
    mountsRun(settings),
    readOnly,
    ...[...WRITABLE, ...DIRECTORIES].map((name) => valuesInForce(unit, "Service", name)),
  );
}

/** What makes a path read-only; undefined where it can be written, as far as mounts decide. */
export function readOnlyBy(grounds: Grounds, path: string): string | undefined {
  for (const it of [path, ...ancestors(path)]) if (grounds.has(it)) return grounds.get(it);
  return undefined;
}

const mountsRun = ({
  protectControlGroups,
  protectKernelTunables,
  protectProc,
  procSubset,
  ...it
}: Settings): boolean =>
  protectControlGroups !== "no" ||
  protectKernelTunables ||
  protectProc !== "default" ||
  procSubset !== "all" ||
  it.privatePids !== "no" ||
  it.mountApiVfs === true;

const WRITABLE = ["ReadWritePaths", "BindPaths", "TemporaryFileSystem", "BindReadOnlyPaths"] as const;
const DIRECTORIES = Object.keys(ROOTS) as (keyof typeof ROOTS)[];

const SYSTEM = ["/usr", "/boot", "/efi"];

const build = latest(
  (
    name: string,
    system: string,
    home: string,
    tmp: boolean,
    run: boolean,
    readOnly: readonly string[],
    ...lists: readonly (readonly string[])[]
  ): Grounds => {
    const grounds = new Map<string, string | undefined>();
    if (system === "strict") {
      grounds.set("/", name);
      for (const it of ["/dev", "/proc", "/sys", ...HOMES]) grounds.set(it, undefined);
      if (run) grounds.set("/run", undefined);
    } else if (system !== "no") {
      for (const it of system === "full" ? [...SYSTEM, "/etc"] : SYSTEM) grounds.set(it, name);
    }
    if (home !== "no") for (const it of HOMES) grounds.set(it, `ProtectHome=${home}`);
    if (tmp) for (const it of ["/tmp", "/var/tmp"]) grounds.set(it, undefined);
    const words = lists.map((it) => it.flatMap(wordsOf));
    const [written = [], bound = [], temporary = [], boundReadOnly = []] = words;
    for (const it of written) if (listedPath(it, "system") !== "/") grounds.set(listedPath(it, "system"), undefined);
    for (const it of bound) grounds.set(bindTarget(it, "system") ?? it, undefined);
    for (const it of temporary) grounds.set(plainPath(it.replace(/:.*$/, ""), "system"), undefined);
    for (const [i, directory] of DIRECTORIES.entries()) {
      for (const it of words[i + WRITABLE.length] ?? [])
        for (const at of madeBy(directory, it)) grounds.set(at, undefined);
    }
    for (const it of boundReadOnly) grounds.set(bindTarget(it, "system") ?? it, "BindReadOnlyPaths=");
    for (const it of readOnly.flatMap(wordsOf)) grounds.set(listedPath(it, "system"), "ReadOnlyPaths=");
    return grounds;
  },
);
