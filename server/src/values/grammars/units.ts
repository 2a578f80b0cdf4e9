import type { Grammar } from "../grammar.ts";
import { CONDITIONS } from "./unit/conditions.ts";
import { DEPENDENCIES } from "./unit/dependencies.ts";
import { INSTALLATION } from "./unit/install.ts";
import { SOCKETS } from "./unit/sockets.ts";

/** Units, conditions, sockets, installation. */
export const UNITS = { ...DEPENDENCIES, ...CONDITIONS, ...INSTALLATION, ...SOCKETS } as const satisfies Record<
  string,
  Grammar
>;
