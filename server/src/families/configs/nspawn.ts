import { configFamily } from "./configFamily.ts";

/** Files that systemd-nspawn reads, as systemd.nspawn(5) describes them. */
export const NSPAWN = configFamily(() => ({
  kind: "nspawn",
  page: "systemd.nspawn",
  reader: "systemd-nspawn",
  folders: ["etc/systemd/nspawn", "run/systemd/nspawn", "var/lib/machines"],
  rules: ["nspawn"],
  proof: ["Exec", "Files"],
  sections: {
    Exec: "Says what is started in the container, as which user, and with which rights and limits.",
    Files: "Says what of the host the container sees, and how its image is used.",
    Network: "Says whether the container has a network of its own, and how it is connected.",
  },
}));
