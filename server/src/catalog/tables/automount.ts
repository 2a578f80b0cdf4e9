import type { DirectiveRows } from "../row.ts";

/** systemd.automount(5). */
export const AUTOMOUNT_ROWS = {
  Where: {
    summary: "Sets the absolute path to watch; required, and the unit file must be named after it.",
    type: "unitPathPrintf",
  },
  ExtraOptions: {
    summary: "Adds comma-separated options for the autofs mount itself, not for the file system mounted on it later.",
    type: "unitStringPrintf",
    since: 250,
  },
  DirectoryMode: {
    summary: "Sets the octal permissions of the automount point if systemd has to create it.",
    type: "mode",
    default: "0755",
  },
  TimeoutIdleSec: {
    summary: "Unmounts the file system when it was unused for this many seconds; 0 keeps it mounted.",
    type: "secFix0",
    since: 220,
    default: "0",
  },
} as const satisfies DirectiveRows;
