import nspawn from "../../../../data/configs/nspawn.json" with { type: "json" };
import { configFamily } from "../../families/configs/configFamily.ts";
import { nspawnTypes } from "./nspawnTypes.ts";

/** Files that systemd-nspawn reads, as systemd.nspawn(5) describes them. */
export const NSPAWN = configFamily(() => ({
  kind: "nspawn",
  table: nspawn,
  types: nspawnTypes,
  usual: {
    Exec: "Boot PrivateUsers Parameters User Environment Capability DropCapability NoNewPrivileges SystemCallFilter Hostname LinkJournal NotifyReady",
    Files: "Bind BindReadOnly ReadOnly Volatile TemporaryFileSystem PrivateUsersOwnership Overlay",
    Network: "VirtualEthernet Bridge Zone Port Private VirtualEthernetExtra MACVLAN IPVLAN Interface",
  },
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
