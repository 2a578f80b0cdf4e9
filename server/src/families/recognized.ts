import type { Family } from "./family.ts";
import { LOOK_ALIKE_FAMILY } from "./lookAlikes.ts";
import { splitPath } from "./paths.ts";

/** The configuration of systemd's daemons that none of the checked families has: `/etc/systemd/*.conf`, and `x.conf.d/y.conf`. */
const DAEMONS: Family = {
  name: "daemons",
  pathOf: (path) => {
    const { folder, file } = splitPath(path);
    // The file for the C library's resolver lies among those of the daemons.
    if (!file.endsWith(".conf") || file === "resolv.conf") return undefined;
    if (folder === "systemd" || folder.endsWith(".conf.d")) return { kind: "conf" };
    return file === OTHER_FILES[folder] ? { kind: "conf" } : undefined;
  },
  pathFromSections: () => undefined,
};

/** Files of assignments without sections, by their folder. */
const OTHER_FILES: Readonly<Record<string, string>> = { udev: "udev.conf", kernel: "install.conf" };

/** The folders whose files have a syntax of their own. */
const TEXT_FORMATS: ReadonlySet<string> = new Set([
  "tmpfiles.d",
  "sysusers.d",
  "sysctl.d",
  "modules-load.d",
  "binfmt.d",
  "environment.d",
]);

/** What systemd's programs read line by line, without sections; presets among them. */
const TEXTS: Family = {
  name: "texts",
  pathOf: (path) => {
    const { folder, file } = splitPath(path);
    if (file.endsWith(".conf")) return TEXT_FORMATS.has(folder) ? { kind: folder } : undefined;
    return /^(?:system|user|initrd)-preset$/.test(folder) && file.endsWith(".preset") ? { kind: "preset" } : undefined;
  },
  pathFromSections: () => undefined,
};

/** Families that are recognised and not checked yet. */
export const RECOGNIZED: readonly Family[] = [LOOK_ALIKE_FAMILY, DAEMONS, TEXTS];
