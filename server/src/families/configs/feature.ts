import { confFolders, configFamily } from "./configFamily.ts";

/** Files that systemd-sysupdate reads, as sysupdate.features(5) describes them. */
export const FEATURE = configFamily(() => ({
  kind: "feature",
  page: "sysupdate.features",
  reader: "systemd-sysupdate",
  folders: confFolders("sysupdate.d"),
  proof: ["Feature"],
  sections: {
    Feature: "Describes a set of transfers that an administrator may switch on and off.",
  },
}));
