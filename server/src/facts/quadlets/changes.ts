import type { PodmanVersion } from "../podmanVersions.ts";
import { holdsIn, type Lifetime } from "../version.ts";

/** What podman's generator does since a version, or did until one. */
const CHANGES = {
  // How files are read.
  "trims lines": { since: 4.6 },
  "trims each line": { since: 5 },
  "reads comments anywhere": { since: 5.4 },
  "takes quotes off": { since: 5, until: 5.8 },
  "takes a pair of quotes off": { since: 5.8 },
  "loses a folder with a file": { since: 5 },
  "reads drop-ins": { since: 5 },
  "reads drop-ins of prefixes": { since: 5.2 },

  // What every service has.
  "waits for the network": { since: 5 },
  "reads [Quadlet]": { since: 5.3 },
  "translates dependencies": { since: 5.5 },
  "warns of users": { since: 5.6 },
  "names the path first": { since: 5.5 },
  "ends suffixes before instances": { since: 5.7 },

  // How commands are written.
  "parts options from values": { since: 5.3 },
  "escapes blanks": { since: 5.5 },
  "takes bare names": { since: 5.6 },
  "names containers": { since: 5.6 },
  "names pods": { since: 5.6 },

  // Links.
  "looks links up": { since: 5.3 },
  "joins containers": { since: 5.3 },
  "knows containers before": { since: 5.4 },
  "has pods": { since: 5 },
  "leaves containers of pods": { since: 5.3 },
  "leaves templates of pods": { since: 5.8 },

  // Single keys.
  "parts the entrypoint": { since: 5.3, until: 5.8 },
  "knows healthy": { since: 5 },
  "takes any published port": { since: 5.3 },
  "maps kept ids for the system": { since: 5 },
  "guesses types of mounts": { since: 5.7 },
  "mounts without source": { since: 6 },
  "takes several tags": { since: 5.3 },
  "ends builds": { since: 5.3 },
  "takes specifiers for files": { since: 5.5 },
  "takes several files": { since: 5.7 },
  "plays once": { since: 4.8 },
  "stops after": { since: 4.5 },
  "mounts devices": { since: 5.6 },
  "takes options alone": { since: 6 },
  "adds to the environment": { since: 5.6 },
  "keeps restarts": { since: 6 },
  "takes several addresses": { since: 5.3, until: 5.4 },
} as const satisfies Readonly<Record<string, Lifetime>>;

/** Whether the generator of a version does something. */
export const podmanDoes = (version: PodmanVersion, what: keyof typeof CHANGES): boolean =>
  holdsIn(CHANGES[what], version);
