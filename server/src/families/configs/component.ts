import { CONF_FOLDERS, configFamily } from "./configFamily.ts";

/** Files that systemd-sysupdate reads, as sysupdate.components(5) describes them. */
export const COMPONENT = configFamily(() => ({
  kind: "component",
  page: "sysupdate.components",
  reader: "systemd-sysupdate",
  folders: CONF_FOLDERS,
  proof: ["Component"],
  sections: {
    Component: "Describes a set of transfers with a version of its own, apart from the rest of the system.",
  },
}));
