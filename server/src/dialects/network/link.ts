import link from "../../../../data/configs/link.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import { networkTypes } from "./networkTypes.ts";

/** Files that systemd-udevd reads, as systemd.link(5) describes them. */
export const LINK = configFamily(() => ({
  kind: "link",
  table: link,
  types: networkTypes,
  usual: {
    Match: "MACAddress PermanentMACAddress OriginalName Path Driver Type Property",
    Link: "Name NamePolicy MACAddressPolicy MACAddress MTUBytes WakeOnLan AlternativeName AlternativeNamesPolicy Description",
  },
  page: "systemd.link",
  reader: "systemd-udevd",
  folders: confFolders("systemd/network"),
  rules: ["network"],
  separate: ["SR-IOV"],
  proof: ["Link"],
  sections: {
    Match: "Says which devices the file is for; udev uses the first file that matches.",
    Link: "Says how the device is called, and sets its MAC address, MTU, speed and offloads.",
    "SR-IOV": "Configures a virtual function of a network card that several virtual machines share.",
    EnergyEfficientEthernet: "Says when an idle Ethernet link saves energy.",
  },
}));
