import { holdsIn } from "../../../facts/version.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units/unit.ts";
import { familyOfAddress, type IpFamily, isNull, prefixedAddress } from "./addresses.ts";
import type { Device } from "./device.ts";
import { type ConfigObject, isJudgedHere, isSwitchedOn, objectNamed } from "./objects.ts";

/** The families of addresses that a tunnel takes from the interface below. */
const TYPES: Readonly<Record<string, IpFamily>> = {
  ipv4_link_local: "ipv4",
  dhcp4: "ipv4",
  ipv6_link_local: "ipv6",
  dhcp6: "ipv6",
  slaac: "ipv6",
  dhcp_pd: "ipv6",
};

/** Whether a local address is a word for where it comes from. */
export const isAddressType = (text: string | undefined): boolean => text !== undefined && Object.hasOwn(TYPES, text);

interface Ends {
  /** Which addresses the tunnel runs between; undefined where no line says it. */
  readonly family: IpFamily | undefined;
  /** The lines that networkd drops for being of the other family. */
  readonly odd: readonly Assignment[];
}

/** The family that the first address decides. Follows config_parse_tunnel_local_address(), …_remote_address() and those of L2TP, systemd 257 and 262. */
export function endsOfTunnel(object: ConfigObject | undefined): Ends {
  const nodes = [...(object?.list("Local") ?? []), ...(object?.list("Remote") ?? [])];
  const odd: Assignment[] = [];
  const set = new Map<string, true>();
  let family: IpFamily | undefined;
  for (const node of nodes.toSorted((a, b) => a.start - b.start)) {
    const protocol = TYPES[node.text] ?? familyOf(node.text);
    if (protocol === undefined) {
      set.delete(node.key);
      if (set.size === 0) family = undefined;
    } else if (family !== undefined && protocol !== family) odd.push(node);
    else {
      family = protocol;
      set.set(node.key, true);
    }
  }
  return { family, odd };
}

/** The family of an address that is set: `any` and an address of zeros set none. */
function familyOf(text: string): IpFamily | undefined {
  const address = prefixedAddress(text);
  return address && !isNull(address) ? familyOfAddress(text) : undefined;
}

/** The sections with addresses that have to be of one family. */
const TUNNELS = ["Tunnel", "L2TP"] as const;

/** The lines of a device that are of the other family. */
export const oddEnds = (unit: Unit): readonly Assignment[] =>
  TUNNELS.flatMap((it) => endsOfTunnel(objectNamed(unit, it)).odd).filter((it) => isJudgedHere(unit, it));

const V4 = new Set(["vti", "ipip", "sit", "gre", "gretap", "erspan"]);
const V6 = new Set(["vti6", "ip6tnl", "ip6gre", "ip6gretap"]);

/** Since when Mode= is for other kinds than ip6tnl too, and need not be set. */
const MODES = { since: 258 };
const SUPPORTED: Readonly<Record<string, readonly string[]>> = {
  ipip: ["any", "ipip"],
  sit: ["any", "ipip", "ip6ip"],
  ip6tnl: ["any", "ipip6", "ip6ip6"],
};

/** Why networkd does not create a tunnel. Follows netdev_tunnel_verify(), systemd 257 and 262. */
export function refusedTunnel({ unit, kind = "" }: Device): string | undefined {
  const tunnel = objectNamed(unit, "Tunnel");
  const later = holdsIn(MODES, unit.version);
  if (kind === "ip6tnl" && !later && tunnel?.value("Mode") === undefined) return "needs Mode= in [Tunnel]";
  if (isSwitchedOn(tunnel, "External") && kind !== "vti" && kind !== "vti6") return undefined;
  const { family } = endsOfTunnel(tunnel);
  if (V4.has(kind) && family === "ipv6") return "is a tunnel between IPv4 addresses, and [Tunnel] has IPv6 addresses";
  if (V6.has(kind) && family === "ipv4") return "is a tunnel between IPv6 addresses, and [Tunnel] has IPv4 addresses";
  if (isSwitchedOn(tunnel, "FooOverUDP") && tunnel?.value("FOUDestinationPort") === undefined)
    return "needs FOUDestinationPort= with FooOverUDP=yes";
  const independent = isSwitchedOn(tunnel, "Independent") || isSwitchedOn(tunnel, "AssignToLoopback");
  if (independent && isAddressType(tunnel?.value("Local")))
    return "has no interface below that Local= could take its address from";
  if (isSwitchedOn(tunnel, "IgnoreDontFragment") && isSwitchedOn(tunnel, "DiscoverPathMTU"))
    return "has IgnoreDontFragment= and DiscoverPathMTU=, which exclude each other";
  return later ? unsupportedMode(kind, tunnel?.value("Mode")) : undefined;
}

function unsupportedMode(kind: string, mode: string | undefined): string | undefined {
  if (mode === undefined) return undefined;
  const modes = SUPPORTED[kind];
  if (!modes) return "has no modes, but [Tunnel] has Mode=";
  return modes.includes(mode) ? undefined : `takes ${modes.join(", ")} as Mode= in [Tunnel]`;
}
