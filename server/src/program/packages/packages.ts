import { lazy } from "../../text/tables.ts";
import { APK } from "./alpine.ts";
import { DPKG } from "./debian.ts";
import type { PackageDatabase, PackageManager } from "./manager.ts";
import { PACMAN } from "./pacman.ts";
import { RPM } from "./rpm.ts";
import { isStatement } from "./statements.ts";

/** What the package manager of a machine says of its files. */
export interface PackagedFiles {
  /** The source package that brought a file. */
  packageOf(path: string): string | undefined;
  /** The plugins that the same source package brought. */
  pluginsOf(path: string): readonly string[];
  /** The files in which the same source package may speak of its programs. */
  statementsOf(path: string): readonly string[];
  /** The capabilities that a package gives a file. */
  capabilitiesOf(path: string): string | undefined;
  /**
   * The digest of a configuration file as its package brought it; `none` for one of no package in a folder to which people add
   * files. Others of no package, such as /etc/cups/cupsd.conf, are made by scripts of packages, which leave no digest.
   */
  digestOf(path: string): string | "none" | undefined;
}

/** Each is asked in this order, as dpkg and rpm may be installed on machines of others. */
const MANAGERS = [DPKG, PACMAN, APK, RPM];

/**
 * What packages brought; undefined where no known package manager is. The lists of all packages are read when the first file is
 * asked for, and kept: whoever asks again makes one of these once.
 */
export function packagedFiles(files: PackageDatabase): PackagedFiles | undefined {
  const manager = MANAGERS.find((it) => it.isHere(files));
  if (!manager) return undefined;
  const owners = lazy(() => ownersIn(manager, files));
  const plugins = lazy(() => bySource(owners(), (it) => (PLUGIN.test(it) ? `/usr${it}` : undefined)));
  const statements = lazy(() => bySource(owners(), statementAt));
  const capabilities = lazy(
    () => new Map([...(manager.capabilities?.(files) ?? [])].map(([path, it]) => [merged(path), it])),
  );
  const digests = lazy(() => manager.digests(files));
  const folders = lazy(() => new Set([...digests().keys()].flatMap((it) => OWN_FOLDER.exec(it)?.[0] ?? [])));
  const packageOf = (path: string): string | undefined => owners().get(merged(path));
  return {
    packageOf,
    pluginsOf: (path) => plugins().get(packageOf(path) ?? "") ?? [],
    statementsOf: (path) => statements().get(packageOf(path) ?? "") ?? [],
    capabilitiesOf: (path) => capabilities().get(merged(path)),
    digestOf(path) {
      const digest = digests().get(path);
      if (digest !== undefined || !FOR_ADDING.test(path) || packageOf(path) !== undefined) return digest;
      return folders().has(OWN_FOLDER.exec(path)?.[0] ?? "") ? "none" : undefined;
    },
  };
}

/** The source package of each file that may hold code or what code reads. */
function ownersIn(manager: PackageManager, files: PackageDatabase): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  manager.tellOwners(files, (path, source) => {
    if (!TEXTS.test(path)) owners.set(merged(path), source);
  });
  return owners;
}

/** Documentation and translations, which are most files of a machine. */
const TEXTS = /^\/usr\/share\/(?:doc|man|locale|info|lintian|icons|help|doc-base)\//;

/** The folder of the configuration of one program. */
const OWN_FOLDER = /^\/etc\/(?!default\/|[^/]*\.d\/)[^/]+\//;

/** Folders of which a program reads all files. */
const FOR_ADDING = /(?:\.d|-enabled|\/sites)\/[^/]+$/;

/** /bin is a link to /usr/bin where the machine is merged, and packages list files by either name. */
const merged = (path: string): string => path.replace(/^\/usr(?=\/(?:bin|sbin|lib\w*)\/)/, "");

/** Some files of each source package, by the names that they have in a merged system. */
function bySource(
  owners: ReadonlyMap<string, string>,
  whole: (path: string) => string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const [path, source] of owners) {
    const found = whole(path);
    if (found === undefined) continue;
    const known = all.get(source) ?? [];
    all.set(source, known);
    known.push(found);
  }
  return all;
}

const statementAt = (path: string): string | undefined =>
  isStatement(path) ? path.replace(/^\/lib\//, "/usr/lib/") : undefined;

/** A shared object in a folder of its own, where the loader does not look for what programs are linked with. */
const PLUGIN = /^\/lib\w*\/(?:[\w-]+-linux-\w+\/)?(?![\w-]+-linux-\w+\/)[^/]+\/.*\.so(?:\.\d+)*$/;
