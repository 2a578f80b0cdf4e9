import { type DirectiveRows, sharing } from "../row.ts";

/** [Install] of systemd.unit(5): what `systemctl enable` does. */
export const INSTALL_ROWS = {
  ...sharing({ since: 201, many: true })({
    Alias: {
      summary: "Lists extra names of the same unit type that systemctl enable creates as symlinks to this file.",
      type: "installAlias",
    },
    WantedBy: {
      summary: "Makes the listed units want this one once it is enabled, by a symlink in their .wants/ directory.",
      type: "installUnits",
    },
    RequiredBy: {
      summary:
        "Makes the listed units require this one once it is enabled, by a symlink in their .requires/ directory.",
      type: "installUnits",
      anchor: "WantedBy=",
    },
    UpheldBy: {
      summary:
        "Makes the listed units keep this one running once it is enabled, by a symlink in their .upholds/ directory.",
      type: "installUnits",
      since: 254,
      anchor: "WantedBy=",
    },
    Also: {
      summary: "Enables or disables the listed units along with this one when systemctl enable or disable is used.",
      type: "installAlso",
    },
  }),
  DefaultInstance: {
    summary: "Names the instance that is enabled when a template unit is enabled without one.",
    type: "installDefaultInstance",
    since: 215,
    many: true,
  },
} as const satisfies DirectiveRows;
