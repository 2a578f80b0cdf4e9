import { lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "./made.ts";

/** Value types of the configuration of daemons. */
export const DAEMON_GRAMMARS = lazy((): ConfigGrammars => ({}));
