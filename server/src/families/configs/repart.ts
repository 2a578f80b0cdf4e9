import { confFolders, configFamily } from "./configFamily.ts";

/** Files that systemd-repart reads, as repart.d(5) describes them. */
export const REPART = configFamily({
  kind: "repart",
  page: "repart.d",
  reader: "systemd-repart",
  folders: confFolders("repart.d"),
  proof: ["Partition"],
  stopsAtMistake: true,
  sections: {
    Partition: "",
  },
});
