import type { Severity } from "../findings/finding.ts";
import type { Profile } from "../hardening/hardening.ts";
import { NEWEST_VERSION, OLDEST_VERSION } from "../values/version.ts";

/** What `unit-warden check` was asked for. */
export interface CheckArguments {
  readonly paths: readonly string[];
  readonly format: "text" | "json" | "sarif" | "github";
  readonly profile: Profile;
  readonly systemd: number;
  readonly scope: "system" | "user" | undefined;
  readonly failOn: Severity | "never";
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[];
  /** Which fixes to apply before checking. */
  readonly fix: "none" | "safe" | "all";
  readonly stdinPath: string | undefined;
  /** The root of a system whose units are around the files. */
  readonly root: string | undefined;
}

/** What `unit-warden security` was asked for. */
export interface SecurityArguments {
  readonly paths: readonly string[];
  readonly format: "table" | "json";
  readonly systemd: number;
  readonly scope: "system" | "user" | undefined;
  /** In tenths of the exposure, from 0 to 100; what is above it fails. */
  readonly threshold: number;
  /** The path of a policy file as systemd-analyze takes it. */
  readonly policy: string | undefined;
}

/** What `unit-warden harden` was asked for. */
export interface HardenArguments {
  readonly paths: readonly string[];
  readonly format: "diff" | "nix";
  readonly profile: Exclude<Profile, "off">;
  readonly systemd: number;
  readonly scope: "system" | "user" | undefined;
  /** Whether to change files; otherwise the change is only printed. */
  readonly write: boolean;
  /** Whether the settings go to NAME.d/hardening.conf in place of the file itself. */
  readonly dropIn: boolean;
}

/** What `unit-warden format` was asked for. */
export interface FormatArguments {
  readonly paths: readonly string[];
  /** Print what would change, only name the files that would, or change them. */
  readonly mode: "diff" | "check" | "write";
  readonly stdinPath: string | undefined;
}

/** What `unit-warden sandbox` was asked for. */
export interface SandboxArguments {
  readonly paths: readonly string[];
  readonly format: "text" | "json";
  /** The profile after which the world is shown, in place of the unit as it is. */
  readonly profile?: "basic" | "strict" | "isolated";
  /** Paths of the world that are asked for, in place of a tree. */
  readonly asked: readonly string[] | undefined;
  /** Whether all paths are shown. */
  readonly all: boolean;
  readonly systemd: number;
  readonly scope: "system" | "user" | undefined;
}

/** What `unit-warden show` was asked for. */
export interface ShowArguments {
  readonly paths: readonly string[];
  readonly format: "text" | "json";
  /** The root of a system whose load path is read as well. */
  readonly root: string | undefined;
  readonly systemd: number;
  readonly scope: "system" | "user" | undefined;
}

/** What `unit-warden explain` was asked for. */
export interface ExplainArguments {
  readonly names: readonly string[];
  /** Of directives the one of this section alone, written without brackets. */
  readonly section: string | undefined;
  readonly systemd: number;
  /** How to print why a unit failed. */
  readonly format: "text" | "json";
  readonly scope: "system" | "user" | undefined;
}

/** A mistake in how the command was called; its message is for the reader. */
export class UsageError extends Error {}

/** The options of `check` as node:util's parseArgs() takes them. */
export const CHECK_OPTIONS = {
  format: { type: "string", default: "text" },
  profile: { type: "string", default: "basic" },
  systemd: { type: "string" },
  user: { type: "boolean", default: false },
  system: { type: "boolean", default: false },
  "fail-on": { type: "string", default: "warning" },
  select: { type: "string" },
  ignore: { type: "string" },
  fix: { type: "boolean", default: false },
  "unsafe-fixes": { type: "boolean", default: false },
  root: { type: "string" },
  "stdin-path": { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** The options of `security`. */
export const SECURITY_OPTIONS = {
  format: { type: "string", default: "table" },
  systemd: { type: "string" },
  user: { type: "boolean", default: false },
  system: { type: "boolean", default: false },
  threshold: { type: "string", default: "100" },
  policy: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** The options of `harden`. */
export const HARDEN_OPTIONS = {
  format: { type: "string", default: "diff" },
  profile: { type: "string", default: "basic" },
  systemd: { type: "string" },
  user: { type: "boolean", default: false },
  system: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
  "drop-in": { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** The options of `format`. */
export const FORMAT_OPTIONS = {
  check: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
  "stdin-path": { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** The options of `sandbox`. */
export const SANDBOX_OPTIONS = {
  format: { type: "string", default: "text" },
  profile: { type: "string" },
  path: { type: "string", multiple: true },
  all: { type: "boolean", default: false },
  systemd: { type: "string" },
  user: { type: "boolean", default: false },
  system: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** The options of `show`. */
export const SHOW_OPTIONS = {
  format: { type: "string", default: "text" },
  root: { type: "string" },
  systemd: { type: "string" },
  user: { type: "boolean", default: false },
  system: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** The options of `explain`. */
export const EXPLAIN_OPTIONS = {
  section: { type: "string" },
  systemd: { type: "string" },
  format: { type: "string", default: "text" },
  user: { type: "boolean", default: false },
  system: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Options as parseArgs() gives them. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** Reads the options; throws UsageError where one is not understood. */
export function checkArguments(values: Values, paths: readonly string[]): CheckArguments {
  const stdinPath = values["stdin-path"];
  if (paths.length === 0 && stdinPath === undefined) throw new UsageError("name a unit file or a folder to check");
  const codes = (name: string): string[] | undefined =>
    typeof values[name] === "string"
      ? values[name]
          .split(",")
          .map((it) => it.trim())
          .filter(Boolean)
      : undefined;
  return {
    paths,
    format: oneOf(values, "format", ["text", "json", "sarif", "github"]),
    profile: oneOf(values, "profile", ["off", "basic", "strict", "isolated"]),
    systemd: version(values.systemd),
    scope: scopeOf(values),
    failOn: oneOf(values, "fail-on", ["error", "warning", "info", "hint", "never"]),
    select: codes("select"),
    ignore: codes("ignore") ?? [],
    fix: values["unsafe-fixes"] ? "all" : values.fix ? "safe" : "none",
    stdinPath: typeof stdinPath === "string" ? stdinPath : undefined,
    root: typeof values.root === "string" ? values.root : undefined,
  };
}

/** Reads the options of `security`; throws UsageError where one is not understood. */
export function securityArguments(values: Values, paths: readonly string[]): SecurityArguments {
  if (paths.length === 0) throw new UsageError("name a service file or a folder");
  const threshold = Number(values.threshold);
  if (!/^\d+$/.test(String(values.threshold)) || threshold > 100) {
    throw new UsageError(`--threshold takes tenths from 0 to 100, not ${String(values.threshold)}`);
  }
  return {
    paths,
    format: oneOf(values, "format", ["table", "json"]),
    systemd: version(values.systemd),
    scope: scopeOf(values),
    threshold,
    policy: typeof values.policy === "string" ? values.policy : undefined,
  };
}

/** Reads the options of `harden`; throws UsageError where one is not understood. */
export function hardenArguments(values: Values, paths: readonly string[]): HardenArguments {
  if (paths.length === 0) throw new UsageError("name a service file or a folder");
  const format = oneOf(values, "format", ["diff", "nix"]);
  const write = values.write === true;
  const dropIn = values["drop-in"] === true;
  if (format === "nix" && (write || dropIn)) throw new UsageError("--format nix only prints: no --write, no --drop-in");
  const profile = oneOf(values, "profile", ["basic", "strict", "isolated"]);
  return { paths, format, profile, systemd: version(values.systemd), scope: scopeOf(values), write, dropIn };
}

/** Reads the options of `format`; throws UsageError where one is not understood. */
export function formatArguments(values: Values, paths: readonly string[]): FormatArguments {
  const { check, write } = values;
  const stdinPath = typeof values["stdin-path"] === "string" ? values["stdin-path"] : undefined;
  if (check && write) throw new UsageError("--check and --write exclude each other");
  if (stdinPath === undefined && paths.length === 0) throw new UsageError("name a unit file or a folder to format");
  if (stdinPath !== undefined && (check || write || paths.length > 0))
    throw new UsageError("--stdin-path formats standard input alone: no PATH, no --check, no --write");
  return { paths, mode: write ? "write" : check ? "check" : "diff", stdinPath };
}

/** Reads the options of `sandbox`; throws UsageError where one is not understood. */
export function sandboxArguments(
  values: Values,
  asked: readonly string[] | undefined,
  paths: readonly string[],
): SandboxArguments {
  if (paths.length === 0) throw new UsageError("name a service file");
  const relative = asked?.find((it) => !it.startsWith("/"));
  if (relative !== undefined) throw new UsageError(`--path takes an absolute path, not ${relative}`);
  const upward = asked?.find((it) => it.split("/").includes(".."));
  if (upward !== undefined)
    throw new UsageError(`--path takes a path without .., as links may lead elsewhere, not ${upward}`);
  return {
    paths,
    format: oneOf(values, "format", ["text", "json"]),
    ...(values.profile === undefined ? {} : { profile: oneOf(values, "profile", ["basic", "strict", "isolated"]) }),
    asked: asked?.map(plainPath),
    all: values.all === true,
    systemd: version(values.systemd),
    scope: scopeOf(values),
  };
}

/** An absolute path without empty parts and single dots. */
function plainPath(path: string): string {
  return `/${path
    .split("/")
    .filter((it) => it !== "" && it !== ".")
    .join("/")}`;
}

/** Reads the options of `show`; throws UsageError where one is not understood. */
export function showArguments(values: Values, paths: readonly string[]): ShowArguments {
  if (paths.length === 0) throw new UsageError("name a unit file or a drop-in");
  const format = oneOf(values, "format", ["text", "json"]);
  const root = typeof values.root === "string" ? values.root : undefined;
  return { paths, format, root, systemd: version(values.systemd), scope: scopeOf(values) };
}

/** Reads the options of `explain`; throws UsageError where one is not understood. */
export function explainArguments(values: Values, names: readonly string[]): ExplainArguments {
  if (names.length === 0)
    throw new UsageError(
      "name a directive, a section, a code, a specifier, a capability, a system call or a group of them, an address family, an error, a special unit or an exit status",
    );
  const section = typeof values.section === "string" ? values.section.replace(/^\[(.*)\]$/, "$1") : undefined;
  const format = oneOf(values, "format", ["text", "json"]);
  return { names, section, systemd: version(values.systemd), format, scope: scopeOf(values) };
}

function scopeOf(values: Values): "system" | "user" | undefined {
  if (values.user && values.system) throw new UsageError("--user and --system exclude each other");
  return values.user ? "user" : values.system ? "system" : undefined;
}

/** The value of an option that takes some words alone; throws UsageError for any other. */
export function oneOf<T extends string>(values: Values, name: string, allowed: readonly T[]): T {
  const found = allowed.find((it) => it === values[name]);
  if (found === undefined) throw new UsageError(`--${name} takes ${allowed.join(", ")}, not ${String(values[name])}`);
  return found;
}

/** The version behind --systemd; throws UsageError for one that is not known. */
export function version(written: string | boolean | undefined): number {
  if (written === undefined) return NEWEST_VERSION;
  const number = Number(written);
  if (!Number.isInteger(number) || number < OLDEST_VERSION || number > NEWEST_VERSION) {
    throw new UsageError(
      `--systemd takes a version from ${OLDEST_VERSION} to ${NEWEST_VERSION}, not ${String(written)}`,
    );
  }
  return number;
}
