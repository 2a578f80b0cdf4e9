import { lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "./made.ts";

/** Value types of several families. */
export const GENERAL_GRAMMARS = lazy((): ConfigGrammars => ({}));
