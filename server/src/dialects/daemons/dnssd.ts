import dnssd from "../../../../data/configs/dnssd.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import { daemonTypes } from "./daemonTypes.ts";

/** Files that systemd-resolved reads, as systemd.dnssd(5) describes them. */
export const DNSSD = configFamily(() => ({
  kind: "dnssd",
  table: dnssd,
  types: daemonTypes,
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
