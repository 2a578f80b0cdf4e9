import { type DirectiveRows, sharing } from "../../row.ts";

/** systemd.resource-control(5): network. */
export const NETWORK_ROWS = {
  IPAccounting: {
    summary: "Turns on counting of IPv4 and IPv6 traffic for the unit; available to system services only.",
    type: "bool",
    since: 235,
    default: "no (DefaultIPAccounting=)",
    scope: "system",
  },
  ...sharing({
    type: "inAddrPrefixes",
    since: 235,
    default: "(empty)",
    many: true,
    anchor: "IPAddressAllow=ADDRESS[/PREFIXLENGTH]…",
  })({
    IPAddressAllow: {
      summary: "Lists IP addresses or networks the unit may exchange packets with; it wins over IPAddressDeny=.",
    },
    IPAddressDeny: {
      summary:
        "Lists IP addresses or networks whose packets are dropped for the unit, both ways, unless IPAddressAllow= has them.",
    },
  }),
  ...sharing({
    type: "ipFilterBpfProgs",
    since: 243,
    default: "(empty)",
    many: true,
    anchor: "IPIngressFilterPath=BPF_FS_PROGRAM_PATH",
  })({
    IPIngressFilterPath: {
      summary: "Filters incoming IP packets of the unit with a BPF program pinned below /sys/fs/bpf.",
    },
    IPEgressFilterPath: {
      summary: "Filters outgoing IP packets of the unit with a BPF program pinned below /sys/fs/bpf.",
    },
  }),
  BPFProgram: {
    summary: "Attaches a pinned BPF program to one hook of the unit's cgroup; a missing program only logs a warning.",
    type: "bpfForeignProgram",
    since: 249,
    many: true,
    anchor: "BPFProgram=type:program-path",
  },
  ...sharing({ type: "cgroupSocketBind", since: 249, many: true, anchor: "SocketBindAllow=bind-rule" })({
    SocketBindAllow: {
      summary:
        "Lists address families, protocols and ports to which bind() succeeds; takes precedence over SocketBindDeny=.",
    },
    SocketBindDeny: {
      summary:
        "Lists address families, protocols and ports to which bind() fails, unless SocketBindAllow= permits them.",
    },
  }),
  RestrictNetworkInterfaces: {
    summary:
      "Confines the unit to the listed network interfaces, or with a leading ~ to all the others; lo is not exempt.",
    type: "restrictNetworkInterfaces",
    since: 250,
    many: true,
  },
  NFTSet: {
    summary: "Adds the unit's cgroup, user or group ID to existing nftables sets, so that firewall rules can match it.",
    type: "cgroupNftSet",
    since: 255,
    many: true,
    scope: "system",
    anchor: "NFTSet=family:table:set",
  },
  BindNetworkInterface: {
    summary: "Ties every new socket of the unit to one network interface, for example to keep a program inside a VRF.",
    type: "bindNetworkInterface",
    since: 260,
  },
} as const satisfies DirectiveRows;
