import { holdsIn } from "../../../facts/version.ts";
import { prefixedAddress } from "./addresses.ts";
import type { Device } from "./device.ts";
import { isSwitchedOn, objectNamed } from "./objects.ts";
import { endsOfTunnel, isAddressType, refusedTunnel } from "./tunnels.ts";

/** What a kind of device cannot be without: one of some settings in a section. */
type Need = readonly [section: string, ...keys: string[]];

/** What each kind needs. Follows the config_verify() of each kind, systemd 257 and 262. */
const NEEDS: Readonly<Record<string, readonly Need[]>> = {
  bareudp: [
    ["BareUDP", "DestinationPort"],
    ["BareUDP", "EtherType"],
  ],
  geneve: [["GENEVE", "Id"]],
  l2tp: [
    ["L2TP", "Remote"],
    ["L2TP", "TunnelId"],
    ["L2TP", "PeerTunnelId"],
  ],
  veth: [["Peer", "Name"]],
  vlan: [["VLAN", "Id"]],
  vxcan: [["VXCAN", "Peer"]],
  wlan: [
    ["WLAN", "PhysicalDevice"],
    ["WLAN", "Type"],
  ],
  xfrm: [["Xfrm", "InterfaceId"]],
};

/** Since when a VXLAN may get its identifiers with each packet. */
const EXTERNAL = { since: 258 };
const LARGEST_VNI = 16_777_215;

/** Why networkd does not create a device: what follows its kind in a message; undefined where it does. */
export function refusedDevice(device: Device): string | undefined {
  const { kind = "", name } = device;
  for (const [section, ...keys] of NEEDS[kind] ?? [])
    if (keys.every((it) => device.value(section, it) === undefined))
      return `needs ${keys.map((it) => `${it}=`).join(" or ")} in [${section}]`;
  const ownName = "has the name of its other end: both have to differ";
  switch (kind) {
    case "veth":
      return device.value("Peer", "Name") === name ? ownName : undefined;
    case "vxcan":
      return device.value("VXCAN", "Peer") === name ? ownName : undefined;
    case "xfrm":
      return isZero(device.value("Xfrm", "InterfaceId")) ? "needs an InterfaceId= that is not 0 in [Xfrm]" : undefined;
    case "fou":
      return refusedFou(device);
    case "vxlan":
      return refusedVxlan(device);
    case "hsr":
      return refusedHsr(device);
    case "l2tp":
      return endsOfTunnel(objectNamed(device.unit, "L2TP")).family === undefined
        ? "needs an address as Remote= in [L2TP]"
        : undefined;
    default:
      return refusedTunnelKind(device);
  }
}

/** The kinds that Tunnel= takes, systemd 257 and 262. */
export const TUNNELS: ReadonlySet<string> = new Set(
  "ipip sit gre gretap erspan vti vti6 ip6tnl ip6gre ip6gretap".split(" "),
);
const refusedTunnelKind = (device: Device): string | undefined =>
  TUNNELS.has(device.kind ?? "") ? refusedTunnel(device) : undefined;

const isZero = (text: string | undefined): boolean => text !== undefined && Number(text) === 0;

/** Follows netdev_fou_tunnel_verify(), systemd 257 and 262. */
function refusedFou(device: Device): string | undefined {
  const value = (key: string): string | undefined => device.value("FooOverUDP", key);
  const protocol = value("Protocol");
  const hasProtocol = protocol !== undefined && !isZero(protocol);
  const isGeneric = value("Encapsulation") === "GenericUDPEncapsulation";
  if (!isGeneric && !hasProtocol) return "needs Protocol= in [FooOverUDP]";
  if (isGeneric && hasProtocol) return "has Protocol=, which GenericUDPEncapsulation excludes";
  const [port, peer] = [value("PeerPort"), value("Peer")];
  if (port !== undefined && peer === undefined) return "needs Peer= with PeerPort=";
  return port === undefined && peer !== undefined ? "needs PeerPort= with Peer=" : undefined;
}

/** Follows netdev_vxlan_verify(), systemd 257 and 262. */
function refusedVxlan(device: Device): string | undefined {
  const vxlan = objectNamed(device.unit, "VXLAN");
  const value = (key: string): string | undefined => vxlan?.value(key);
  const isSet = (key: string): boolean => prefixedAddress(value(key))?.address.some((it) => it !== 0) === true;
  if (isSet("Group") && isSet("Remote")) return "has Group= and Remote=, which exclude each other";
  if (isSwitchedOn(vxlan, "Independent") && isAddressType(value("Local")))
    return "has no interface below that Local= could take its address from";
  if (holdsIn(EXTERNAL, device.unit.version) && isSwitchedOn(vxlan, "External")) return undefined;
  const vni = Number(value("VNI") ?? value("Id") ?? Number.NaN);
  if (vni > LARGEST_VNI) return `takes a VNI= of at most ${LARGEST_VNI}`;
  return Number.isNaN(vni) ? "needs VNI= in [VXLAN]" : undefined;
}

/** Follows netdev_hsr_config_verify(), systemd 262. */
function refusedHsr(device: Device): string | undefined {
  const ports = objectNamed(device.unit, "HSR")?.words("Ports") ?? [];
  if (ports.length !== 2) return "needs two Ports= in [HSR]";
  return ports[0] === ports[1] ? "needs two different Ports= in [HSR]" : undefined;
}
