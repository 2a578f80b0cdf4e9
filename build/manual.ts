import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
import { manualFolders, readManualFolder } from "../server/src/main/manualPages.ts";
import { MANUAL_DATA, writeBundle } from "../server/src/manual/bundle.ts";
import type { PageSource } from "../server/src/manual/source.ts";

/** The data file in the package. */
const OUT = join("dist", MANUAL_DATA);

/**
 * The manual of the package: that of one version of Debian's packages, so that the same sources make the same package on every
 * machine. The digest is `digestOf` their pages, which are the same for all architectures.
 */
export const PINNED = {
  version: "257.13-1~deb13u1",
  sha256: "e6f0954d6784c900aa1429cd51c5e81860d5fe448cc9b77d338a9fe33c189577",
} as const;

/** Pages of earlier downloads, in a folder for each version. */
const CACHE = resolve("node_modules/.cache/unit-warden/man");

/** Those of Debian's packages that hold pages of sections 5 and 7. */
const PACKAGES: readonly string[] = [
  ...["systemd", "udev", "systemd-container", "systemd-resolved", "systemd-repart", "systemd-coredump", "systemd-oomd"],
  ...["systemd-timesyncd", "systemd-homed", "systemd-journal-remote", "systemd-cryptsetup", "systemd-userdbd"],
];

/** Pages that have most in common with the others: of all sets of short ones, this one makes the data file smallest. */
const TYPICAL: readonly string[] = ["sysusers.d", "systemd.swap", "systemd-sleep.conf"];

/** Which manual a package has. */
export interface BundledManual {
  /** As the pages name it, such as 257.13. */
  readonly version: string;
  readonly origin: string;
}

/**
 * Puts systemd's manual pages into dist/: those of a folder, else the pinned ones, else what this machine or apt has. Undefined
 * where there are none.
 */
export async function bundleManual(folder: string | undefined): Promise<BundledManual | undefined> {
  const pages = folder === undefined ? await pinnedPages() : await pagesIn(folder);
  if (pages.length === 0) {
    const where = folder ?? "this machine or in Debian's packages";
    console.warn(`No manual pages of systemd in ${where}: the package will only show those installed where it runs.`);
    return undefined;
  }
  mkdirSync("dist", { recursive: true });
  writeFileSync(
    OUT,
    writeBundle(pagesAboutFiles(pages), (it, dictionary) => deflateRawSync(it, { level: 9, dictionary }), TYPICAL),
  );
  const pinned = digestOf(pages) === PINNED.sha256;
  return {
    version: versionOf(pages),
    origin: pinned ? `Debian's packages of version ${PINNED.version}` : "the machine on which the package was made",
  };
}

function pinnedPages(): Promise<PageSource[]> {
  const known = run("apt-cache", ["madison", "systemd"])?.matchAll(/\| *(\S+) *\|/g) ?? [];
  const versions = [...known].map((it) => it[1] ?? "");
  const debian = async (version: string): Promise<PageSource[]> =>
    versions.includes(version) || existsSync(join(CACHE, version)) ? pagesIn(downloaded(version)) : [];
  const installed = manualFolders(process.env).map((it) => () => pagesIn(it));
  const sources = [() => debian(PINNED.version), ...installed, () => debian(versions[0] ?? "none")];
  return firstManual(sources, PINNED, console.warn);
}

/** The pages of the first source that has any; where they are not the pinned ones, one line says which they are instead. */
export async function firstManual(
  sources: readonly (() => Promise<PageSource[]>)[],
  pinned: { readonly version: string; readonly sha256: string },
  warn: (line: string) => void,
): Promise<PageSource[]> {
  for (const source of sources) {
    const pages = await source();
    if (pages.length === 0) continue;
    const digest = digestOf(pages);
    if (digest !== pinned.sha256)
      warn(
        `The package gets the manual of systemd ${versionOf(pages)} (sha256 ${digest}) instead of that of ${pinned.version} (${pinned.sha256}).`,
      );
    return pages;
  }
  return [];
}

/** The SHA-256 of all pages, in whatever order they are. */
export function digestOf(pages: readonly PageSource[]): string {
  const texts = pages.map((it) => `${it.name}(${it.section})\n${it.roff}`).sort();
  return createHash("sha256").update(texts.join("\0")).digest("hex");
}

/** The pages without those about interfaces of D-Bus, which are for programs that call a daemon. */
export const pagesAboutFiles = (pages: readonly PageSource[]): readonly PageSource[] =>
  pages.filter(({ name }) => !name.startsWith("org.freedesktop."));

const versionOf = ([page]: readonly PageSource[]): string =>
  /^\.TH .*"systemd ([^"]+)"/m.exec(page?.roff ?? "")?.[1] ?? "an unknown version";

/** The pages of a folder, each once. */
async function pagesIn(folder: string | undefined): Promise<PageSource[]> {
  const found = folder === undefined ? [] : await readManualFolder(folder, console.warn);
  return [...new Map(found.map((it) => [`${it.name}.${it.section}`, it])).values()];
}

/** The folder with the pages of a version, from the cache or from apt, which installs nothing; undefined where apt fails. */
function downloaded(version: string): string | undefined {
  const pages = join(CACHE, version);
  if (existsSync(pages)) return pages;
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-man-"));
  try {
    const quick = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10"];
    const names = PACKAGES.map((it) => `${it}=${version}`);
    if (run("apt-get", ["download", ...quick, ...names], folder) === undefined) return undefined;
    for (const it of readdirSync(folder).filter((name) => name.endsWith(".deb")))
      run("dpkg-deb", ["-x", it, "root"], folder);
    for (const section of ["man5", "man7"])
      cpSync(join(folder, "root/usr/share/man", section), join(pages, section), { recursive: true, dereference: true });
    return pages;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a program prints; undefined where it is missing or fails. */
function run(command: string, args: readonly string[], cwd = "."): string | undefined {
  const { status, stdout } = spawnSync(command, args, { cwd, encoding: "utf8", timeout: 120_000 });
  return status === 0 ? stdout : undefined;
}
