import { lazy } from "../../text/tables.ts";
import { DNS_TYPES } from "./daemons/dns.ts";
import { DNSSD_TYPES, dnssdTxt } from "./daemons/dnssd.ts";
import { compression, JOURNAL_TYPES } from "./daemons/journal.ts";
import { MANAGER_TYPES } from "./daemons/manager.ts";
import { POWER_TYPES } from "./daemons/power.ts";
import type { ConfigGrammars } from "./made.ts";

/** Value types of the configuration of daemons. */
export const DAEMON_GRAMMARS = lazy(
  (): ConfigGrammars => ({
    ...MANAGER_TYPES,
    ...JOURNAL_TYPES,
    ...POWER_TYPES,
    ...DNS_TYPES,
    ...DNSSD_TYPES,
    dnssdTxt,
    compression,
  }),
);
