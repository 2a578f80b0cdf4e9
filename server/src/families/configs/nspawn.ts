import { configFamily } from "./configFamily.ts";

/** Files that systemd-nspawn reads, as systemd.nspawn(5) describes them. */
export const NSPAWN = configFamily({
  kind: "nspawn",
  page: "systemd.nspawn",
  reader: "systemd-nspawn",
  folders: ["etc/systemd/nspawn", "run/systemd/nspawn", "var/lib/machines"],
  proof: ["Exec", "Files"],
  sections: {
    Exec: "",
    Files: "",
    Network: "",
  },
});
