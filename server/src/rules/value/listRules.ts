import type { ValueRules } from "../../findings/valueRule.ts";

const service = (line: string): { text: string } => ({ text: `[Service]\nExecStart=/bin/true\n${line}\n` });

/** What can be wrong with the lists of words that a kernel or systemd knows. */
export const LIST_RULES = {
  "value/capability": {
    title: "Unknown capability",
    why: "systemd silently ignores a name that it does not know, so that the set differs from what was intended.",
    page: "capabilities(7)",
    bad: service("CapabilityBoundingSet=CAP_KILL CAP_NET_BIND_SERVCE"),
    good: service("CapabilityBoundingSet=CAP_KILL CAP_NET_BIND_SERVICE"),
  },
  "value/secure-bit": {
    title: "Unknown secure bit",
    why: "systemd silently ignores a flag that it does not know, and the process runs without it.",
    page: "systemd.exec(5)",
    bad: service("SecureBits=no-root"),
    good: service("SecureBits=noroot"),
  },
  "value/system-call": {
    title: "Unknown system call",
    why: "systemd knows neither a call nor a group of this name, or has no number for it, and ignores the word: an allow list then lacks the call, a deny list does not block it.",
    page: "systemd.exec(5)",
    bad: service("SystemCallArchitectures=native\nSystemCallFilter=@system-service chrot"),
    good: service("SystemCallArchitectures=native\nSystemCallFilter=@system-service chroot"),
  },
  "value/error-number": {
    title: "Unknown error number",
    why: "A filtered call returns an error, given by name or number, or kills the process; in a filter the error follows a colon, and only calls of a deny list (after ~) can have one.",
    page: "systemd.exec(5)",
    bad: service("SystemCallArchitectures=native\nSystemCallFilter=@system-service\nSystemCallErrorNumber=EPRM"),
    good: service("SystemCallArchitectures=native\nSystemCallFilter=@system-service\nSystemCallErrorNumber=EPERM"),
  },
  "value/system-call-architecture": {
    title: "Unknown architecture for system calls",
    why: "systemd ignores the word, so that the calls of that architecture are not allowed.",
    page: "systemd.exec(5)",
    bad: service("SystemCallArchitectures=native x86_64"),
    good: service("SystemCallArchitectures=native x86-64"),
  },
  "value/address-family": {
    title: "Unknown address family",
    why: "Families have names that begin with AF_, in any letter case; systemd ignores any other word, and since 262 the rest of the line too.",
    page: "systemd.exec(5)",
    bad: service("SystemCallArchitectures=native\nRestrictAddressFamilies=AF_UNIX INET"),
    good: service("SystemCallArchitectures=native\nRestrictAddressFamilies=AF_UNIX AF_INET"),
  },
  "value/namespace": {
    title: "Unknown namespace type",
    why: "systemd ignores the whole line if it does not know one word, and nothing is restricted by it.",
    page: "systemd.exec(5)",
    bad: service("RestrictNamespaces=~user network"),
    good: service("RestrictNamespaces=~user net"),
  },
  "value/file-system": {
    title: "Unknown file system group",
    why: "Any name can be a file system, but the groups that begin with @ are fixed; systemd ignores any other.",
    page: "systemd.exec(5)",
    bad: service("RestrictFileSystems=ext4 @networks"),
    good: service("RestrictFileSystems=ext4 @network"),
  },
  "value/bpf-delegate": {
    title: "Unknown BPF delegation value",
    why: "systemd ignores a word that it does not know, and the service is not allowed what it stands for.",
    page: "systemd.exec(5)",
    bad: service("BPFDelegateCommands=BPFMapCreate,BPFProgramLoad"),
    good: service("BPFDelegateCommands=BPFMapCreate,BPFProgLoad"),
  },
  "value/controller": {
    title: "Unknown controller",
    why: "systemd ignores a name that is not a cgroup controller; DisableControllers= silently ignores it if another one is valid.",
    page: "systemd.resource-control(5)",
    bad: service("Delegate=cpu mem"),
    good: service("Delegate=cpu memory"),
  },
  "value/ip-network": {
    title: "Invalid IP address or network",
    why: "Addresses are written in full, with / and the prefix length for a network; systemd ignores any other word, and the filter lacks it.",
    page: "systemd.resource-control(5)",
    bad: service("IPAddressDeny=any\nIPAddressAllow=localhost 192.168.1"),
    good: service("IPAddressDeny=any\nIPAddressAllow=localhost 192.168.1.0/24"),
  },
  "value/socket-bind": {
    title: "Invalid port rule",
    why: "A line takes one rule: an optional family, an optional protocol, and a port or a range, separated by colons; systemd ignores any other line.",
    page: "systemd.resource-control(5)",
    bad: service("SocketBindDeny=any\nSocketBindAllow=tcp:80,443"),
    good: service("SocketBindDeny=any\nSocketBindAllow=tcp:80\nSocketBindAllow=tcp:443"),
  },
  "value/nft-set": {
    title: "Invalid nftables set",
    why: "A set takes four parts separated by colons: source, family, table and set; systemd ignores the line from the first mistake on.",
    page: "systemd.resource-control(5)",
    bad: service("NFTSet=cgroup:inet:filter"),
    good: service("NFTSet=cgroup:inet:filter:web"),
  },
  "value/network-interface": {
    title: "Invalid network interface name",
    why: "Interface names have up to 15 printable ASCII characters, not only digits, without slashes, colons and percent signs; systemd ignores any other name.",
    page: "systemd.resource-control(5)",
    bad: service("RestrictNetworkInterfaces=eth0 enp0s31/6"),
    good: service("RestrictNetworkInterfaces=eth0 enp0s31f6"),
  },
} as const satisfies ValueRules;
