import { confFolders, configFamily } from "./configFamily.ts";

/** Files that systemd-resolved reads, as systemd.dnssd(5) describes them. */
export const DNSSD = configFamily(() => ({
  kind: "dnssd",
  page: "systemd.dnssd",
  reader: "systemd-resolved",
  folders: confFolders("systemd/dnssd"),
  proof: [],
  rules: ["daemon"],
  sections: {
    Service:
      "Describes a service that is announced with multicast DNS, where MulticastDNS=yes is set in resolved.conf.",
  },
}));
