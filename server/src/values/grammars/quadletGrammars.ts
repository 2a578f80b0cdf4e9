import { joinTables } from "../../text/tables.ts";
import type { Grammar } from "../grammar.ts";
import { QUADLET_LISTS } from "./quadlet/lists.ts";
import { QUADLET_NUMBERS } from "./quadlet/numbers.ts";
import { QUADLET_PLACES } from "./quadlet/places.ts";
import { QUADLET_WORDS } from "./quadlet/quadletWordTypes.ts";

/** What the keys of quadlets take: options of podman, of which its generator checks next to nothing. */
export const QUADLETS = joinTables(QUADLET_WORDS, QUADLET_NUMBERS, QUADLET_LISTS, QUADLET_PLACES) satisfies Record<
  string,
  Grammar
>;
