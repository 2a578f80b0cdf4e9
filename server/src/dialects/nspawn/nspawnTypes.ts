import { lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "../../values/configs/made.ts";
import { configTypes } from "../../values/configTypes.ts";
import { NSPAWN_MOUNTS } from "./types/nspawnMounts.ts";
import { NSPAWN_NETWORK } from "./types/nspawnNetwork.ts";
import { NSPAWN_WORDS } from "./types/nspawnWords.ts";

/** Value types of .nspawn files. */
export const NSPAWN_GRAMMARS = lazy(
  (): ConfigGrammars => ({
    ...NSPAWN_MOUNTS,
    ...NSPAWN_NETWORK,
    ...NSPAWN_WORDS,
  }),
);

/** Those and all that the table of .nspawn files may name besides. */
export const nspawnTypes = configTypes(NSPAWN_GRAMMARS);
