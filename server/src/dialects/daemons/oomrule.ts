import oomrule from "../../../../data/configs/oomrule.json" with { type: "json" };
import { confFolders, configFamily } from "../../families/configs/configFamily.ts";
import { daemonTypes } from "./daemonTypes.ts";

/** Files that systemd-oomd reads, as oomd.conf(5) describes them. */
export const OOMRULE = configFamily(() => ({
  kind: "oomrule",
  table: oomrule,
  types: daemonTypes,
  page: "oomd.conf",
  reader: "systemd-oomd",
  folders: confFolders("systemd/oomd/rules.d"),
  proof: ["Rule"],
  rules: ["daemon"],
  sections: {
    Rule: "Describes a state of a control group in which something is killed.",
  },
}));
