import type { UnitKind } from "../../server/src/facts/unitKinds.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";

/** A program and what it is given; it is started as it stands here, without a shell. */
export interface ToolCall {
  readonly program: ToolProgram;
  readonly args: readonly string[];
}

export type ToolProgram = "systemctl" | "journalctl" | "systemd-analyze" | "findmnt" | "sudo" | "ssh";

/** What the tools can be asked about the file in the editor. */
export interface ToolSubject {
  readonly kind: UnitKind;
  readonly scope: "system" | "user";
  /** The unit's name, or the template's; undefined for a drop-in of many units. */
  readonly name: string | undefined;
  /** What has to be asked before the unit can be named. */
  readonly missing: "nothing" | "instance" | "name";
  /** The file itself, where it is one that systemd-analyze verifies. */
  readonly file: string | undefined;
}

/** What a path on this machine is about; undefined where it is no unit file, or its name none that a unit can have. */
export function toolSubject(path: string): ToolSubject | undefined {
  const parts = unitPath(path);
  if (!parts) return undefined;
  const { kind, scope, role, name } = parts;
  const known = name === undefined ? undefined : parseUnitName(name);
  if (name !== undefined && !known) return undefined;
  const isPrefix = role === "drop-in" && known?.stem.endsWith("-") === true;
  if (!known || isPrefix) return { kind, scope, name: undefined, missing: "name", file: undefined };
  const file = role === "unit" && path.startsWith("/") && path.endsWith(`/${known.full}`) ? path : undefined;
  return { kind, scope, name: known.full, missing: known.instance === "" ? "instance" : "nothing", file };
}

/** The name of the unit with what was asked for put in; undefined where that makes no name of such a unit. */
export function unitNamed({ kind, name, missing }: ToolSubject, input: string): string | undefined {
  const whole = missing === "instance" ? (name ?? "").replace(/@\.(?=[a-z]+$)/, () => `@${input}.`) : input;
  const parsed = parseUnitName(missing === "nothing" ? (name ?? "") : whole);
  return parsed?.kind === kind && parsed.instance !== "" ? parsed.full : undefined;
}

/** What can be asked about a unit by its name. */
export const QUESTIONS = {
  cat: (scope: ToolSubject["scope"], unit: string) => systemctl(scope, "cat", unit),
  status: (scope: ToolSubject["scope"], unit: string) => systemctl(scope, "status", unit),
  /** Prints all properties, of which the client reads what describes a failure. */
  show: (scope: ToolSubject["scope"], unit: string) => systemctl(scope, "show", unit),
  /** What was logged last, of several starts. */
  journal: (scope: ToolSubject["scope"], unit: string): ToolCall => ({
    program: "journalctl",
    args: [...manager(scope), "--no-pager", "--lines=500", `--unit=${unit}`],
  }),
  /** What shows whether it failed, and of which files. */
  state: (scope: ToolSubject["scope"], unit: string): ToolCall => ({
    program: "systemctl",
    args: [
      ...manager(scope),
      "--no-pager",
      "show",
      "--property=ActiveState,Result,FragmentPath,DropInPaths",
      "--",
      unit,
    ],
  }),
  security: (scope: ToolSubject["scope"], unit: string) => analyze(scope, "security", unit),
  shell: (scope: ToolSubject["scope"], unit: string) => analyze(scope, "unit-shell", unit),
  /** Prints the number of the main process, 0 where there is none. */
  mainProcess: (scope: ToolSubject["scope"], unit: string): ToolCall => ({
    program: "systemctl",
    args: [...manager(scope), "show", "--property=MainPID", "--value", "--", unit],
  }),
} as const;

/**
 * Lets systemd judge a file; undefined where its path holds `${`, in whose place the editor would put something else before
 * it starts a task.
 */
export function verifyCall(scope: ToolSubject["scope"], file: string): ToolCall | undefined {
  return file.includes("${") ? undefined : analyze(scope, "verify", file);
}

/** The mounts that a process sees; undefined for what is no number of a process. */
export function mountsOf(printed: string): ToolCall | undefined {
  const pid = printed.trim();
  return /^[1-9]\d{0,9}$/.test(pid) ? { program: "findmnt", args: ["--task", pid] } : undefined;
}

const manager = (scope: ToolSubject["scope"]): string[] => (scope === "user" ? ["--user"] : []);

/** What follows after `--` is no option, whatever it is called. */
const systemctl = (scope: ToolSubject["scope"], verb: string, unit: string): ToolCall => ({
  program: "systemctl",
  args: [...manager(scope), "--no-pager", "--full", verb, "--", unit],
});

const analyze = (scope: ToolSubject["scope"], verb: string, subject: string): ToolCall => ({
  program: "systemd-analyze",
  args: [...manager(scope), "--no-pager", verb, "--", subject],
});

/** Where a program lies; only absolute folders of PATH count, so that no file of a workspace is taken for it. */
export function locate(program: ToolProgram, path: string, isThere: (file: string) => boolean): string | undefined {
  const folders = path.split(":").filter((it) => it.startsWith("/"));
  return folders.map((it) => `${it.replace(/(?<!\/)\/+$/, "")}/${program}`).find(isThere);
}
