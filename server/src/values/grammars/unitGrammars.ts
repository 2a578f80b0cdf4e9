import type { Grammar } from "../grammar.ts";
import { CONDITION_GRAMMARS } from "./unit/conditions.ts";
import { DEPENDENCIES } from "./unit/dependencies.ts";
import { INSTALLATION } from "./unit/install.ts";
import { SOCKETS } from "./unit/sockets.ts";

/** Units, conditions, sockets, installation. */
export const UNITS = { ...DEPENDENCIES, ...CONDITION_GRAMMARS, ...INSTALLATION, ...SOCKETS } as const satisfies Record<
  string,
  Grammar
>;
