import { decodeUtf8 } from "../../text/utf8.ts";
import { capabilitiesByScripts } from "./installScripts.ts";
import type { PackageDatabase, PackageManager } from "./manager.ts";

const INFO = "/var/lib/dpkg/info";
const STATUS = "/var/lib/dpkg/status";
const MAX_BYTES = 256 * 1024 * 1024;

/** dpkg of Debian: a list of files for each package, and one text with the state of all. */
export const DPKG: PackageManager = {
  isHere: (files) => files.list(INFO).some((it) => it.endsWith(LIST)),
  tellOwners,
  capabilities: (files) => capabilitiesByScripts(scriptsOf(files)),
  digests: digestsOf,
};

/** The scripts that packages run once they are unpacked. */
function* scriptsOf(files: PackageDatabase): Iterable<Uint8Array | undefined> {
  for (const name of files.list(INFO))
    if (name.endsWith(".postinst")) yield files.read(`${INFO}/${name}`, 0, MAX_SCRIPT);
}

const MAX_SCRIPT = 200_000;

const LIST = ".list";

/** Each package has a list of its files. */
function tellOwners(files: PackageDatabase, tell: (path: string, source: string) => void): void {
  const sources = sourcesOf(files);
  let bytes = 0;
  const names = new Set(files.list(INFO));
  for (const name of names) {
    if (!name.endsWith(LIST)) continue;
    const content = files.read(`${INFO}/${name}`);
    bytes += content?.length ?? 0;
    if (!content || bytes > MAX_BYTES) continue;
    const binary = name.slice(0, -LIST.length).replace(/:.*/, "");
    const source = sources.get(binary) ?? binary;
    const script = `${name.slice(0, -LIST.length)}.postinst`;
    if (names.has(script)) tell(`${INFO}/${script}`, source);
    // Folders are in the lists of many packages: theirs is that of the last one, which nothing asks for.
    for (const path of decodeUtf8(content).split("\n")) if (path !== "") tell(path, source);
  }
}

/** The source packages by the names of what is built of them, where these differ. */
function sourcesOf(files: PackageDatabase): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  let name = "";
  for (const line of linesOf(files, STATUS)) {
    if (line.startsWith("Package: ")) name = line.slice("Package: ".length).trim();
    // A version follows where it is another than that of the package.
    else if (line.startsWith("Source: "))
      sources.set(name, line.slice("Source: ".length).trim().split(" ", 1)[0] ?? name);
  }
  return sources;
}

/** What ucf keeps of the files that maintainer scripts made by it: their digests as the package has them. */
const MADE = "/var/lib/ucf/hashfile";

/** A file with its digest, as ucf has them and as the state of dpkg does, where more words may follow. */
const MADE_LINE = /^([0-9a-f]{32})\s+(\/\S+)$/;
const KEPT_LINE = /^ (\/\S+) ([0-9a-f]{32})(?: |$)/;

/** The digests of configuration files as their packages brought them. */
function digestsOf(files: PackageDatabase): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  for (const line of linesOf(files, STATUS)) {
    const [, path, digest] = KEPT_LINE.exec(line) ?? [];
    // One that a later version no longer brings says nothing.
    if (path && digest && !line.endsWith(" obsolete")) digests.set(path, digest);
  }
  for (const line of linesOf(files, MADE)) {
    const [, digest, path] = MADE_LINE.exec(line) ?? [];
    if (path && digest) digests.set(path, digest);
  }
  return digests;
}

function linesOf(files: PackageDatabase, path: string): readonly string[] {
  const content = files.read(path);
  return content ? decodeUtf8(content).split("\n") : [];
}
