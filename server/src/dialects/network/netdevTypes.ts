import { joinTables, lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "../../values/configs/made.ts";
import { linkTypes } from "./types/link/linkTypes.ts";
import { netdevAddressTypes } from "./types/netdev/addressTypes.ts";
import { bridgeTypes } from "./types/netdev/bridgeTypes.ts";
import { netdevKeyTypes } from "./types/netdev/keyTypes.ts";
import { netdevNumberTypes } from "./types/netdev/numberTypes.ts";
import { netdevOtherTypes } from "./types/netdev/otherTypes.ts";
import { queueTypes } from "./types/queues/queueTypes.ts";

/** Value types of .netdev and .link files, and of what queues and bridges in .network files. */
export const NETDEV_GRAMMARS = lazy(
  (): ConfigGrammars =>
    joinTables(
      netdevNumberTypes(),
      netdevAddressTypes(),
      netdevKeyTypes(),
      netdevOtherTypes(),
      bridgeTypes(),
      linkTypes(),
      queueTypes(),
    ),
);
