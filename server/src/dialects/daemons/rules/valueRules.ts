import type { ValueRules } from "../../../findings/valueRule.ts";

/** What can be wrong with values of which a program does not say in which line they stand. */
export const DAEMON_VALUES = {
  "daemon/server": {
    title: "Server that the program cannot read",
    why: "systemd-resolved takes addresses of DNS servers only, each with an optional port, interface and name: `1.2.3.4:53%eth0#dns.example`. systemd-timesyncd takes names and addresses. They leave out what they cannot read, with a message that names neither the file nor the line.",
    page: "resolved.conf(5)",
    bad: { path: "/etc/systemd/resolved.conf", text: "[Resolve]\nDNS=dns.example.com\n" },
    good: { path: "/etc/systemd/resolved.conf", text: "[Resolve]\nDNS=192.0.2.1#dns.example.com\n" },
  },
  "daemon/domain": {
    title: "Domain that systemd-resolved cannot read",
    why: "The parts of a domain are 1 to 63 bytes long, with single dots between them. systemd-resolved leaves out a domain that is none, with a message that names neither the file nor the line; a file about one service or some domains is not loaded at all.",
    page: "resolved.conf(5)",
    bad: { path: "/etc/systemd/resolved.conf", text: "[Resolve]\nDomains=corp..example\n" },
    good: { path: "/etc/systemd/resolved.conf", text: "[Resolve]\nDomains=corp.example\n" },
  },
} as const satisfies ValueRules;
