import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLayer } from "../proving-ground/layer.ts";

/** The programs that are asked, by the packages of Debian that have them. */
const PACKAGES: readonly [string, ...string[]] = [
  "attr",
  "iproute2",
  "systemd-container",
  "systemd-resolved",
  "systemd-timesyncd",
  "systemd-oomd",
  "systemd-repart",
  "systemd-homed",
  "systemd-journal-remote",
  "systemd-coredump",
  "udev",
];

/** What the installation of systemd-coredump sets in the kernel, which belongs to everybody. */
const KERNEL = ["kernel/core_pattern", "kernel/core_pipe_limit", "fs/suid_dumpable"].map((it) => `/proc/sys/${it}`);

/** Gives `use` a folder with a root for the systemd of this machine, over its own file system. */
export async function withMachineRoot<T>(use: (roots: string) => Promise<T>): Promise<T> {
  const kept = KERNEL.map((it) => [it, readFileSync(it, "utf8")] as const);
  const layer = await openLayer({ packages: PACKAGES }).finally(() => {
    for (const [path, value] of kept) writeFileSync(path, value);
  });
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-oracle-"));
  try {
    for (const it of ["roots", "work"]) mkdirSync(join(folder, it));
    symlinkSync(layer.root, join(folder, "roots", "t257"));
    return await use(folder);
  } finally {
    await layer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
