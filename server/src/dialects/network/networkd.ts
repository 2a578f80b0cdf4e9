import networkd from "../../../../data/configs/networkd.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import { networkTypes } from "./networkTypes.ts";

/** The configuration of systemd-networkd. */
export const NETWORKD_CONF = configFamily(() => ({
  kind: "networkd.conf",
  table: networkd,
  types: networkTypes,
  page: "networkd.conf",
  reader: "systemd-networkd",
  rules: ["network", "daemon"],
  separate: ["IPv6AddressLabel"],
  folders: confFolders("systemd"),
  proof: [],
  old: ["DHCP"],
  sections: {
    Network: "Decides what holds for all networks, such as forwarding and routes that others make.",
    IPv6AcceptRA: "Decides what is taken from router advertisements where a network says nothing else.",
    IPv6AddressLabel: "Gives addresses a label, by which the source of a connection is chosen.",
    DHCPv4: "Decides how a host names itself to DHCP servers, and what is taken from them.",
    DHCPv6: "Decides how a host names itself to DHCPv6 servers, and what is taken from them.",
    DHCPServer: "Decides whether leases are kept where a network says nothing else.",
    DHCP: "Is the old name of a section about DHCP.",
    DHCPRelay: "Decides how requests for addresses are handed on.",
  },
}));
