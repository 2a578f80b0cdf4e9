import { confFolders, configFamily } from "./configFamily.ts";

/** The configuration of systemd. */
export const SYSTEM_CONF = configFamily({
  kind: "system.conf",
  page: "systemd-system.conf",
  reader: "systemd",
  folders: confFolders("systemd"),
  proof: ["Manager"],
  rules: ["daemon"],
  sections: {
    Manager: "",
  },
});

/** The configuration of systemd --user. */
export const USER_CONF = configFamily({
  kind: "user.conf",
  page: "systemd-system.conf",
  reader: "systemd --user",
  folders: confFolders("systemd"),
  proof: ["Manager"],
  rules: ["daemon"],
  sections: {
    Manager: "",
  },
});

/** The configuration of systemd-journald. */
export const JOURNALD_CONF = configFamily({
  kind: "journald.conf",
  page: "journald.conf",
  reader: "systemd-journald",
  folders: confFolders("systemd"),
  proof: ["Journal"],
  rules: ["daemon"],
  sections: {
    Journal: "",
  },
});

/** The configuration of systemd-logind. */
export const LOGIND_CONF = configFamily({
  kind: "logind.conf",
  page: "logind.conf",
  reader: "systemd-logind",
  folders: confFolders("systemd"),
  proof: ["Login"],
  rules: ["daemon"],
  sections: {
    Login: "",
  },
});

/** The configuration of systemd-resolved. */
export const RESOLVED_CONF = configFamily({
  kind: "resolved.conf",
  page: "resolved.conf",
  reader: "systemd-resolved",
  folders: confFolders("systemd"),
  proof: ["Resolve"],
  rules: ["daemon"],
  sections: {
    Resolve: "",
  },
});

/** The configuration of systemd-timesyncd. */
export const TIMESYNCD_CONF = configFamily({
  kind: "timesyncd.conf",
  page: "timesyncd.conf",
  reader: "systemd-timesyncd",
  folders: confFolders("systemd"),
  proof: ["Time"],
  rules: ["daemon"],
  sections: {
    Time: "",
  },
});

/** The configuration of systemd-networkd. */
export const NETWORKD_CONF = configFamily({
  kind: "networkd.conf",
  page: "networkd.conf",
  reader: "systemd-networkd",
  folders: confFolders("systemd"),
  proof: [],
  rules: ["daemon"],
  sections: {
    Network: "",
    IPv6AcceptRA: "",
    IPv6AddressLabel: "",
    DHCPv4: "",
    DHCPv6: "",
    DHCPServer: "",
    DHCP: "",
    DHCPRelay: "",
  },
});

/** The configuration of systemd-sleep. */
export const SLEEP_CONF = configFamily({
  kind: "sleep.conf",
  page: "systemd-sleep.conf",
  reader: "systemd-sleep",
  folders: confFolders("systemd"),
  proof: ["Sleep"],
  rules: ["daemon"],
  sections: {
    Sleep: "",
  },
});

/** The configuration of systemd-coredump. */
export const COREDUMP_CONF = configFamily({
  kind: "coredump.conf",
  page: "coredump.conf",
  reader: "systemd-coredump",
  folders: confFolders("systemd"),
  proof: ["Coredump"],
  rules: ["daemon"],
  sections: {
    Coredump: "",
  },
});

/** The configuration of systemd-oomd. */
export const OOMD_CONF = configFamily({
  kind: "oomd.conf",
  page: "oomd.conf",
  reader: "systemd-oomd",
  folders: confFolders("systemd"),
  proof: ["OOM"],
  rules: ["daemon"],
  sections: {
    OOM: "",
  },
});

/** The configuration of systemd-homed. */
export const HOMED_CONF = configFamily({
  kind: "homed.conf",
  page: "homed.conf",
  reader: "systemd-homed",
  folders: confFolders("systemd"),
  proof: ["Home"],
  rules: ["daemon"],
  sections: {
    Home: "",
  },
});

/** The configuration of systemd-pstore. */
export const PSTORE_CONF = configFamily({
  kind: "pstore.conf",
  page: "pstore.conf",
  reader: "systemd-pstore",
  folders: confFolders("systemd"),
  proof: ["PStore"],
  rules: ["daemon"],
  sections: {
    PStore: "",
  },
});

/** The configuration of iocost. */
export const IOCOST_CONF = configFamily({
  kind: "iocost.conf",
  page: "iocost.conf",
  reader: "iocost",
  folders: ["etc/udev"],
  proof: ["IOCost"],
  rules: ["daemon"],
  sections: {
    IOCost: "",
  },
});

/** The configuration of systemd-journal-remote. */
export const JOURNAL_REMOTE_CONF = configFamily({
  kind: "journal-remote.conf",
  page: "journal-remote.conf",
  reader: "systemd-journal-remote",
  folders: confFolders("systemd"),
  proof: ["Remote"],
  rules: ["daemon"],
  sections: {
    Remote: "",
  },
});

/** The configuration of systemd-journal-upload. */
export const JOURNAL_UPLOAD_CONF = configFamily({
  kind: "journal-upload.conf",
  page: "journal-upload.conf",
  reader: "systemd-journal-upload",
  folders: confFolders("systemd"),
  proof: ["Upload"],
  rules: ["daemon"],
  sections: {
    Upload: "",
  },
});
