import { CONFIG_KINDS, type ConfigKind } from "../facts/configKinds.ts";
import { COMPONENT } from "./configs/component.ts";
import type { ConfigFamily } from "./configs/configFamily.ts";
import {
  COREDUMP_CONF,
  HOMED_CONF,
  IOCOST_CONF,
  JOURNAL_REMOTE_CONF,
  JOURNAL_UPLOAD_CONF,
  JOURNALD_CONF,
  LOGIND_CONF,
  NETWORKD_CONF,
  OOMD_CONF,
  PSTORE_CONF,
  RESOLVED_CONF,
  SLEEP_CONF,
  SYSTEM_CONF,
  TIMESYNCD_CONF,
  USER_CONF,
} from "./configs/daemons.ts";
import { DNS_DELEGATE } from "./configs/dnsDelegate.ts";
import { DNSSD } from "./configs/dnssd.ts";
import { FEATURE } from "./configs/feature.ts";
import { LINK } from "./configs/link.ts";
import { NETDEV } from "./configs/netdev.ts";
import { NETWORK } from "./configs/networkFamily.ts";
import { NSPAWN } from "./configs/nspawn.ts";
import { OOMRULE } from "./configs/oomrule.ts";
import { REPART } from "./configs/repart.ts";
import { TRANSFER } from "./configs/transfer.ts";

/** Each is made when a file of it is met. */
const FAMILIES: Readonly<Record<ConfigKind, () => ConfigFamily>> = {
  network: NETWORK,
  netdev: NETDEV,
  link: LINK,
  nspawn: NSPAWN,
  dnssd: DNSSD,
  "dns-delegate": DNS_DELEGATE,
  oomrule: OOMRULE,
  transfer: TRANSFER,
  feature: FEATURE,
  component: COMPONENT,
  repart: REPART,
  "system.conf": SYSTEM_CONF,
  "user.conf": USER_CONF,
  "journald.conf": JOURNALD_CONF,
  "logind.conf": LOGIND_CONF,
  "resolved.conf": RESOLVED_CONF,
  "timesyncd.conf": TIMESYNCD_CONF,
  "networkd.conf": NETWORKD_CONF,
  "sleep.conf": SLEEP_CONF,
  "coredump.conf": COREDUMP_CONF,
  "oomd.conf": OOMD_CONF,
  "homed.conf": HOMED_CONF,
  "pstore.conf": PSTORE_CONF,
  "iocost.conf": IOCOST_CONF,
  "journal-remote.conf": JOURNAL_REMOTE_CONF,
  "journal-upload.conf": JOURNAL_UPLOAD_CONF,
};

/** The family of a kind of configuration file. */
export const configFamilyOf = (kind: ConfigKind): ConfigFamily => FAMILIES[kind]();

/** All of them. */
export const configFamilies = (): readonly ConfigFamily[] => CONFIG_KINDS.map(configFamilyOf);
