import { type DirectiveRow, type DirectiveRows, rowsFrom, sharing } from "../../row.ts";

/** systemd.exec(5), Sandboxing: directories of the unit's own, and paths made visible or hidden. */
export const DIRECTORY_ROWS = {
  ReadWritePaths: {
    summary: "Leaves the listed paths writable inside areas that ProtectSystem=strict or ReadOnlyPaths= lock down.",
    type: "namespacePathStrv",
    since: 231,
    many: true,
    scope: "private-users",
  },
  ...sharing({ type: "namespacePathStrv", since: 231, many: true, scope: "private-users", anchor: "ReadWritePaths=" })({
    ReadOnlyPaths: {
      summary: "Blocks writing below the listed paths for the unit, whatever the file permissions allow.",
    },
    InaccessiblePaths: { summary: "Hides the listed files and directory trees from the unit completely." },
    ExecPaths: { summary: "Allows programs to run from the listed paths below a path of NoExecPaths=.", since: 248 },
    NoExecPaths: {
      summary: "Forbids running programs from the listed paths, even if the files are marked executable.",
      since: 248,
    },
  }),
  TemporaryFileSystem: {
    summary:
      "Mounts an empty tmpfs over each listed path for the unit, which hides what is there; takes options like :ro.",
    type: "temporaryFilesystems",
    since: 238,
    many: true,
    scope: "private-users",
  },
  RuntimeDirectoryPreserve: {
    summary: "Keeps the directories of RuntimeDirectory= after a stop (yes) or just across restarts (restart).",
    type: "execPreserveMode",
    since: 235,
    default: "no",
  },
  ...modeOf("Runtime"),
  RuntimeDirectory: {
    summary: "Creates directories below /run for the unit, owned by its user, and deletes them when it stops.",
    type: "execDirectories",
    since: 211,
    many: true,
  },
  ...modeOf("State"),
  StateDirectory: {
    summary: "Creates directories below /var/lib for lasting data of the unit, owned by its user.",
    type: "execDirectories",
    since: 211,
    many: true,
    anchor: "RuntimeDirectory=",
  },
  ...modeOf("Cache"),
  CacheDirectory: {
    summary: "Creates directories below /var/cache for reproducible data of the unit, owned by its user.",
    type: "execDirectories",
    since: 211,
    many: true,
    anchor: "RuntimeDirectory=",
  },
  ...modeOf("Logs"),
  LogsDirectory: {
    summary: "Creates directories below /var/log for log files of the unit, owned by its user.",
    type: "execDirectories",
    since: 211,
    many: true,
    anchor: "RuntimeDirectory=",
  },
  ...modeOf("Configuration"),
  ConfigurationDirectory: {
    summary: "Creates directories below /etc for settings of the unit, without giving them to its user.",
    type: "execConfigurationDirectories",
    since: 211,
    many: true,
    anchor: "RuntimeDirectory=",
  },
  ...diskUsageOf("State"),
  ...diskUsageOf("Cache"),
  ...diskUsageOf("Logs"),
} as const satisfies DirectiveRows;

/** Who may enter the directories of a kind. */
function modeOf<K extends string>(kind: K): Readonly<Record<`${K}DirectoryMode`, DirectiveRow>> {
  const row = {
    summary: `Sets the permissions, in octal, of the directories that ${kind}Directory= creates.`,
    type: "mode",
    since: 234,
    default: "0755",
    ...(kind === "Runtime" ? {} : { anchor: "RuntimeDirectoryMode=" }),
  } as const;
  return rowsFrom([[`${kind}DirectoryMode` as const, row]]);
}

/** How much disk space the directories of a kind take, counted and limited. */
function diskUsageOf<K extends string>(
  kind: K,
): Readonly<Record<`${K}Directory${"Accounting" | "Quota"}`, DirectiveRow>> {
  const entry = (name: string) => (kind === "State" ? {} : { anchor: `StateDirectory${name}=` });
  return rowsFrom<`${K}Directory${"Accounting" | "Quota"}`>([
    [
      `${kind}DirectoryAccounting`,
      {
        summary: `Tracks the disk usage of the ${kind}Directory= directories through a project ID, without limiting it.`,
        type: "bool",
        since: 258,
        default: "no",
        ...entry("Accounting"),
      },
    ],
    [
      `${kind}DirectoryQuota`,
      {
        summary: `Limits the disk space of the ${kind}Directory= directories, in bytes or as a percentage.`,
        type: "execQuota",
        since: 258,
        default: "off",
        ...entry("Quota"),
      },
    ],
  ]);
}
