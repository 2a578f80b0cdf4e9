import { confFolders, configFamily } from "./configFamily.ts";

/** Files that systemd-repart reads, as repart.d(5) describes them. */
export const REPART = configFamily(() => ({
  kind: "repart",
  page: "repart.d",
  reader: "systemd-repart",
  folders: confFolders("repart.d"),
  rules: ["image"],
  proof: ["Partition"],
  sections: {
    Partition: "Describes one partition that the disk has to have: it is found by its type, or else made.",
  },
}));
