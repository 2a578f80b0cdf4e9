import transfer from "../../../../data/configs/transfer.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import { imageTypes } from "./imageTypes.ts";

/** Files that systemd-sysupdate reads, as sysupdate.d(5) describes them. */
export const TRANSFER = configFamily(() => ({
  kind: "transfer",
  table: transfer,
  types: imageTypes,
  page: "sysupdate.d",
  reader: "systemd-sysupdate",
  folders: confFolders("sysupdate.d"),
  rules: ["image"],
  proof: ["Transfer", "Source"],
  sections: {
    Transfer: "Says which versions are taken, whether they have to be signed, and which features they belong to.",
    Source: "Says where versions come from, and how they are called there.",
    Target: "Says where versions go, how they are called there, and how many are kept.",
  },
}));
