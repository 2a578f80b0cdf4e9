/** The kinds of configuration files of systemd that are no units, by the suffix or the name that they are known by. */
export const CONFIG_KINDS = [
  "network",
  "netdev",
  "link",
  "nspawn",
  "dnssd",
  "dns-delegate",
  "oomrule",
  "transfer",
  "feature",
  "component",
  "repart",
  "system.conf",
  "user.conf",
  "journald.conf",
  "logind.conf",
  "resolved.conf",
  "timesyncd.conf",
  "networkd.conf",
  "sleep.conf",
  "coredump.conf",
  "oomd.conf",
  "homed.conf",
  "pstore.conf",
  "iocost.conf",
  "journal-remote.conf",
  "journal-upload.conf",
] as const;

/** Which of them. */
export type ConfigKind = (typeof CONFIG_KINDS)[number];

/** A section of such a file; several kinds have sections of one name, which are not the same. */
export type ConfigSectionName = string & { readonly config: true };
