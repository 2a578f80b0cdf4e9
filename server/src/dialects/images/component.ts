import component from "../../../../data/configs/component.json" with { type: "json" };
import { CONF_FOLDERS, configFamily } from "../../families/configs/configFamily.ts";
import { imageTypes } from "./imageTypes.ts";

/** Files that systemd-sysupdate reads, as sysupdate.components(5) describes them. */
export const COMPONENT = configFamily(() => ({
  kind: "component",
  table: component,
  types: imageTypes,
  page: "sysupdate.components",
  reader: "systemd-sysupdate",
  folders: CONF_FOLDERS,
  proof: ["Component"],
  sections: {
    Component: "Describes a set of transfers with a version of its own, apart from the rest of the system.",
  },
}));
