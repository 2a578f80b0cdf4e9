import { lazy } from "../../text/tables.ts";
import { ADDRESSES, HARDWARE_ADDRESSES } from "./general/addresses.ts";
import { TEXT_GRAMMARS } from "./general/configTexts.ts";
import { MATCHES } from "./general/matches.ts";
import { mtu, QUANTITIES } from "./general/quantities.ts";
import { WORDS } from "./general/wordTypes.ts";
import type { ConfigGrammars } from "./made.ts";

/** Value types of several families. */
export const GENERAL_GRAMMARS = lazy(
  (): ConfigGrammars => ({
    ...QUANTITIES,
    ...ADDRESSES(),
    ...HARDWARE_ADDRESSES(),
    ...TEXT_GRAMMARS(),
    ...MATCHES(),
    ...WORDS(),
    mtu,
  }),
);
