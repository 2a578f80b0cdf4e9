import type { ValueRules } from "../../findings/valueRule.ts";

const network = (lines: string): { path: string; text: string } => ({
  path: "10-lan.network",
  text: `[Match]\nName=eth0\n\n${lines}\n`,
});

const netdev = (line: string): { path: string; text: string } => ({
  path: "etc/systemd/network/20-vpn.netdev",
  text: `[NetDev]\nName=wg0\nKind=wireguard\n\n[WireGuard]\nPrivateKeyFile=/etc/systemd/network/wg0.key\n\n[WireGuardPeer]\nPublicKeyFile=/etc/systemd/network/peer.pub\n${line}\n`,
});

/** What can be wrong with addresses and names of hosts in the configuration of networks. */
export const ADDRESS_RULES = {
  "value/address": {
    title: "Invalid IP address",
    why: "An address is written in full: four decimal numbers for IPv4, groups of hexadecimal digits for IPv6, and some settings take only one of the two; systemd ignores any other text.",
    page: "systemd.network(5)",
    bad: network("[Network]\nAddress=192.168.1.2/24\nGateway=192.168.1"),
    good: network("[Network]\nAddress=192.168.1.2/24\nGateway=192.168.1.1"),
  },
  "value/hardware-address": {
    title: "Invalid hardware address",
    why: "A hardware address is written in pairs of hexadecimal digits with colons or dashes between them, or in groups of four with dots; systemd ignores any other text, and the file then matches or sets something else.",
    page: "systemd.network(5)",
    bad: network("[Link]\nMACAddress=12:34:56:78:9a"),
    good: network("[Link]\nMACAddress=12:34:56:78:9a:bc"),
  },
  "value/domain-name": {
    title: "Invalid host or domain name",
    why: "A domain name consists of labels of up to 63 bytes with single dots between them, 253 bytes in all, and a host name of letters, digits, dashes and dots; systemd ignores any other text.",
    page: "systemd.network(5)",
    bad: network("[Network]\nDHCP=yes\n\n[DHCPv4]\nHostname=web_1"),
    good: network("[Network]\nDHCP=yes\n\n[DHCPv4]\nHostname=web-1"),
  },
  "value/dhcp-option": {
    title: "Invalid DHCP option",
    why: "An option that is sent has a number, a type and data of that type with colons between them, one that is asked for has a number from 1 to 254; systemd ignores any other.",
    page: "systemd.network(5)",
    bad: network("[Network]\nDHCP=yes\n\n[DHCPv4]\nSendOption=12:text:web"),
    good: network("[Network]\nDHCP=yes\n\n[DHCPv4]\nSendOption=12:string:web"),
  },
  "value/key": {
    title: "Invalid key",
    why: "A key of WireGuard is 32 bytes in Base64, one of MACsec 16 bytes in hexadecimal; systemd ignores any other text, and the device is created without that key or not at all.",
    page: "systemd.netdev(5)",
    bad: netdev("PublicKey=secret"),
    good: netdev("PublicKey=RDf+LSpeEre7YEIKaxg+wbpsNV7du+ktR99uBEtIiCA="),
  },
} as const satisfies ValueRules;
