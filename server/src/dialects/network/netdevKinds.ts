/** The kinds of virtual devices by the sections that they have besides [Match] and [NetDev]. Follows netdev_vtable, systemd 257 and 262. */
const KINDS: Readonly<Record<string, string>> = {
  BareUDP: "bareudp",
  BatmanAdvanced: "batadv",
  Bond: "bond",
  Bridge: "bridge",
  FooOverUDP: "fou",
  GENEVE: "geneve",
  HSR: "hsr",
  IPoIB: "ipoib",
  IPVLAN: "ipvlan",
  IPVTAP: "ipvtap",
  L2TP: "l2tp",
  L2TPSession: "l2tp",
  MACsec: "macsec",
  MACsecReceiveAssociation: "macsec",
  MACsecReceiveChannel: "macsec",
  MACsecTransmitAssociation: "macsec",
  MACVLAN: "macvlan",
  MACVTAP: "macvtap",
  Peer: "veth",
  Tap: "tap",
  Tun: "tun",
  Tunnel: "ipip sit gre gretap erspan vti vti6 ip6tnl ip6gre ip6gretap",
  VLAN: "vlan",
  VRF: "vrf",
  VXCAN: "vxcan",
  VXLAN: "vxlan",
  WireGuard: "wireguard",
  WireGuardPeer: "wireguard",
  WLAN: "wlan",
  Xfrm: "xfrm",
};

/** The kinds of devices that a section is for; undefined for those of all kinds, and unknown ones. */
export const kindsOfSection = (section: string): readonly string[] | undefined =>
  Object.hasOwn(KINDS, section) ? KINDS[section]?.split(" ") : undefined;
