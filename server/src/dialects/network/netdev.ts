import netdev from "../../../../data/configs/netdev.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import type { UnitFile } from "../../syntax/tree.ts";
import { kindsOfSection } from "./netdevKinds.ts";
import { networkTypes } from "./networkTypes.ts";

/** Whether a section is for other kinds of devices than the one that the first Kind= names. Follows netdev_load_one(), systemd 257 and 262. */
function isOfOtherKind(files: readonly UnitFile[], section: string): boolean {
  const kinds = kindsOfSection(section);
  if (!kinds) return false;
  for (const { sections } of files)
    for (const { name, nodes } of sections)
      for (const node of name === "NetDev" ? nodes : [])
        if (node.kind === "assignment" && node.key === "Kind" && node.text !== "") return !kinds.includes(node.text);
  return false;
}

/** Files that systemd-networkd reads, as systemd.netdev(5) describes them. */
export const NETDEV = configFamily(() => ({
  kind: "netdev",
  table: netdev,
  types: networkTypes,
  usual: {
    NetDev: "Name Kind Description MTUBytes MACAddress",
    VLAN: "Id Protocol",
    Bond: "Mode MIIMonitorSec TransmitHashPolicy LACPTransmitRate MinLinks UpDelaySec DownDelaySec",
    Bridge: "STP VLANFiltering DefaultPVID Priority ForwardDelaySec MulticastSnooping MulticastQuerier",
    Tunnel: "Local Remote TTL Key Independent",
    VXLAN: "VNI Local Remote Group DestinationPort MacLearning Independent",
    VRF: "Table",
    WireGuard: "PrivateKeyFile ListenPort RouteTable RouteMetric FirewallMark",
    WireGuardPeer: "PublicKey AllowedIPs Endpoint PersistentKeepalive PresharedKeyFile RouteTable",
    Peer: "Name MACAddress",
  },
  page: "systemd.netdev",
  reader: "systemd-networkd",
  folders: confFolders("systemd/network"),
  rules: ["network"],
  leavesOut: isOfOtherKind,
  separate: [
    "L2TPSession",
    "MACsecReceiveAssociation",
    "MACsecReceiveChannel",
    "MACsecTransmitAssociation",
    "WireGuardPeer",
  ],
  proof: ["NetDev"],
  sections: {
    Match: "Says on which hosts networkd creates the device; without it on all.",
    NetDev: "Says of which kind the virtual device is and what it is called.",
    VLAN: "Gives a VLAN its number and options.",
    MACVLAN: "Sets the mode of a MACVLAN, which shares a card by MAC addresses.",
    MACVTAP: "Sets the mode of a MACVTAP, a MACVLAN for virtual machines.",
    IPVLAN: "Sets the mode of an IPVLAN, which shares a card and its MAC address.",
    IPVTAP: "Sets the mode of an IPVTAP, an IPVLAN for virtual machines.",
    Tunnel: "Describes the ends and options of a tunnel.",
    FooOverUDP: "Describes a port where packets in UDP are taken out (FOU and GUE).",
    L2TP: "Describes the ends of an L2TP tunnel.",
    L2TPSession: "Adds a session with its own device to an L2TP tunnel.",
    Peer: "Describes the other end of a pair of virtual Ethernet devices.",
    VXCAN: "Names the other end of a pair of virtual CAN devices.",
    VXLAN: "Describes a VXLAN, which carries Ethernet over IP.",
    GENEVE: "Describes a GENEVE tunnel.",
    MACsec: "Describes a MACsec device, which encrypts Ethernet.",
    MACsecReceiveChannel: "Says from whom a MACsec device receives.",
    MACsecTransmitAssociation: "Holds a key that a MACsec device sends with.",
    MACsecReceiveAssociation: "Holds a key that a MACsec device receives with.",
    Tun: "Describes a TUN device, which carries IP packets of a program.",
    Tap: "Describes a TAP device, which carries Ethernet frames of a program.",
    Bond: "Says how a bond uses its ports, and how it notices that one fails.",
    Bridge: "Describes a bridge: spanning tree, VLAN filtering, multicast.",
    VRF: "Gives a VRF its routing table.",
    BareUDP: "Describes a tunnel that puts packets into UDP and nothing else.",
    WireGuard: "Holds the key and the port of this end of a WireGuard tunnel.",
    WireGuardPeer: "Describes one peer of a WireGuard tunnel; each section is another peer.",
    Xfrm: "Describes an interface for IPsec policies.",
    BatmanAdvanced: "Describes a mesh network of B.A.T.M.A.N. Advanced.",
    IPoIB: "Describes a child device of IP over InfiniBand.",
    WLAN: "Describes a virtual device of a wireless card.",
    HSR: "Describes a ring of redundant links (HSR and PRP).",
  },
}));
