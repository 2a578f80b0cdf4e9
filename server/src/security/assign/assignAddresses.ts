import { endsOf, type Network, networksOf } from "../../values/ipNetworks.ts";
import { type Networks, NO_NETWORKS } from "../settings.ts";
import { type Assign, type Assignments, splitValue } from "./assign.ts";

/** Whether the first address of a network, its host bits being 0, is of this machine (in_addr_is_localhost()). */
function isLocal(network: Network): boolean {
  const [first] = endsOf(network);
  if (first.length === 4) return first[0] === 127;
  return first.every((byte, i) => byte === (i === 15 ? 1 : 0));
}

function withNetwork(networks: Networks, network: Network): Networks {
  const v4 = network.address.length === 4;
  const local = isLocal(network);
  return {
    allV4: networks.allV4 || (v4 && network.prefix === 0),
    allV6: networks.allV6 || (!v4 && network.prefix === 0),
    count: networks.count + 1,
    remote: networks.remote + (local ? 0 : 1),
    remoteStrict: networks.remoteStrict + (local && network.prefix === (v4 ? 8 : 128) ? 0 : 1),
  };
}

/** Follows config_parse_in_addr_prefixes(), systemd 257 to 262: lists add up, bad words are skipped. */
function networks(field: "ipAllow" | "ipDeny"): Assign {
  return (settings, value) => {
    if (value === "") settings[field] = NO_NETWORKS;
    for (const word of splitValue(value, "plain").words) {
      for (const network of networksOf(word) ?? []) settings[field] = withNetwork(settings[field], network);
    }
    return undefined;
  };
}

/** The lists of systemd.resource-control(5). */
export const ADDRESS_ASSIGNMENTS: Assignments = {
  IPAddressAllow: networks("ipAllow"),
  IPAddressDeny: networks("ipDeny"),
};
