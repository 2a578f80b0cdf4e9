import { lazy } from "../../text/tables.ts";
import { NSPAWN_MOUNTS } from "./images/nspawnMounts.ts";
import { NSPAWN_NETWORK } from "./images/nspawnNetwork.ts";
import { NSPAWN_WORDS } from "./images/nspawnWords.ts";
import { REPART_PATHS } from "./images/repartPaths.ts";
import { REPART_SIZES } from "./images/repartSizes.ts";
import { REPART_WORDS } from "./images/repartWords.ts";
import { TRANSFER_TYPES } from "./images/transfer.ts";
import type { ConfigGrammars } from "./made.ts";

/** Value types of .nspawn files, partitions and transfers. */
export const IMAGE_GRAMMARS = lazy(
  (): ConfigGrammars => ({
    ...NSPAWN_MOUNTS,
    ...NSPAWN_NETWORK,
    ...NSPAWN_WORDS,
    ...REPART_PATHS,
    ...REPART_SIZES,
    ...REPART_WORDS,
    ...TRANSFER_TYPES,
  }),
);
