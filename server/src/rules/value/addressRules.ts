import type { ValueRules } from "../valueRule.ts";

const network = (lines: string): { path: string; text: string } => ({
  path: "10-lan.network",
  text: `[Match]\nName=eth0\n\n${lines}\n`,
});

/** What can be wrong with addresses and names of hosts in the configuration of networks. */
export const ADDRESS_RULES = {
  "value/address": {
    title: "Invalid IP address",
    why: "An address is written in full: four decimal numbers for IPv4, groups of hexadecimal digits for IPv6, and some settings take only one of the two; systemd ignores any other text.",
    page: "systemd.network(5)",
    bad: network("[Network]\nGateway=192.168.1"),
    good: network("[Network]\nGateway=192.168.1.1"),
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
    bad: network("[DHCPv4]\nHostname=web_1"),
    good: network("[DHCPv4]\nHostname=web-1"),
  },
} as const satisfies ValueRules;
