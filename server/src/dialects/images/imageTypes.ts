import { lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "../../values/configs/made.ts";
import { configTypes } from "../../values/configTypes.ts";
import { REPART_PATHS } from "./types/repartPaths.ts";
import { REPART_SIZES } from "./types/repartSizes.ts";
import { REPART_WORDS } from "./types/repartWords.ts";
import { TRANSFER_TYPES } from "./types/transferTypes.ts";

/** Value types of partitions and transfers. */
export const IMAGE_GRAMMARS = lazy(
  (): ConfigGrammars => ({
    ...REPART_PATHS,
    ...REPART_SIZES,
    ...REPART_WORDS,
    ...TRANSFER_TYPES,
  }),
);

/** Those and all that the tables of partitions and transfers may name besides. */
export const imageTypes = configTypes(IMAGE_GRAMMARS);
