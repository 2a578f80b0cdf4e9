import type { Dialect } from "../dialect.ts";
import { LINK } from "./link.ts";
import { NETDEV } from "./netdev.ts";
import { NETWORK } from "./network.ts";
import { NETWORKD_CONF } from "./networkd.ts";
import { NETWORK_RULES } from "./networkRules.ts";

/** What systemd-networkd reads, and udev of the network. */
export const NETWORKS = {
  kinds: { network: NETWORK, netdev: NETDEV, link: LINK, "networkd.conf": NETWORKD_CONF },
  rules: NETWORK_RULES,
} as const satisfies Dialect;
