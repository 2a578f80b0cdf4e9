import coredump from "../../../../data/configs/coredump.json" with { type: "json" };
import homed from "../../../../data/configs/homed.json" with { type: "json" };
import iocost from "../../../../data/configs/iocost.json" with { type: "json" };
import logind from "../../../../data/configs/logind.json" with { type: "json" };
import manager from "../../../../data/configs/manager.json" with { type: "json" };
import oomd from "../../../../data/configs/oomd.json" with { type: "json" };
import pstore from "../../../../data/configs/pstore.json" with { type: "json" };
import resolved from "../../../../data/configs/resolved.json" with { type: "json" };
import sleep from "../../../../data/configs/sleep.json" with { type: "json" };
import timesyncd from "../../../../data/configs/timesyncd.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import { daemonTypes } from "./daemonTypes.ts";

/** What people set most for managers, of the system and of users alike. */
const USUAL_OF_MANAGERS = {
  Manager:
    "DefaultTimeoutStartSec DefaultTimeoutStopSec DefaultLimitNOFILE DefaultLimitCORE DefaultEnvironment DefaultTasksMax RuntimeWatchdogSec DefaultMemoryAccounting LogLevel",
};

/** The configuration of systemd. */
export const SYSTEM_CONF = configFamily(() => ({
  kind: "system.conf",
  table: manager,
  types: daemonTypes,
  usual: USUAL_OF_MANAGERS,
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
  table: manager,
  types: daemonTypes,
  usual: USUAL_OF_MANAGERS,
  page: "systemd-system.conf",
  reader: "systemd --user",
  folders: [".config/systemd", ...confFolders("systemd")],
  proof: ["Manager"],
  rules: ["daemon"],
  sections: {
    Manager: "Decides how a user manager works, and what units have by default.",
  },
}));

/** The configuration of systemd-logind. */
export const LOGIND_CONF = configFamily(() => ({
  kind: "logind.conf",
  table: logind,
  types: daemonTypes,
  usual: {
    Login:
      "HandleLidSwitch HandleLidSwitchExternalPower HandleLidSwitchDocked HandlePowerKey IdleAction IdleActionSec KillUserProcesses UserStopDelaySec RuntimeDirectorySize NAutoVTs RemoveIPC",
  },
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
  table: resolved,
  types: daemonTypes,
  usual: {
    Resolve: "DNS FallbackDNS Domains DNSSEC DNSOverTLS MulticastDNS LLMNR Cache DNSStubListener",
  },
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
  table: timesyncd,
  types: daemonTypes,
  usual: {
    Time: "NTP FallbackNTP PollIntervalMinSec PollIntervalMaxSec",
  },
  page: "timesyncd.conf",
  reader: "systemd-timesyncd",
  folders: confFolders("systemd"),
  proof: ["Time"],
  rules: ["daemon"],
  sections: {
    Time: "Decides which NTP servers are asked, and how often.",
  },
}));

/** The configuration of systemd-sleep. */
export const SLEEP_CONF = configFamily(() => ({
  kind: "sleep.conf",
  table: sleep,
  types: daemonTypes,
  usual: {
    Sleep: "AllowSuspend AllowHibernation HibernateDelaySec SuspendState",
  },
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
  table: coredump,
  types: daemonTypes,
  usual: {
    Coredump: "Storage MaxUse KeepFree ProcessSizeMax ExternalSizeMax Compress",
  },
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
  table: oomd,
  types: daemonTypes,
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
  table: homed,
  types: daemonTypes,
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
  table: pstore,
  types: daemonTypes,
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
  table: iocost,
  types: daemonTypes,
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
