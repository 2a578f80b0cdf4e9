import { lazy } from "../../text/tables.ts";
import type { ConfigGrammars } from "../../values/configs/made.ts";
import { configTypes } from "../../values/configTypes.ts";
import { DNS_TYPES } from "./types/dns.ts";
import { DNSSD_TYPES, dnssdTxt } from "./types/dnssdTypes.ts";
import { compression, JOURNAL_TYPES } from "./types/journal.ts";
import { MANAGER_TYPES } from "./types/manager.ts";
import { POWER_TYPES } from "./types/power.ts";

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

/** Those and all that the tables of daemons may name besides. */
export const daemonTypes = configTypes(DAEMON_GRAMMARS);
