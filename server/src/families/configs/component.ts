import { CONF_FOLDERS, configFamily } from "./configFamily.ts";

/** Files that systemd-sysupdate reads, as sysupdate.components(5) describes them. */
export const COMPONENT = configFamily({
  kind: "component",
  page: "sysupdate.components",
  reader: "systemd-sysupdate",
  folders: CONF_FOLDERS,
  proof: ["Component"],
  stopsAtMistake: true,
  sections: {
    Component: "",
  },
});
