import type { ValueRules } from "../valueRule.ts";

const service = (line: string): { text: string } => ({ text: `[Service]\nExecStart=/bin/true\n${line}\n` });

/** What can be wrong with the lists of words that a kernel or systemd knows. */
export const LIST_RULES = {
  "value/capability": {
    title: "Unknown capability",
    why: "systemd passes over a name that it does not know without a word, so that the set becomes another one than its writer means.",
    page: "capabilities(7)",
    bad: service("CapabilityBoundingSet=CAP_KILL CAP_NET_BIND_SERVCE"),
    good: service("CapabilityBoundingSet=CAP_KILL CAP_NET_BIND_SERVICE"),
  },
  "value/secure-bit": {
    title: "Unknown secure bit",
    why: "systemd passes over a flag that it does not know without a word, and the process runs without it.",
    page: "systemd.exec(5)",
    bad: service("SecureBits=no-root"),
    good: service("SecureBits=noroot"),
  },
  "value/system-call": {
    title: "Unknown system call",
    why: "systemd knows neither a call nor a group of this name, or has no number for it, and drops the word: an allow list then lacks a call, a deny list lets it through.",
    page: "systemd.exec(5)",
    bad: service("SystemCallArchitectures=native\nSystemCallFilter=@system-service chrot"),
    good: service("SystemCallArchitectures=native\nSystemCallFilter=@system-service chroot"),
  },
  "value/error-number": {
    title: "Value that is no error number",
    why: "A filtered call answers with an error by name or number, or kills the process; in a filter the error follows a colon, and only calls that are left out after ~ can have one.",
    page: "systemd.exec(5)",
    bad: service("SystemCallArchitectures=native\nSystemCallFilter=@system-service\nSystemCallErrorNumber=EPRM"),
    good: service("SystemCallArchitectures=native\nSystemCallFilter=@system-service\nSystemCallErrorNumber=EPERM"),
  },
  "value/system-call-architecture": {
    title: "Unknown architecture for system calls",
    why: "systemd drops the word, so that the calls of that architecture are not allowed.",
    page: "systemd.exec(5)",
    bad: service("SystemCallArchitectures=native x86_64"),
    good: service("SystemCallArchitectures=native x86-64"),
  },
  "value/address-family": {
    title: "Unknown address family",
    why: "Families have names that begin with AF_, in any letter case; systemd drops any other word, and since 262 the rest of the line with it.",
    page: "systemd.exec(5)",
    bad: service("SystemCallArchitectures=native\nRestrictAddressFamilies=AF_UNIX INET"),
    good: service("SystemCallArchitectures=native\nRestrictAddressFamilies=AF_UNIX AF_INET"),
  },
  "value/namespace": {
    title: "Unknown kind of namespace",
    why: "One word that systemd does not know costs the whole assignment, and nothing is restricted by it.",
    page: "systemd.exec(5)",
    bad: service("RestrictNamespaces=~user network"),
    good: service("RestrictNamespaces=~user net"),
  },
  "value/file-system": {
    title: "Unknown group of file systems",
    why: "Any name may be that of a file system, but the groups that begin with @ are fixed; systemd drops any other.",
    page: "systemd.exec(5)",
    bad: service("RestrictFileSystems=ext4 @networks"),
    good: service("RestrictFileSystems=ext4 @network"),
  },
  "value/bpf-delegate": {
    title: "Unknown word for BPF",
    why: "systemd passes over a word that it does not know, and the service may not do what it stands for.",
    page: "systemd.exec(5)",
    bad: service("BPFDelegateCommands=BPFMapCreate,BPFProgramLoad"),
    good: service("BPFDelegateCommands=BPFMapCreate,BPFProgLoad"),
  },
  "value/controller": {
    title: "Unknown controller",
    why: "systemd drops a name that is not a controller of control groups; DisableControllers= passes over it without a word if another one is right.",
    page: "systemd.resource-control(5)",
    bad: service("Delegate=cpu mem"),
    good: service("Delegate=cpu memory"),
  },
  "value/ip-network": {
    title: "Value that is no IP address or network",
    why: "Addresses are written out, with / and the number of bits for a network; systemd drops any other word, and the filter lacks it.",
    page: "systemd.resource-control(5)",
    bad: service("IPAddressDeny=any\nIPAddressAllow=localhost 192.168.1"),
    good: service("IPAddressDeny=any\nIPAddressAllow=localhost 192.168.1.0/24"),
  },
  "value/socket-bind": {
    title: "Value that names no ports",
    why: "A line takes one rule: perhaps a family, perhaps a protocol, and a port or a range, with colons in between; systemd drops the line otherwise.",
    page: "systemd.resource-control(5)",
    bad: service("SocketBindDeny=any\nSocketBindAllow=tcp:80,443"),
    good: service("SocketBindDeny=any\nSocketBindAllow=tcp:80\nSocketBindAllow=tcp:443"),
  },
  "value/nft-set": {
    title: "Value that names no set of nftables",
    why: "A set takes four parts with colons in between: source, family, table and set; systemd drops the line from the first mistake on.",
    page: "systemd.resource-control(5)",
    bad: service("NFTSet=cgroup:inet:filter"),
    good: service("NFTSet=cgroup:inet:filter:web"),
  },
  "value/network-interface": {
    title: "Value that cannot name a network interface",
    why: "Interfaces have up to 15 visible ASCII characters, not only digits, without slashes, colons and percent signs; systemd drops any other name.",
    page: "systemd.resource-control(5)",
    bad: service("RestrictNetworkInterfaces=eth0 enp0s31/6"),
    good: service("RestrictNetworkInterfaces=eth0 enp0s31f6"),
  },
} as const satisfies ValueRules;
