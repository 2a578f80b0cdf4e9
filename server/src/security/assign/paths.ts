import { utf8Length } from "../../text/utf8.ts";
import type { Settings } from "../settings.ts";
import { type Assign, type Assignments, type Context, change, type Fault, resolved, wordsOf } from "./assign.ts";

const PATH_MAX = 4096;
const NAME_MAX = 255;

/**
 * An absolute path without doubled and trailing slashes and `.` components, undefined where systemd takes none.
 * Follows path_simplify_and_warn() with PATH_CHECK_ABSOLUTE, systemd 257 to 262.
 */
export function absolutePath(path: string): string | undefined {
  if (!path.startsWith("/")) return undefined;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.some((part) => part === ".." || utf8Length(part) > NAME_MAX)) return undefined;
  const simple = `/${parts.join("/")}`;
  return utf8Length(simple) < PATH_MAX ? simple : undefined;
}

/** Whether a path is below /proc, /sys or /dev. Follows path_below_api_vfs(), systemd 257 to 262. */
export function isBelowApiVfs(path: string): boolean {
  return /^\/(?:proc|sys|dev)(?:\/|$)/.test(path);
}

function pathOf(value: string, context: Context): string | undefined {
  const path = resolved(value, context);
  return path === undefined ? undefined : absolutePath(path);
}

/** Follows config_parse_unit_path_printf() with `ltype` set, systemd 257 to 262: a bad path is fatal. */
function root(field: "rootDirectory" | "rootImage" | "rootMStack" | undefined): Assign {
  return (settings, value, context) => {
    const path = value === "" ? "" : pathOf(value, context);
    if (path === undefined) return NO_PATH;
    if (field) settings[field] = path;
    return undefined;
  };
}

const NO_PATH: Fault = "is not an absolute path without `..`";

/** Follows config_parse_working_directory(), systemd 257 to 262: a bad path is fatal unless `-` stands before it. */
const workingDirectory: Assign = (settings, value, context) => {
  const optional = value.startsWith("-");
  const text = optional ? value.slice(1) : value;
  const path = text === "" || text === "~" ? text : pathOf(text, context);
  if (path === undefined) return optional ? undefined : "is neither an absolute path nor `~`";
  settings.workingDirectory = path;
  return undefined;
};

/** Follows config_parse_pid_file(), systemd 257 to 262, which calls its errors ignored and fails all the same. */
const pidFile: Assign = (_, value, context) => {
  const path = value === "" ? undefined : resolved(value, context);
  if (path === undefined) return undefined;
  const absolute = absolutePath(path.startsWith("/") ? path : `/run/${path}`);
  if (absolute === undefined) return "is no path without `..`";
  return isBelowApiVfs(absolute) ? "is below /proc, /sys or /dev" : undefined;
};

const PARTITIONS = "root usr home srv esp xbootldr swap root-verity usr-verity root-verity-sig usr-verity-sig tmp var";
const FLAGS =
  "verity signed encrypted unprotected unused absent open ignore read-only-on read-only-off growfs-on growfs-off";
const NEWER_FLAGS = "encryptedwithintegrity btrfs erofs ext4 f2fs squashfs vfat xfs";

/** Follows config_parse_image_policy(), systemd 257 to 262: a bad policy makes the loading fail. */
const imagePolicy: Assign = (_, value, { version }) => {
  if (["", "*", "-", "~"].includes(value)) return undefined;
  const flags = (version < 258 ? FLAGS : `${FLAGS} ${NEWER_FLAGS}`).split(" ");
  const partitions = new Set(["", ...PARTITIONS.split(" ")]);
  // Each partition has one rule at most, so that one more is wrong whatever it says.
  for (const rule of value.split(":", partitions.size + 1)) {
    const equals = rule.indexOf("=");
    if (equals < 0 || !partitions.delete(rule.slice(0, equals))) return "is no image policy";
    const given = rule.slice(equals + 1);
    if (given === "" || given === "-") continue;
    if (!given.split("+").every((flag) => flags.includes(flag.trim()))) return "is no image policy";
  }
  return undefined;
};

/** Follows config_parse_exec_selinux_context() and its kin, systemd 257 to 262. */
const label: Assign = (_, value, context) =>
  value.startsWith("-") || resolved(value, context) !== undefined ? undefined : "has an unknown specifier";

function note(settings: Settings, name: string, present: boolean): undefined {
  change(settings.present, name, present ? "add" : "remove");
  return undefined;
}

/** A list or text of which only the presence counts. */
function present(name: string): Assign {
  return (settings, value) => note(settings, name, value !== "");
}

/** A path of which only the presence counts; a bad one is ignored. */
function presentPath(name: string): Assign {
  return (settings, value, context) => {
    if (value !== "" && pathOf(value, context) === undefined) return undefined;
    return note(settings, name, value !== "");
  };
}

/** Follows config_parse_ip_filter_bpf_progs(), systemd 257 to 262. */
function ipFilter(field: "ipIngressFilters" | "ipEgressFilters"): Assign {
  return (settings, value, context) => {
    if (value === "") settings[field] = 0;
    else if (pathOf(value, context) !== undefined) settings[field]++;
    return undefined;
  };
}

/** The parts of a word between colons; a backslash takes a colon or another character as it is. */
function colonParts(word: string): string[] {
  const parts = word.match(/(?:^|:)(?:\\.|[^:\\])*/gs) ?? [];
  return parts.map((part) => part.replace(/^:/, "").replace(/\\(.)/gs, "$1"));
}

/** Follows config_parse_mount_images(), systemd 257 to 262. */
const mountImages: Assign = (settings, value, context) => {
  if (value === "") {
    settings.mountImages = 0;
    return undefined;
  }
  for (const word of wordsOf(value, "retain").words) {
    const [source = "", target = ""] = colonParts(word);
    const from = pathOf(source.replace(/^-/, ""), context);
    if (from !== undefined && pathOf(target, context) !== undefined) settings.mountImages++;
  }
  return undefined;
};

/** The paths of systemd.exec(5). */
export const PATH_ASSIGNMENTS: Assignments = {
  RootDirectory: root("rootDirectory"),
  RootImage: root("rootImage"),
  RootMStack: root("rootMStack"),
  RootVerity: root(undefined),
  WorkingDirectory: workingDirectory,
  RootImagePolicy: imagePolicy,
  MountImagePolicy: imagePolicy,
  ExtensionImagePolicy: imagePolicy,
  SELinuxContext: label,
  AppArmorProfile: label,
  SmackProcessLabel: label,
  MountImages: mountImages,
  ReadWritePaths: present("ReadWritePaths"),
  ReadOnlyPaths: present("ReadOnlyPaths"),
  InaccessiblePaths: present("InaccessiblePaths"),
  ReadWriteDirectories: present("ReadWritePaths"),
  ReadOnlyDirectories: present("ReadOnlyPaths"),
  InaccessibleDirectories: present("InaccessiblePaths"),
  ExecPaths: present("ExecPaths"),
  NoExecPaths: present("NoExecPaths"),
  BindPaths: present("BindPaths"),
  BindReadOnlyPaths: present("BindPaths"),
  TemporaryFileSystem: present("TemporaryFileSystem"),
  ExtensionImages: present("ExtensionImages"),
  ExtensionDirectories: present("ExtensionDirectories"),
  LogNamespace: present("LogNamespace"),
  RuntimeDirectory: present("RuntimeDirectory"),
  StateDirectory: present("StateDirectory"),
  CacheDirectory: present("CacheDirectory"),
  LogsDirectory: present("LogsDirectory"),
  ConfigurationDirectory: present("ConfigurationDirectory"),
  NetworkNamespacePath: presentPath("NetworkNamespacePath"),
  IPCNamespacePath: presentPath("IPCNamespacePath"),
  UserNamespacePath: presentPath("UserNamespacePath"),
};

/** The paths of [Service] alone. */
export const SERVICE_PATHS: Assignments = { PIDFile: pidFile };

/** The BPF programs of systemd.resource-control(5). */
export const FILTER_PATHS: Assignments = {
  IPIngressFilterPath: ipFilter("ipIngressFilters"),
  IPEgressFilterPath: ipFilter("ipEgressFilters"),
};
