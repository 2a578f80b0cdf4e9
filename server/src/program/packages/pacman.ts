import { decodeUtf8 } from "../../text/utf8.ts";
import { capabilitiesByScripts } from "./installScripts.ts";
import type { PackageDatabase, PackageManager } from "./manager.ts";

const LOCAL = "/var/lib/pacman/local";
const MAX_SCRIPT = 200_000;

/** pacman of Arch Linux: a folder for each package, with texts of blocks that a word between percent signs begins. */
export const PACMAN: PackageManager = {
  isHere: (files) => files.list(LOCAL).some((it) => it !== "ALPM_DB_VERSION"),
  tellOwners(files, tell) {
    for (const { name, source, block, script } of packagesOf(files)) {
      const from = source() ?? name;
      tell(script, from);
      for (const path of block("FILES")) if (!path.endsWith("/")) tell(`/${path}`, from);
    }
  },
  capabilities: (files) =>
    capabilitiesByScripts(files.list(LOCAL).map((it) => files.read(`${LOCAL}/${it}/install`, 0, MAX_SCRIPT))),
  digests(files) {
    const digests = new Map<string, string>();
    for (const { block } of packagesOf(files))
      for (const line of block("BACKUP")) {
        const [path = "", digest = ""] = line.split("\t");
        if (/^[0-9a-f]{32}$/.test(digest)) digests.set(`/${path}`, digest);
      }
    return digests;
  },
};

/** A package with what it is built from, and the lines of a block of its files. */
interface LocalPackage {
  readonly name: string;
  /** Where the script is that runs after unpacking, if there is one. */
  readonly script: string;
  source(): string | undefined;
  block(name: string): readonly string[];
}

const packagesOf = (files: PackageDatabase): readonly LocalPackage[] =>
  files.list(LOCAL).map((folder) => {
    const text = (name: string): string => textAt(files, `${LOCAL}/${folder}/${name}`);
    return {
      // Its version and its release follow.
      name: folder.replace(/-[^-]+-[^-]+$/, ""),
      script: `${LOCAL}/${folder}/install`,
      source: () => blockOf(text("desc"), "BASE")[0],
      block: (name) => blockOf(text("files"), name),
    };
  });

function blockOf(text: string, name: string): readonly string[] {
  const lines = text.split("\n");
  const start = lines.indexOf(`%${name}%`);
  const end = lines.indexOf("", start);
  return start < 0 ? [] : lines.slice(start + 1, end < 0 ? undefined : end);
}

function textAt(files: PackageDatabase, path: string): string {
  const content = files.read(path);
  return content ? decodeUtf8(content) : "";
}
