import { type NeedRow, WITHOUT } from "../needRow.ts";

/** Settings that part the mounts of a service from those of the host. */
const PRIVATE_MOUNTS = {
  ProtectSystem: WITHOUT,
  ProtectHome: WITHOUT,
  PrivateTmp: WITHOUT,
  PrivateDevices: WITHOUT,
  ProtectHostname: WITHOUT,
  ProtectKernelTunables: WITHOUT,
  ProtectKernelModules: WITHOUT,
  ProtectKernelLogs: WITHOUT,
  ProtectControlGroups: WITHOUT,
  ProtectProc: WITHOUT,
  ProcSubset: WITHOUT,
  PrivateBPF: WITHOUT,
} as const satisfies NeedRow["decides"];

/** What services need of the machine: hardware, files and processes of others, and the kernel. */
export const MACHINE_NEEDS = {
  hardware: {
    needs: "opens hardware",
    no: "opens no hardware",
    meaning:
      "Opens device nodes such as serial ports, GPUs, sound, cameras, disks or USB, or talks to hardware directly.",
    detail: "device",
    signs: {
      capabilities: ["CAP_SYS_RAWIO", "CAP_MKNOD"],
      calls: ["ioperm", "iopl", "pciconfig_read", "pciconfig_write"],
    },
    decides: {
      PrivateDevices: WITHOUT,
      DevicePolicy: { value: "closed", line: "DeviceAllow=* rw" },
      ProtectClock: { value: "yes", line: "DeviceAllow=* rw" },
      PrivateUsers: WITHOUT,
      DynamicUser: WITHOUT,
      SystemCallFilter: { adds: "@raw-io" },
      CapabilityBoundingSet: { adds: "CAP_SYS_RAWIO" },
    },
  },
  "privileged-programs": {
    needs: "runs programs that gain rights",
    no: "runs no programs that gain rights",
    meaning:
      "Runs programs that get more rights than it has, such as sudo, sendmail, ping or others with set-user-ID or file capabilities.",
    decides: {
      NoNewPrivileges: WITHOUT,
      CapabilityBoundingSet: WITHOUT,
      SystemCallFilter: WITHOUT,
      PrivateUsers: WITHOUT,
    },
  },
  "set-uid-files": {
    needs: "makes set-user-ID or set-group-ID files",
    no: "makes no set-user-ID or set-group-ID files",
    meaning:
      "Creates files or directories with the set-user-ID or set-group-ID bit, as installers and file servers do.",
    signs: { marks: { "suid-file": "makes a file set-user-ID or set-group-ID" } },
    decides: { RestrictSUIDSGID: WITHOUT },
  },
  homes: {
    needs: "reads home directories",
    no: "uses no home directories",
    meaning: "Reads files below /home, /root or /run/user; what it writes there belongs to writes=.",
    detail: "path",
    decides: { ProtectHome: { value: "read-only" } },
  },
  "shared-tmp": {
    needs: "shares files in /tmp with others",
    no: "shares no files in /tmp with others",
    meaning: "Exchanges files or sockets in /tmp or /var/tmp with other services or persons.",
    decides: { PrivateTmp: WITHOUT },
  },
  processes: {
    needs: "looks at processes of others",
    no: "looks at no processes of others",
    meaning: "Lists, inspects or traces processes that are not its own.",
    signs: {
      capabilities: ["CAP_SYS_PTRACE"],
      marks: {
        "proc:other": "looks at other processes in /proc",
        "proc:list": "looks at other processes in /proc",
      },
    },
    decides: {
      ProtectProc: WITHOUT,
      PrivateUsers: WITHOUT,
      SystemCallFilter: { adds: "@debug" },
      CapabilityBoundingSet: { adds: "CAP_SYS_PTRACE" },
    },
  },
  "proc-files": {
    needs: "reads files of /proc that are about the whole machine",
    no: "reads nothing in /proc but processes",
    meaning: "Reads figures of the whole machine in /proc, such as its memory, load or processors.",
    signs: { marks: { "proc:subset": "uses files of /proc that no process has" } },
    decides: { ProcSubset: WITHOUT },
  },
  namespaces: {
    needs: "makes containers or other namespaces",
    no: "makes no containers or other namespaces",
    meaning: "Starts containers, sandboxes or browsers, or makes namespaces in another way.",
    signs: { marks: { namespace: "enters namespaces" } },
    decides: {
      RestrictNamespaces: WITHOUT,
      SystemCallFilter: { adds: "@mount" },
      CapabilityBoundingSet: { adds: "CAP_SYS_ADMIN" },
    },
  },
  mounts: {
    needs: "mounts file systems",
    no: "mounts no file systems",
    meaning: "Mounts or unmounts file systems that others see.",
    decides: {
      ...PRIVATE_MOUNTS,
      SystemCallFilter: { adds: "@mount" },
      CapabilityBoundingSet: { adds: "CAP_SYS_ADMIN" },
    },
  },
  "kernel-settings": {
    needs: "changes settings of the kernel",
    no: "changes no settings of the kernel",
    meaning: "Writes below /proc/sys or /sys, as sysctl does.",
    signs: {
      writes: [
        "/proc/sys",
        "/sys",
        "/proc/sysrq-trigger",
        "/proc/latency_stats",
        "/proc/acpi",
        "/proc/timer_stats",
        "/proc/fs",
        "/proc/irq",
        "/proc/bus",
      ],
      uses: ["/proc/kallsyms", "/proc/kcore"],
    },
    decides: { ProtectKernelTunables: WITHOUT, CapabilityBoundingSet: { adds: "CAP_SYS_ADMIN" } },
  },
  "kernel-modules": {
    needs: "loads kernel modules",
    no: "loads no kernel modules",
    meaning: "Loads or unloads drivers and other modules of the kernel, as modprobe does.",
    signs: { uses: ["/usr/lib/modules", "/lib/modules"], callGroup: "@module", capabilities: ["CAP_SYS_MODULE"] },
    decides: {
      ProtectKernelModules: WITHOUT,
      SystemCallFilter: { adds: "@module" },
      CapabilityBoundingSet: { adds: "CAP_SYS_MODULE" },
    },
  },
  "kernel-log": {
    needs: "reads or writes the log of the kernel",
    no: "has nothing to do with the log of the kernel",
    meaning: "Reads or writes the log of the kernel, as dmesg and log daemons do.",
    signs: { uses: ["/dev/kmsg", "/proc/kmsg"], calls: ["syslog"], capabilities: ["CAP_SYSLOG"] },
    decides: {
      ProtectKernelLogs: WITHOUT,
      SystemCallFilter: { adds: "syslog" },
      CapabilityBoundingSet: { adds: "CAP_SYSLOG" },
    },
  },
  clock: {
    needs: "sets the clock",
    no: "sets no clock",
    meaning: "Sets the time of the system or the hardware clock, or wakes the machine by a timer.",
    signs: {
      uses: ["/dev/rtc", "/dev/rtc0", "/dev/rtc1"],
      callGroup: "@clock",
      capabilities: ["CAP_SYS_TIME", "CAP_WAKE_ALARM"],
    },
    decides: {
      ProtectClock: WITHOUT,
      SystemCallFilter: { adds: "@clock" },
      CapabilityBoundingSet: { adds: "CAP_SYS_TIME CAP_WAKE_ALARM" },
    },
  },
  "host-name": {
    needs: "sets the host name",
    no: "never sets the host name",
    meaning: "Changes the name of the machine or of its domain.",
    signs: {
      calls: ["sethostname", "setdomainname"],
      writes: ["/proc/sys/kernel/hostname", "/proc/sys/kernel/domainname"],
    },
    decides: {
      ProtectHostname: WITHOUT,
      SystemCallFilter: { adds: "sethostname setdomainname" },
      CapabilityBoundingSet: { adds: "CAP_SYS_ADMIN" },
    },
  },
  "control-groups": {
    needs: "manages control groups",
    no: "manages no control groups",
    meaning: "Writes below /sys/fs/cgroup, as managers of containers do.",
    signs: { writes: ["/sys/fs/cgroup"] },
    decides: { ProtectControlGroups: WITHOUT },
  },
} as const satisfies Readonly<Record<string, NeedRow>>;
