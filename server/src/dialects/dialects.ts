import { type ConfigFamilies, provideConfigFamilies } from "../families/configFamilies.ts";
import { DAEMONS } from "./daemons/dialect.ts";
import { IMAGE_FILES } from "./images/dialect.ts";
import { NETWORKS } from "./network/dialect.ts";
import { NSPAWN_FILES } from "./nspawn/dialect.ts";

/** All dialects by their folders. Whoever reads files imports this first, as the rooms below learn from here what there is. */
export const DIALECTS = { daemons: DAEMONS, network: NETWORKS, nspawn: NSPAWN_FILES, images: IMAGE_FILES } as const;

const KINDS: ConfigFamilies = { ...DAEMONS.kinds, ...NETWORKS.kinds, ...NSPAWN_FILES.kinds, ...IMAGE_FILES.kinds };

provideConfigFamilies(KINDS);
