import { FileBytes } from "../native/bytes.ts";
import { hashValues } from "./berkeleyHash.ts";
import type { PackageDatabase, PackageManager } from "./manager.ts";
import { type RpmHeader, rpmHeader } from "./rpmHeader.ts";
import { lastFields } from "./sqliteTable.ts";

/** Where rpm keeps its database, in the order of its versions. */
const FOLDERS = ["/usr/lib/sysimage/rpm", "/usr/share/rpm", "/var/lib/rpm"];

/** How each form of it gives the headers of packages: that of Fedora and RHEL 9, that of SUSE, and that of RHEL 8 and older ones. */
const FORMS: Readonly<Record<string, (path: string, files: PackageDatabase) => Iterable<Uint8Array>>> = {
  "rpmdb.sqlite": (path, files) => lastFields(path, "Packages", files),
  "Packages.db": headersInSlots,
  Packages: hashValues,
};

/** rpm of Fedora, Red Hat and SUSE: a database whose rows are headers in binary. */
export const RPM: PackageManager = {
  isHere: (files) => databaseIn(files) !== undefined,
  tellOwners(files, tell) {
    for (const { name, source, header } of packagesOf(files))
      for (const path of pathsOf(header)) tell(path, source ?? name);
  },
  capabilities: (files) =>
    new Map(
      [...packagesOf(files)].flatMap(({ header }) => {
        const all = header.texts("fileCapabilities");
        return all.length === 0 ? [] : pathsOf(header).flatMap((it, i) => (all[i] ? [[it, all[i]] as const] : []));
      }),
    ),
  digests(files) {
    const digests = new Map<string, string>();
    for (const { header } of packagesOf(files)) {
      const [flags, all] = [header.numbers("fileFlags"), header.texts("fileDigests")];
      pathsOf(header).forEach((path, i) => {
        const digest = all[i] ?? "";
        // What a package only names has no content of its own.
        if (((flags[i] ?? 0) & CONFIGURATION) !== 0 && digest !== "") digests.set(path, digest);
      });
    }
    return digests;
  },
};

/** The flag of files that people edit. */
const CONFIGURATION = 1;

interface RpmPackage {
  readonly name: string;
  readonly source: string | undefined;
  readonly header: RpmHeader;
}

function* packagesOf(files: PackageDatabase): Iterable<RpmPackage> {
  const found = databaseIn(files);
  for (const it of found ? found.headers(found.path, files) : []) {
    const header = rpmHeader(it);
    const [name = ""] = header.texts("name");
    // Its version, its release and what it is follow.
    const source = header.texts("sourcePackage")[0]?.replace(/-[^-]+-[^-]+$/, "");
    yield { name, source, header };
  }
}

const pathsOf = (header: RpmHeader): readonly string[] => {
  const [folders, numbers] = [header.texts("folders"), header.numbers("folderOfFile")];
  return header.texts("fileNames").map((it, i) => `${folders[numbers[i] ?? -1] ?? ""}${it}`);
};

function databaseIn(files: PackageDatabase) {
  for (const folder of FOLDERS) {
    const names = files.list(folder);
    const form = Object.entries(FORMS).find(([name]) => names.includes(name));
    if (form) return { path: `${folder}/${form[0]}`, headers: form[1] };
  }
  return undefined;
}

const SLOT = 16;
const SLOT_PAGE = 4096;
const MOST_PAGES = 2048;
/** More bytes than the headers of a machine take, and than one of them does. */
const MAX_BYTES = 1 << 30;
const MAX_HEADER = 1 << 26;

/** The headers that slots at the beginning of a file lead to, each a block with its number and length before it. */
function* headersInSlots(path: string, files: PackageDatabase): Iterable<Uint8Array> {
  const pages = new FileBytes(files.read(path, 0, SLOT) ?? new Uint8Array());
  if (pages.text(0, 4) !== "RpmP") return;
  const slots = new FileBytes(files.read(path, 0, Math.min(pages.u32(12), MOST_PAGES) * SLOT_PAGE) ?? new Uint8Array());
  let bytes = 0;
  for (let at = 2 * SLOT; at < slots.length; at += SLOT) {
    if (slots.text(at, 4) !== "Slot" || slots.u32(at + 4) === 0) continue;
    const start = slots.u32(at + 8) * SLOT;
    const block = new FileBytes(files.read(path, start, start + SLOT) ?? new Uint8Array());
    if (block.text(0, 4) !== "BlbS") continue;
    const content = start + SLOT;
    const header = files.read(path, content, content + Math.min(block.u32(12), MAX_HEADER)) ?? new Uint8Array();
    bytes += header.length;
    if (bytes > MAX_BYTES) return;
    yield header;
  }
}
