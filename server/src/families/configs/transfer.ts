import { confFolders, configFamily } from "./configFamily.ts";

/** Files that systemd-sysupdate reads, as sysupdate.d(5) describes them. */
export const TRANSFER = configFamily({
  kind: "transfer",
  page: "sysupdate.d",
  reader: "systemd-sysupdate",
  folders: confFolders("sysupdate.d"),
  proof: ["Transfer", "Source"],
  stopsAtMistake: true,
  sections: {
    Transfer: "",
    Source: "",
    Target: "",
  },
});
