import { lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "./made.ts";

/** Value types of .network files and networkd.conf. */
export const NETWORK_GRAMMARS = lazy((): ConfigGrammars => ({}));
