import { confFolders, configFamily } from "./configFamily.ts";

/** Files that systemd-udevd reads, as systemd.link(5) describes them. */
export const LINK = configFamily({
  kind: "link",
  page: "systemd.link",
  reader: "systemd-udevd",
  folders: confFolders("systemd/network"),
  rules: ["network"],
  separate: ["SR-IOV"],
  proof: ["Link"],
  sections: {
    Match: "",
    Link: "",
    "SR-IOV": "",
    EnergyEfficientEthernet: "",
  },
});
