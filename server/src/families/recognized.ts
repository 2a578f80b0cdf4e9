import type { Family } from "./family.ts";
import { LOOK_ALIKE_FAMILY } from "./lookAlikes.ts";
import { splitPath } from "./paths.ts";

/** A family whose files are recognised by their names and not checked yet: `x.network`, and `x.network.d/y.conf`. */
function bySuffix(suffix: string): Family {
  const folderEnd = `.${suffix}.d`;
  return {
    name: suffix,
    pathOf: (path) => {
      const { folder, file } = splitPath(path);
      const isOwn = file.endsWith(`.${suffix}`) || (folder.endsWith(folderEnd) && file.endsWith(".conf"));
      return isOwn ? { kind: suffix } : undefined;
    },
    pathFromSections: () => undefined,
  };
}

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
export const RECOGNIZED: readonly Family[] = [
  LOOK_ALIKE_FAMILY,
  ...["network", "netdev", "link", "nspawn", "dnssd"].map(bySuffix),
  DAEMONS,
];
