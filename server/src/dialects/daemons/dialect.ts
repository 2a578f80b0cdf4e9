import type { Dialect } from "../dialect.ts";
import {
  COREDUMP_CONF,
  HOMED_CONF,
  IOCOST_CONF,
  LOGIND_CONF,
  OOMD_CONF,
  PSTORE_CONF,
  RESOLVED_CONF,
  SLEEP_CONF,
  SYSTEM_CONF,
  TIMESYNCD_CONF,
  USER_CONF,
} from "./daemonFiles.ts";
import { DAEMON_RULES } from "./daemonRules.ts";
import { DNS_DELEGATE } from "./dnsDelegate.ts";
import { DNSSD } from "./dnssd.ts";
import { JOURNAL_REMOTE_CONF, JOURNAL_UPLOAD_CONF, JOURNALD_CONF } from "./journalFiles.ts";
import { OOMRULE } from "./oomrule.ts";

/** The configuration of systemd's programs. */
export const DAEMONS = {
  kinds: {
    dnssd: DNSSD,
    "dns-delegate": DNS_DELEGATE,
    oomrule: OOMRULE,
    "system.conf": SYSTEM_CONF,
    "user.conf": USER_CONF,
    "journald.conf": JOURNALD_CONF,
    "logind.conf": LOGIND_CONF,
    "resolved.conf": RESOLVED_CONF,
    "timesyncd.conf": TIMESYNCD_CONF,
    "sleep.conf": SLEEP_CONF,
    "coredump.conf": COREDUMP_CONF,
    "oomd.conf": OOMD_CONF,
    "homed.conf": HOMED_CONF,
    "pstore.conf": PSTORE_CONF,
    "iocost.conf": IOCOST_CONF,
    "journal-remote.conf": JOURNAL_REMOTE_CONF,
    "journal-upload.conf": JOURNAL_UPLOAD_CONF,
  },
  rules: DAEMON_RULES,
} as const satisfies Dialect;
