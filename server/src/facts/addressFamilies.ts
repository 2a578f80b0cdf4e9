import { lazy } from "../text/tables.ts";
import type { DescribedWord } from "./word.ts";

/** A family of sockets. */
interface AddressFamily {
  /** Its full names; the first one is the usual one. */
  readonly names: readonly string[];
  /** What its sockets are for. */
  readonly summary: string;
}

/** The families of sockets; the index is the number on Linux. */
const FAMILIES: readonly AddressFamily[] = [
  family("UNSPEC", "No family at all"),
  family("UNIX LOCAL FILE", "Local sockets: journal, D-Bus and most other local services"),
  family("INET", "IPv4"),
  family("AX25", "Amateur radio"),
  family("IPX", "Novell's network protocol"),
  family("APPLETALK", "Apple's old network protocol"),
  family("NETROM", "Amateur radio with routing"),
  family("BRIDGE", "Bridges between networks"),
  family("ATMPVC", "Permanent ATM circuits"),
  family("X25", "X.25 packet networks"),
  family("INET6", "IPv6"),
  family("ROSE", "Amateur radio over X.25"),
  family("DECnet", "DEC's network protocol, removed from the kernel"),
  family("NETBEUI", "Reserved, not used"),
  family("SECURITY", "Reserved, not used"),
  family("KEY", "Managing IPsec keys"),
  family("NETLINK ROUTE", "Communication with the kernel: interfaces, routes, devices and audit"),
  family("PACKET", "Raw packets on an interface, as DHCP clients and sniffers need them"),
  family("ASH", "Reserved, not used"),
  family("ECONET", "Acorn's network protocol, removed from the kernel"),
  family("ATMSVC", "Switched ATM circuits"),
  family("RDS", "Reliable datagrams between the nodes of a cluster"),
  family("SNA", "Reserved, not used"),
  family("IRDA", "Infrared, removed from the kernel"),
  family("PPPOX", "PPP over Ethernet and tunnels"),
  family("WANPIPE", "Sangoma's WAN cards, removed from the kernel"),
  family("LLC", "IEEE 802.2 frames"),
  family("IB", "InfiniBand addresses"),
  family("MPLS", "MPLS labels"),
  family("CAN", "The CAN bus of vehicles and machines"),
  family("TIPC", "Messages between the nodes of a cluster"),
  family("BLUETOOTH", "Bluetooth"),
  family("IUCV", "Between virtual machines under z/VM"),
  family("RXRPC", "Remote calls of the AFS file system"),
  family("ISDN", "ISDN lines"),
  family("PHONET", "Modems of Nokia phones"),
  family("IEEE802154", "Low-power radio networks"),
  family("CAIF", "Modems of ST-Ericsson, removed from the kernel"),
  family("ALG", "The kernel's cryptography"),
  family("NFC", "Near-field communication"),
  family("VSOCK", "Between a virtual machine and its host"),
  family("KCM", "Messages multiplexed over TCP"),
  family("QIPCRTR", "Communication with other processors of a Qualcomm chip"),
  family("SMC", "TCP connections over shared memory"),
  family("XDP", "Packets directly from the network driver"),
  family("MCTP", "Communication with management controllers of the hardware"),
];

function family(names: string, summary: string): AddressFamily {
  return { names: names.split(" ").map((name) => `AF_${name}`), summary: `${summary}.` };
}

/** The numbers of the address families that systemd knows, by their full names such as `AF_INET`. */
export const ADDRESS_FAMILIES: ReadonlyMap<string, number> = new Map(
  FAMILIES.flatMap(({ names }, number) => names.map((name) => [name, number] as const)),
);

const COMMON = ["AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "AF_BLUETOOTH"];

/** All families but AF_UNSPEC under their usual names, those of most services first. */
export function offeredFamilies(): readonly DescribedWord[] {
  const usual = FAMILIES.slice(1).map(({ names, summary }) => ({ text: names[0] ?? "", summary }));
  return [
    ...COMMON.flatMap((name) => usual.filter(({ text }) => text === name)),
    ...usual.filter(({ text }) => !COMMON.includes(text)),
  ];
}

const BY_CAPITALS = lazy(
  (): ReadonlyMap<string, number> =>
    new Map([...ADDRESS_FAMILIES].map(([name, number]) => [name.toUpperCase(), number])),
);

/**
 * The number of the family that a word names, in any letter case, 0 for AF_UNSPEC; undefined where there is none.
 * Follows af_from_name(), systemd 257 to 262, whose table comes from the headers it was built with.
 */
export function addressFamily(word: string): number | undefined {
  return BY_CAPITALS().get(word.toUpperCase());
}

/** What the sockets of a family are for, by its number. */
export const familySummary = (number: number): string => FAMILIES[number]?.summary ?? "";
