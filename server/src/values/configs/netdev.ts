import { joinTables, lazy } from "../../text/tables.ts";
import { linkTypes } from "./link/linkTypes.ts";
import type { ConfigGrammars } from "./made.ts";
import { netdevAddressTypes } from "./netdev/addressTypes.ts";
import { bridgeTypes } from "./netdev/bridgeTypes.ts";
import { netdevKeyTypes } from "./netdev/keyTypes.ts";
import { netdevNumberTypes } from "./netdev/numberTypes.ts";
import { netdevOtherTypes } from "./netdev/otherTypes.ts";
import { queueTypes } from "./queues/queueTypes.ts";

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
