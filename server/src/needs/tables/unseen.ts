import type { Kind } from "../../service/kinds.ts";

/** What programs of a kind are there for, though a run need not show it. */
export interface UnseenNeed {
  readonly capabilities: readonly string[];
  readonly families: readonly string[];
  /** Whether that is about the network of the host, which it has to see. */
  readonly isNetwork: boolean;
  /** The end of a sentence. */
  readonly reason: string;
}

const OF_NETWORK = ["CAP_NET_ADMIN", "CAP_NET_RAW"];

/** Such needs by the kind of program. */
export const UNSEEN_NEEDS: Readonly<Partial<Record<Kind, UnseenNeed>>> = {
  firewall: need(OF_NETWORK, ["AF_NETLINK"], "a firewall program changes the rules of the host when something happens"),
  routing: need(OF_NETWORK, ["AF_NETLINK", "AF_PACKET"], "a routing daemon changes routes when its peers tell it to"),
  dhcp: need(OF_NETWORK, ["AF_NETLINK", "AF_PACKET"], "a server of addresses answers machines that have none yet"),
  network: need(OF_NETWORK, ["AF_NETLINK", "AF_PACKET"], "a network manager sets up interfaces that come later"),
  vpn: need(OF_NETWORK, ["AF_NETLINK", "AF_PACKET"], "a tunnel program sets up interfaces when a peer connects"),
  pinger: { ...need(["CAP_NET_RAW"], [], "a program that sends pings needs raw sockets"), isNetwork: false },
  clock: { ...need(["CAP_SYS_TIME"], [], "a time program sets the clock once it knows the time"), isNetwork: false },
};

function need(capabilities: readonly string[], families: readonly string[], reason: string): UnseenNeed {
  return { capabilities, families, reason, isNetwork: true };
}
