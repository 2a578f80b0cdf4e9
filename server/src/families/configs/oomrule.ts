import { confFolders, configFamily } from "./configFamily.ts";

/** Files that systemd-oomd reads, as oomd.conf(5) describes them. */
export const OOMRULE = configFamily(() => ({
  kind: "oomrule",
  page: "oomd.conf",
  reader: "systemd-oomd",
  folders: confFolders("systemd/oomd/rules.d"),
  proof: ["Rule"],
  rules: ["daemon"],
  sections: {
    Rule: "Describes a state of a control group in which something is killed.",
  },
}));
