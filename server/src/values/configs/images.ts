import { lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "./made.ts";

/** Value types of .nspawn files, partitions and transfers. */
export const IMAGE_GRAMMARS = lazy((): ConfigGrammars => ({}));
