import { type DirectiveRows, sharing } from "../row.ts";

/** systemd.path(5). */
export const PATH_ROWS = {
  PathExists: {
    summary:
      "Starts the unit as soon as the file or directory at this path exists, also if it was there at the beginning.",
    type: "pathSpec",
    many: true,
  },
  PathExistsGlob: {
    summary: "Starts the unit as soon as at least one path matches the shell pattern, such as /var/crash/*.crash.",
    type: "pathSpecGlob",
    many: true,
    anchor: "PathExists=",
  },
  ...sharing({ type: "pathSpec", many: true, anchor: "PathExists=" })({
    PathChanged: {
      summary: "Starts the unit when the file or directory changes; writes count only once the writer closes the file.",
    },
    PathModified: {
      summary: "Starts the unit on any change of the file or directory, including each single write to an open file.",
    },
    DirectoryNotEmpty: {
      summary:
        "Starts the unit whenever the directory has at least one entry, e.g. for spool directories; hidden files do not count.",
    },
  }),
  Unit: {
    summary: "Names the unit to start when one of the paths changes.",
    type: "triggerUnit",
    default: "the service with the same name",
  },
  MakeDirectory: {
    summary: "Creates the directories to be watched beforehand, with the mode of DirectoryMode=; not for PathExists=.",
    type: "bool",
    default: "no",
  },
  DirectoryMode: {
    summary: "Sets the octal permissions of the watched directory if MakeDirectory= creates it.",
    type: "mode",
    default: "0755",
  },
  TriggerLimitIntervalSec: {
    summary: "Sets the time window in which TriggerLimitBurst= counts activations of the path unit; 0 lifts the limit.",
    type: "sec",
    since: 250,
    default: "2s",
  },
  TriggerLimitBurst: {
    summary:
      "Sets how many activations fit in TriggerLimitIntervalSec=; one more puts the path unit in a failed state.",
    type: "unsigned",
    since: 250,
    default: "200",
    anchor: "TriggerLimitIntervalSec=",
  },
} as const satisfies DirectiveRows;
