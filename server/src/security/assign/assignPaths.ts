import { holdsIn } from "../../facts/version.ts";
import { splitWords } from "../../syntax/words.ts";
import { NEW_NAMES } from "../../units/oldNames.ts";
import { imagePolicyFaults, isFatal } from "../../values/imagePolicy.ts";
import { absolutePath, isBelowApiVfs, OUTSIDE_API_VFS } from "../../values/path.ts";
import { about, noValue } from "../../values/wording.ts";
import type { UnitSettings } from "../settings.ts";
import {
  type Assign,
  type Assignments,
  changeMember,
  type Fault,
  type ReadingContext,
  splitValue,
  withSpecifiers,
} from "./assign.ts";

function pathOf(value: string, context: ReadingContext): string | undefined {
  const path = withSpecifiers(value, context);
  return path === undefined ? undefined : absolutePath(path, context.version);
}

/** Follows config_parse_unit_path_printf() with `ltype` set, systemd 257 to 262: a bad path is fatal. */
function root(field: "rootDirectory" | "rootImage" | "rootMStack" | undefined): Assign {
  return (settings, value, context) => {
    const path = withSpecifiers(value, context) === "" ? "" : pathOf(value, context);
    if (path === undefined) return noPath(value);
    if (field) settings[field] = path;
    return undefined;
  };
}

const noPath = (value: string): Fault => noValue(value, "an absolute path without `..`");

/** Follows config_parse_working_directory(), systemd 257 to 262: a bad path is fatal unless `-` stands before it. */
const workingDirectory: Assign = (settings, value, context) => {
  const optional = value.startsWith("-");
  const text = optional ? value.slice(1) : value;
  const path = text === "" || text === "~" ? text : pathOf(text, context);
  if (path === undefined) return optional ? undefined : about(value, "is not an absolute path or ~");
  settings.workingDirectory = path;
  return undefined;
};

/** Follows config_parse_pid_file(), systemd 257 to 262, which calls its errors ignored and fails all the same. */
const pidFile: Assign = (_, value, context) => {
  const path = value === "" ? undefined : withSpecifiers(value, context);
  if (path === undefined) return undefined;
  const absolute = absolutePath(path.startsWith("/") ? path : `/run/${path}`, context.version);
  if (absolute === undefined) return about(value, 'has "..", which is not allowed in a path');
  return isBelowApiVfs(absolute) && holdsIn(OUTSIDE_API_VFS, context.version)
    ? about(value, "is below /proc, /sys or /dev, which is not allowed")
    : undefined;
};

/** Follows config_parse_image_policy(), systemd 257 to 262: a bad policy makes the loading fail. */
const imagePolicy: Assign = (_, value, { version }) =>
  imagePolicyFaults(value, version).some((it) => isFatal(it, version))
    ? about(value, "is not an image policy")
    : undefined;

/** Follows config_parse_exec_selinux_context() and similar routines, systemd 257 to 262. */
const label: Assign = (_, value, context) =>
  value.startsWith("-") || withSpecifiers(value, context) !== undefined
    ? undefined
    : about(value, "has an unknown specifier");

function note(settings: UnitSettings, name: string, present: boolean): undefined {
  changeMember(settings.present, name, present ? "add" : "remove");
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

/** Follows config_parse_mount_images(), systemd 257 to 262. */
const mountImages: Assign = (settings, value, context) => {
  if (value === "") {
    settings.mountImages = 0;
    return undefined;
  }
  for (const word of splitValue(value, "retain").words) {
    if (!/[:\\]/.test(word)) continue;
    const { words: fields, error } = splitWords(word, { separators: ":", escapes: "c-separators", coalesce: true });
    if (error) return undefined;
    const [source, target] = fields;
    const from = source && imagePath(source.value.replace(/^-/, ""), context);
    if (from && target && imagePath(target.value, context)) settings.mountImages++;
  }
  return undefined;
};

function imagePath(text: string, context: ReadingContext): boolean {
  const path = pathOf(text, context);
  return path !== undefined && !/^\/(?:proc|sys)(?:\/|$)/.test(path);
}

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
  ...Object.fromEntries([...NEW_NAMES].map(([old, name]) => [old, present(name)])),
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
