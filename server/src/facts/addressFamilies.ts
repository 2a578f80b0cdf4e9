/** The families of sockets by their numbers on Linux; several names of one number are joined by slashes. */
const NAMES =
  "UNSPEC UNIX/LOCAL/FILE INET AX25 IPX APPLETALK NETROM BRIDGE ATMPVC X25 INET6 ROSE DECnet NETBEUI SECURITY KEY " +
  "NETLINK/ROUTE PACKET ASH ECONET ATMSVC RDS SNA IRDA PPPOX WANPIPE LLC IB MPLS CAN TIPC BLUETOOTH IUCV RXRPC ISDN " +
  "PHONET IEEE802154 CAIF ALG NFC VSOCK KCM QIPCRTR SMC XDP MCTP";

/** The numbers of the address families that systemd knows, by their full names such as `AF_INET`. */
export const ADDRESS_FAMILIES: ReadonlyMap<string, number> = new Map(
  NAMES.split(" ").flatMap((names, number) => names.split("/").map((name) => [`AF_${name}`, number] as const)),
);

const BY_CAPITALS: ReadonlyMap<string, number> = new Map(
  [...ADDRESS_FAMILIES].map(([name, number]) => [name.toUpperCase(), number]),
);

/**
 * The number of the family that a word names, in any letter case, 0 for AF_UNSPEC; undefined where there is none.
 * Follows af_from_name(), systemd 257 to 262, whose table comes from the headers it was built with.
 */
export function addressFamily(word: string): number | undefined {
  return BY_CAPITALS.get(word.toUpperCase());
}
