import type { Rule } from "../../findings/rule.ts";
import { LISTS_OF_UNITS, systemUnitsNamed } from "../../findings/systemUnits.ts";

/** Seen with 257: the user manager has its own units alone, those of the system are not there. */
export const userManager: Rule = {
  code: "reference/user-manager",
  title: "Unit of the system used in a user unit",
  why: "The user manager does not have the units of the system manager, such as multi-user.target, network-online.target and docker.service: nothing can wait for them, a unit that they want is never started, and one that requires them cannot start. The user manager starts default.target. Where a user has a unit of that name, such as that of a rootless docker, it has to be among the files that are checked.",
  page: "systemd.special(7)",
  bad: {
    path: "systemd/user/sync.service",
    text: "[Service]\nExecStart=/usr/bin/sync-home\n[Install]\nWantedBy=multi-user.target\n",
  },
  good: {
    path: "systemd/user/sync.service",
    text: "[Service]\nExecStart=/usr/bin/sync-home\n[Install]\nWantedBy=default.target\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/syncd\n[Install]\nWantedBy=multi-user.target\n" },
    {
      path: "systemd/user/sync.service",
      text: "[Unit]\nAfter=network-online.target\n[Service]\nExecStart=/usr/bin/sync-home\n",
      otherFiles: { "systemd/user/network-online.target": "[Unit]\nDescription=Our own\n" },
    },
    {
      path: "systemd/user/tray.service",
      text: "[Unit]\nRequires=podman.service\n[Service]\nExecStart=/usr/bin/tray\n",
    },
  ],
  needs: LISTS_OF_UNITS,
  check: systemUnitsNamed,
};
