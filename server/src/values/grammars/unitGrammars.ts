import { joinTables } from "../../text/tables.ts";
import type { Grammar } from "../grammar.ts";
import { CONDITION_GRAMMARS } from "./unit/conditionGrammars.ts";
import { DEPENDENCIES } from "./unit/dependencies.ts";
import { INSTALLATION } from "./unit/install.ts";
import { SOCKETS } from "./unit/sockets.ts";

/** Units, conditions, sockets, installation. */
export const UNITS = joinTables(DEPENDENCIES, CONDITION_GRAMMARS, INSTALLATION, SOCKETS) satisfies Record<
  string,
  Grammar
>;
