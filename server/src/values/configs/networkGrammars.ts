import { lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "./made.ts";
import { NETWORK_ADDRESSES } from "./network/addresses.ts";
import { NETWORK_DHCP } from "./network/dhcp.ts";
import { NETWORK_NAMES } from "./network/networkNames.ts";
import { NETWORK_WORDS } from "./network/networkWords.ts";
import { NETWORK_NUMBERS } from "./network/numbers.ts";
import { NETWORK_ROUTES } from "./network/routes.ts";
import { ROUTE_WORDS } from "./network/routeWords.ts";

/** Value types of .network files and networkd.conf. */
export const NETWORK_GRAMMARS = lazy(
  (): ConfigGrammars => ({
    ...NETWORK_WORDS(),
    ...ROUTE_WORDS(),
    ...NETWORK_NUMBERS(),
    ...NETWORK_ADDRESSES(),
    ...NETWORK_ROUTES(),
    ...NETWORK_DHCP(),
    ...NETWORK_NAMES(),
  }),
);
