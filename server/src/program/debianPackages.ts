import { decodeUtf8 } from "../text/utf8.ts";
import type { ProgramFiles } from "./files.ts";

/** What names the source package of a file. */
/** What a package manager knows of files. */
export type PackagedFiles = Required<Pick<ProgramFiles, "packageOf" | "pluginsOf">>;

const INFO = "/var/lib/dpkg/info";
const STATUS = "/var/lib/dpkg/status";
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The source packages of files as dpkg knows them; undefined where dpkg manages nothing. The lists of all packages are read
 * when the first file is asked for, and kept: whoever asks again makes one of these once.
 */
export function debianPackages(files: Pick<ProgramFiles, "read" | "list">): PackagedFiles | undefined {
  if (!files.list(INFO).some((it) => it.endsWith(LIST))) return undefined;
  let owners: ReadonlyMap<string, string> | undefined;
  let plugins: ReadonlyMap<string, readonly string[]> | undefined;
  const packageOf = (path: string): string | undefined => {
    owners ??= ownersOf(files);
    return owners.get(merged(path));
  };
  return {
    packageOf,
    pluginsOf(path) {
      const source = packageOf(path);
      plugins ??= pluginsOf(owners ?? new Map());
      return (source === undefined ? undefined : plugins.get(source)) ?? [];
    },
  };
}

/** The plugins of each source package, by their names in a merged system. */
function pluginsOf(owners: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const [path, source] of owners) {
    if (!PLUGIN.test(path)) continue;
    const known = all.get(source) ?? [];
    all.set(source, known);
    known.push(`/usr${path}`);
  }
  return all;
}

/** A shared object in a folder of its own, where the loader does not look for what programs are linked with. */
const PLUGIN = /^\/lib\w*\/(?:[\w-]+-linux-\w+\/)?(?![\w-]+-linux-\w+\/)[^/]+\/.*\.so(?:\.\d+)*$/;

const LIST = ".list";

/** The source package of each file that may hold code or what code reads. */
function ownersOf(files: Pick<ProgramFiles, "read" | "list">): ReadonlyMap<string, string> {
  const sources = sourcesOf(files);
  const owners = new Map<string, string>();
  let bytes = 0;
  for (const name of files.list(INFO)) {
    if (!name.endsWith(LIST)) continue;
    const content = files.read(`${INFO}/${name}`);
    bytes += content?.length ?? 0;
    if (!content || bytes > MAX_BYTES) continue;
    const binary = name.slice(0, -LIST.length).replace(/:.*/, "");
    const source = sources.get(binary) ?? binary;
    // Folders are in the lists of many packages: theirs is that of the last one, which nothing asks for.
    for (const path of decodeUtf8(content).split("\n"))
      if (path !== "" && !TEXTS.test(path)) owners.set(merged(path), source);
  }
  return owners;
}

/** Documentation and translations, which are most files of a machine. */
const TEXTS = /^\/usr\/share\/(?:doc|man|locale|info|lintian|icons|help|doc-base)\//;

/** /bin is a link to /usr/bin where the machine is merged, and packages list files by either name. */
const merged = (path: string): string => path.replace(/^\/usr(?=\/(?:bin|sbin|lib\w*)\/)/, "");

/** The source packages by the names of what is built of them, where these differ. */
function sourcesOf(files: Pick<ProgramFiles, "read">): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const status = files.read(STATUS);
  let name = "";
  for (const line of status ? decodeUtf8(status).split("\n") : []) {
    if (line.startsWith("Package: ")) name = line.slice("Package: ".length).trim();
    // A version follows where it is another than that of the package.
    else if (line.startsWith("Source: "))
      sources.set(name, line.slice("Source: ".length).trim().split(" ", 1)[0] ?? name);
  }
  return sources;
}
