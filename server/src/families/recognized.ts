import type { Family } from "./family.ts";
import { LOOK_ALIKE_FAMILY } from "./lookAlikes.ts";
import { splitPath } from "./paths.ts";

/** The configuration of systemd's daemons: `/etc/systemd/*.conf`, and `x.conf.d/y.conf`. */
const DAEMONS: Family = {
  name: "daemons",
  pathOf: (path) => {
    const { folder, file } = splitPath(path);
    // The file for the C library's resolver lies among those of the daemons.
    if (!file.endsWith(".conf") || file === "resolv.conf") return undefined;
    return folder === "systemd" || folder.endsWith(".conf.d") ? { kind: "conf" } : undefined;
  },
  pathFromSections: () => undefined,
};

/** Families that are recognised and not checked yet. */
export const RECOGNIZED: readonly Family[] = [LOOK_ALIKE_FAMILY, DAEMONS];
