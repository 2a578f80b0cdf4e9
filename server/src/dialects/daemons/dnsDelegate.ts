import dnsDelegate from "../../../../data/configs/dnsDelegate.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import { daemonTypes } from "./daemonTypes.ts";

/** Files that systemd-resolved reads, as systemd.dns-delegate(5) describes them. */
export const DNS_DELEGATE = configFamily(() => ({
  kind: "dns-delegate",
  table: dnsDelegate,
  types: daemonTypes,
  page: "systemd.dns-delegate",
  reader: "systemd-resolved",
  folders: confFolders("systemd/dns-delegate.d"),
  proof: ["Delegate"],
  rules: ["daemon"],
  sections: {
    Delegate: "Names DNS servers and the domains that they are asked for.",
  },
}));
