import { lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "./made.ts";

/** Value types of .netdev and .link files. */
export const NETDEV_GRAMMARS = lazy((): ConfigGrammars => ({}));
