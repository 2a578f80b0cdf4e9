import { confFolders, configFamily } from "./configFamily.ts";

/** The configuration of systemd. */
export const SYSTEM_CONF = configFamily(() => ({
  kind: "system.conf",
  page: "systemd-system.conf",
  reader: "systemd",
  folders: confFolders("systemd"),
  proof: ["Manager"],
  rules: ["daemon"],
  sections: {
    Manager: "Decides how the system manager itself works, and what units have by default.",
  },
}));

/** The configuration of systemd --user, which a user may have below ~/.config too. */
export const USER_CONF = configFamily(() => ({
  kind: "user.conf",
  page: "systemd-system.conf",
  reader: "systemd --user",
  folders: [".config/systemd", ...confFolders("systemd")],
  proof: ["Manager"],
  rules: ["daemon"],
  sections: {
    Manager: "Decides how a user manager works, and what units have by default.",
  },
}));

/** The configuration of systemd-journald, and of one for a namespace: journald@NAMESPACE.conf. */
export const JOURNALD_CONF = configFamily(() => ({
  kind: "journald.conf",
  page: "journald.conf",
  reader: "systemd-journald",
  folders: confFolders("systemd"),
  proof: ["Journal"],
  rules: ["daemon"],
  sections: {
    Journal: "Decides where the journal is kept, how much of it, and who else gets the messages.",
  },
}));

/** The configuration of systemd-logind. */
export const LOGIND_CONF = configFamily(() => ({
  kind: "logind.conf",
  page: "logind.conf",
  reader: "systemd-logind",
  folders: confFolders("systemd"),
  proof: ["Login"],
  rules: ["daemon"],
  sections: {
    Login: "Decides what keys, the lid and idling do, and what is left of users who log out.",
  },
}));

/** The configuration of systemd-resolved. */
export const RESOLVED_CONF = configFamily(() => ({
  kind: "resolved.conf",
  page: "resolved.conf",
  reader: "systemd-resolved",
  folders: confFolders("systemd"),
  proof: ["Resolve"],
  rules: ["daemon"],
  sections: {
    Resolve: "Decides which DNS servers are asked, for which domains, and how their answers are protected.",
  },
}));

/** The configuration of systemd-timesyncd. */
export const TIMESYNCD_CONF = configFamily(() => ({
  kind: "timesyncd.conf",
  page: "timesyncd.conf",
  reader: "systemd-timesyncd",
  folders: confFolders("systemd"),
  proof: ["Time"],
  rules: ["daemon"],
  sections: {
    Time: "Decides which NTP servers are asked, and how often.",
  },
}));

/** The configuration of systemd-networkd. */
export const NETWORKD_CONF = configFamily(() => ({
  kind: "networkd.conf",
  page: "networkd.conf",
  reader: "systemd-networkd",
  rules: ["network", "daemon"],
  separate: ["IPv6AddressLabel"],
  folders: confFolders("systemd"),
  proof: [],
  old: ["DHCP"],
  sections: {
    Network: "Decides what holds for all networks, such as forwarding and routes that others make.",
    IPv6AcceptRA: "Decides what is taken from router advertisements where a network says nothing else.",
    IPv6AddressLabel: "Gives addresses a label, by which the source of a connection is chosen.",
    DHCPv4: "Decides how a host names itself to DHCP servers, and what is taken from them.",
    DHCPv6: "Decides how a host names itself to DHCPv6 servers, and what is taken from them.",
    DHCPServer: "Decides whether leases are kept where a network says nothing else.",
    DHCP: "Is the old name of a section about DHCP.",
    DHCPRelay: "Decides how requests for addresses are handed on.",
  },
}));

/** The configuration of systemd-sleep. */
export const SLEEP_CONF = configFamily(() => ({
  kind: "sleep.conf",
  page: "systemd-sleep.conf",
  reader: "systemd-sleep",
  folders: confFolders("systemd"),
  proof: ["Sleep"],
  rules: ["daemon"],
  sections: {
    Sleep: "Decides which ways to sleep a machine has, and what the kernel is asked for.",
  },
}));

/** The configuration of systemd-coredump. */
export const COREDUMP_CONF = configFamily(() => ({
  kind: "coredump.conf",
  page: "coredump.conf",
  reader: "systemd-coredump",
  folders: confFolders("systemd"),
  proof: ["Coredump"],
  rules: ["daemon"],
  sections: {
    Coredump: "Decides where the memory of crashed programs is kept, and how much of it.",
  },
}));

/** The configuration of systemd-oomd. */
export const OOMD_CONF = configFamily(() => ({
  kind: "oomd.conf",
  page: "oomd.conf",
  reader: "systemd-oomd",
  folders: confFolders("systemd"),
  proof: ["OOM"],
  rules: ["daemon"],
  sections: {
    OOM: "Decides from which pressure on memory and swap on services are killed.",
  },
}));

/** The configuration of systemd-homed. */
export const HOMED_CONF = configFamily(() => ({
  kind: "homed.conf",
  page: "homed.conf",
  reader: "systemd-homed",
  folders: confFolders("systemd"),
  proof: ["Home"],
  rules: ["daemon"],
  sections: {
    Home: "Decides how home directories are stored where a user says nothing else.",
  },
}));

/** The configuration of systemd-pstore. */
export const PSTORE_CONF = configFamily(() => ({
  kind: "pstore.conf",
  page: "pstore.conf",
  reader: "systemd-pstore",
  folders: confFolders("systemd"),
  proof: ["PStore"],
  rules: ["daemon"],
  sections: {
    PStore: "Decides what becomes of messages that the kernel left in persistent storage at a crash.",
  },
}));

/** The configuration of iocost, a program of udev; it has no drop-ins. */
export const IOCOST_CONF = configFamily(() => ({
  kind: "iocost.conf",
  page: "iocost.conf",
  reader: "the udev helper iocost",
  folders: ["etc/udev"],
  hasDropIns: false,
  proof: ["IOCost"],
  rules: ["daemon"],
  sections: {
    IOCost: "Decides which model of the cost of requests a disk gets.",
  },
}));

/** The configuration of systemd-journal-remote. */
export const JOURNAL_REMOTE_CONF = configFamily(() => ({
  kind: "journal-remote.conf",
  page: "journal-remote.conf",
  reader: "systemd-journal-remote",
  folders: confFolders("systemd"),
  proof: ["Remote"],
  rules: ["daemon"],
  sections: {
    Remote: "Decides where received journals are kept, and who may send them.",
  },
}));

/** The configuration of systemd-journal-upload. */
export const JOURNAL_UPLOAD_CONF = configFamily(() => ({
  kind: "journal-upload.conf",
  page: "journal-upload.conf",
  reader: "systemd-journal-upload",
  folders: confFolders("systemd"),
  proof: ["Upload"],
  rules: ["daemon"],
  sections: {
    Upload: "Decides where the journal is sent, and how both sides show who they are.",
  },
}));
