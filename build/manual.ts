import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { manualFolders, readManualFolder } from "../server/src/main/manualPages.ts";
import { writeBundle } from "../server/src/manual/bundle.ts";
import type { PageSource } from "../server/src/manual/source.ts";

/** The data file in the package. */
const OUT = "dist/manual.json.gz";

/** Pages of an earlier download. */
const CACHE = resolve("node_modules/.cache/unit-warden/man");

/** Those of Debian's packages that hold pages of sections 5 and 7. */
const PACKAGES: readonly string[] = [
  ...["systemd", "udev", "systemd-container", "systemd-resolved", "systemd-repart", "systemd-coredump", "systemd-oomd"],
  ...["systemd-timesyncd", "systemd-homed", "systemd-journal-remote", "systemd-cryptsetup", "systemd-userdbd"],
];

/** Puts systemd's manual pages into dist/: those of a folder, else of this machine, else of Debian's packages. */
export async function bundleManual(folder: string | undefined): Promise<void> {
  const found = folder === undefined ? await pagesOfMachine() : await pagesIn([folder]);
  const pages = [...new Map(found.map((it) => [`${it.name}.${it.section}`, it])).values()];
  if (pages.length === 0) {
    const where = folder ?? "this machine or in Debian's packages";
    console.warn(`No manual pages of systemd in ${where}: the package will only show those installed where it runs.`);
    return;
  }
  mkdirSync("dist", { recursive: true });
  writeFileSync(OUT, gzipSync(writeBundle(pages), { level: 9 }));
}

async function pagesOfMachine(): Promise<PageSource[]> {
  const installed = await pagesIn([...manualFolders(process.env), CACHE]);
  if (installed.length > 0) return installed;
  return download() ? pagesIn([CACHE]) : [];
}

async function pagesIn(folders: readonly string[]): Promise<PageSource[]> {
  for (const folder of folders) {
    const pages = await readManualFolder(folder, console.warn);
    if (pages.length > 0) return pages;
  }
  return [];
}

/** Fills the cache from the packages that apt knows, without installing them; false where that is impossible. */
function download(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-man-"));
  const run = (command: string, args: readonly string[]): string | undefined => {
    const { status, stdout } = spawnSync(command, args, { cwd: folder, encoding: "utf8", timeout: 120_000 });
    return status === 0 ? stdout : undefined;
  };
  try {
    const known = new Set(["systemd", "udev"].flatMap((it) => run("apt-cache", ["pkgnames", it])?.split("\n") ?? []));
    const names = PACKAGES.filter((it) => known.has(it));
    if (names.length === 0) return false;
    const quick = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10"];
    if (run("apt-get", ["download", ...quick, ...names]) === undefined) return false;
    for (const it of readdirSync(folder).filter((name) => name.endsWith(".deb"))) run("dpkg-deb", ["-x", it, "root"]);
    for (const section of ["man5", "man7"]) {
      const pages = join(folder, "root/usr/share/man", section);
      if (existsSync(pages)) cpSync(pages, join(CACHE, section), { recursive: true, dereference: true });
    }
    return existsSync(CACHE);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
