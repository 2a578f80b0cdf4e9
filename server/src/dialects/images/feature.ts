import feature from "../../../../data/configs/feature.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import { imageTypes } from "./imageTypes.ts";

/** Files that systemd-sysupdate reads, as sysupdate.features(5) describes them. */
export const FEATURE = configFamily(() => ({
  kind: "feature",
  table: feature,
  types: imageTypes,
  page: "sysupdate.features",
  reader: "systemd-sysupdate",
  folders: confFolders("sysupdate.d"),
  proof: ["Feature"],
  sections: {
    Feature: "Describes a set of transfers that an administrator may switch on and off.",
  },
}));
