import type { DescribedWord } from "./word.ts";
/** The netlink families that systemd knows by name, for ListenNetlink=, with what they tell. Follows netlink_family_table, systemd 257. */
export const NETLINK_FAMILIES: readonly DescribedWord[] = [
  { text: "kobject-uevent", summary: "The kernel's own events about devices: group 1." },
  { text: "route", summary: "Links, addresses, routes and neighbours." },
  { text: "audit", summary: "The audit system; group 1 for its records." },
  { text: "generic", summary: "Generic netlink, on which families get their numbers at run time." },
  { text: "netfilter", summary: "The packet filter and connection tracking." },
  { text: "nflog", summary: "Packets logged by the packet filter, in the old way." },
  { text: "inet-diag", summary: "State of sockets." },
  { text: "xfrm", summary: "IPsec." },
  { text: "selinux", summary: "Events of SELinux: group 1 for changes of mode and policy." },
  { text: "connector", summary: "The kernel's connector, such as for process events." },
  { text: "rdma", summary: "Remote direct memory access." },
  { text: "iscsi", summary: "The iSCSI initiator." },
  { text: "scsitransport", summary: "Transports of SCSI." },
  { text: "fib-lookup", summary: "Lookups in the routing tables." },
  { text: "ecryptfs", summary: "The encrypted file system eCryptfs." },
  { text: "firewall", summary: "Unused by current kernels." },
  { text: "ip6-fw", summary: "Unused by current kernels." },
  { text: "dnrtmsg", summary: "DECnet routing, gone from current kernels." },
];
