import type { Family } from "./family.ts";
import { LOOK_ALIKE_FAMILY } from "./lookAlikes.ts";
import { splitPath } from "./pathParts.ts";

/** The folders whose files programs of systemd read line by line, in a syntax of their own each; by what ends the name of a file. */
const FOLDERS: ReadonlyMap<string, readonly [kind: string, end: string]> = new Map([
  ["tmpfiles.d", ["tmpfiles.d", ".conf"]],
  ["user-tmpfiles.d", ["tmpfiles.d", ".conf"]],
  ["sysusers.d", ["sysusers.d", ".conf"]],
  ["sysctl.d", ["sysctl.d", ".conf"]],
  ["modules-load.d", ["modules-load.d", ".conf"]],
  ["binfmt.d", ["binfmt.d", ".conf"]],
  ["environment.d", ["environment.d", ".conf"]],
  ["system-preset", ["preset", ".preset"]],
  ["user-preset", ["preset", ".preset"]],
  ["initrd-preset", ["preset", ".preset"]],
  ["udev.conf.d", ["udev.conf", ".conf"]],
  ["install.conf.d", ["install.conf", ".conf"]],
]);

/** Files of settings without sections, by the folder that they lie in. */
const FILES: ReadonlyMap<string, string> = new Map([
  ["udev.conf", "udev"],
  ["install.conf", "kernel"],
]);

/** What programs of systemd read and is no ini file: files and rules in a line each, and settings without sections. */
const LINES: Family = {
  name: "lines",
  pathOf: (path) => {
    // Asked of every file that no other family knows.
    if (!path.endsWith(".conf") && !path.endsWith(".preset")) return undefined;
    const { folder, file } = splitPath(path);
    if (file.startsWith(".")) return undefined;
    const [kind, end = ""] = FOLDERS.get(folder) ?? [];
    if (kind !== undefined && file.endsWith(end)) return { kind };
    return FILES.get(file) === folder ? { kind: file } : undefined;
  },
  pathFromSections: () => undefined,
};

/** Families that are recognised and not checked. */
export const RECOGNIZED: readonly Family[] = [LOOK_ALIKE_FAMILY, LINES];
