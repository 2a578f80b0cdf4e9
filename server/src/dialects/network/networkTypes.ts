import { lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "../../values/configs/made.ts";
import { configTypes } from "../../values/configTypes.ts";
import { NETDEV_GRAMMARS } from "./netdevTypes.ts";
import { NETWORK_ADDRESSES } from "./types/network/addresses.ts";
import { NETWORK_DHCP } from "./types/network/dhcp.ts";
import { NETWORK_NAMES } from "./types/network/networkNames.ts";
import { NETWORK_WORDS } from "./types/network/networkWords.ts";
import { NETWORK_NUMBERS } from "./types/network/numbers.ts";
import { NETWORK_ROUTES } from "./types/network/routes.ts";
import { ROUTE_WORDS } from "./types/network/routeWords.ts";

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

/** All that the tables of networkd and udev may name. */
export const networkTypes = configTypes(() => ({ ...NETWORK_GRAMMARS(), ...NETDEV_GRAMMARS() }));
