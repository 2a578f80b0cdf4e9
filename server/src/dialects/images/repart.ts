import repart from "../../../../data/configs/repart.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import { imageTypes } from "./imageTypes.ts";

/** Files that systemd-repart reads, as repart.d(5) describes them. */
export const REPART = configFamily(() => ({
  kind: "repart",
  table: repart,
  types: imageTypes,
  usual: {
    Partition:
      "Type Format Label SizeMinBytes SizeMaxBytes Weight CopyFiles MakeDirectories MountPoint Encrypt Minimize GrowFileSystem UUID Priority",
  },
  page: "repart.d",
  reader: "systemd-repart",
  folders: confFolders("repart.d"),
  rules: ["image"],
  proof: ["Partition"],
  sections: {
    Partition: "Describes one partition that the disk has to have: it is found by its type, or else made.",
  },
}));
