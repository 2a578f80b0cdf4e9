import type { DirectiveName } from "../catalog/catalog.ts";
import { serviceWorld, spotAt } from "../security/world/world.ts";
import { COMMAND_SETTINGS } from "../service/program.ts";
import type { Command } from "../syntax/commandLine.ts";
import type { AssignedLine } from "../syntax/tree.ts";
import type { Word } from "../syntax/words.ts";
import { linesInForce, mergedAssignments, sharedLines, type Unit, valuesInForce } from "../units/unit.ts";
import { commandLineOf } from "../units/unitCommands.ts";
import { parseTimeSpan } from "../values/timeSpan.ts";
import { QUIET_CALLS } from "./quietCalls.ts";

/** How a service is observed. */
export interface Watching {
  /** Absolute path of the folder for the logs, which anybody may write to. */
  readonly folder: string;
  /** Absolute path of strace. */
  readonly strace: string;
  /**
   * `quick` lets the kernel pass by calls that are left out of the log; `whole` stops at all of them, as calls that a filter of
   * the unit forbids do not reach the log else; `privileged` also lets strace run as root, so that programs with the set-user-ID
   * bit keep their rights.
   */
  readonly how: "quick" | "whole" | "privileged";
}

/** A drop-in that observes a service. */
export interface Observation {
  readonly dropIn: string;
  /** Names of the logs, one for each observed command. */
  readonly logs: readonly string[];
  /** What is not observed, one sentence each. */
  readonly notes: readonly string[];
}

/** The drop-in that wraps all commands of a unit with strace, or why there is none. */
export function observingDropIn(unit: Unit, watching: Watching): Observation | { readonly refused: string } {
  const refused = refusal(unit, watching);
  if (refused !== undefined) return { refused };
  const [lines, logs, notes]: [string[], string[], string[]] = [["[Service]"], [], []];
  for (const directive of COMMAND_SETTINGS) {
    const values = linesInForce(unit, "Service", directive);
    if (values.length === 0) continue;
    lines.push(`${directive}=`);
    const all = values.flatMap((line) => commandsOn(line));
    for (const [i, { command, text }] of all.entries()) {
      if (command.prefixes.includes("+")) {
        lines.push(`${directive}=${text.slice(command.from)}`);
        notes.push(
          `${directive}=${text.slice(command.from)} is not observed: it runs without the settings of the unit`,
        );
        continue;
      }
      const log = `${directive}-${i + 1}.strace`;
      logs.push(log);
      lines.push(`${directive}=${wrapped(command, text, log, unit, watching)}`);
    }
  }
  if (valuesInForce(unit, "Service", "Type").at(-1) === "forking" && !valuesInForce(unit, "Service", "PIDFile").at(-1))
    notes.push("without PIDFile= systemd finds no main process next to strace: $MAINPID is empty while it is observed");
  return { dropIn: `${[...lines, ...allowances(unit, watching)].join("\n")}\n`, logs, notes };
}

/** The commands of a line, each with the text up to its end: what `;` separates are lines of their own to systemd. */
function commandsOn(line: AssignedLine): readonly { readonly command: Command; readonly text: string }[] {
  const { text } = line.value;
  return commandLineOf(line).commands.map((command) => {
    const last = command.args.at(-1) ?? command.path;
    return { command, text: text.slice(0, last.to) };
  });
}

/** Why a unit cannot be observed as it is written. */
function refusal(unit: Unit, { how }: Watching): string | undefined {
  for (const directive of COMMAND_SETTINGS)
    for (const line of linesInForce(unit, "Service", directive)) {
      const { commands, error } = commandLineOf(line);
      const written = `${directive}=${line.value.text}`;
      if (error) return `systemd does not read ${written} to its end`;
      if (commands.some((it) => it.prefixes.includes("|")))
        return `${written} runs in the shell of a user by its prefix |, which cannot be observed`;
    }
  const root = ["RootDirectory", "RootImage"] as const;
  for (const it of root) {
    const value = valuesInForce(unit, "Service", it).at(-1);
    if (value !== undefined && value !== "/" && !/(?:^|[\s:])\/usr(?=[\s:]|$)/m.test(boundPaths(unit)))
      return `${it}=${value} gives the service its own root, in which there is no strace`;
  }
  if (how !== "privileged") return undefined;
  const user = userOf(unit);
  const against = (["Group", "SupplementaryGroups", "DynamicUser", "AmbientCapabilities", "PAMName"] as const).find(
    (it) => {
      const value = valuesInForce(unit, "Service", it).at(-1) ?? "";
      // The group that bears the name of a user is its own, which it has anyway.
      return !/^(?:no|false|off|0)?$/i.test(value) && !(it === "Group" && value === user);
    },
  );
  return against && `${against}= is not kept where strace changes to User= itself`;
}

const boundPaths = (unit: Unit): string =>
  (["BindPaths", "BindReadOnlyPaths"] as const).flatMap((it) => valuesInForce(unit, "Service", it)).join("\n");

const userOf = (unit: Unit): string | undefined => valuesInForce(unit, "Service", "User").at(-1);

/** What strace is called with. The log names paths of descriptors and real paths, and no data that is read or written. */
export function straceOptions(log: string, isQuick: boolean): readonly string[] {
  return [
    ...["-D", "-f", "-A", ...(isQuick ? ["--seccomp-bpf"] : []), "-y", "-s", "0"],
    ...["-e", "abbrev=!sendto,sendmsg,sendmmsg", "-ttt", "-e", "signal=none"],
    // A call that this architecture does not have is no mistake.
    ...["-e", `trace=!${QUIET_CALLS.map((it) => `?${it}`).join(",")}`, "-o", log],
  ];
}

/** A command with strace in front of its program, after its prefixes; what follows the program stays to the letter. */
function wrapped(command: Command, text: string, log: string, unit: Unit, { strace, folder, how }: Watching): string {
  const user = userOf(unit);
  // Instances of a template that run at once would mix their lines.
  const lock = unit.path.name?.endsWith("@.service") ? `/usr/bin/flock --no-fork ${folder}/${log} ` : "";
  const { prefixes, path, args } = command;
  const asRoot = how === "privileged" && user !== undefined && !prefixes.includes("!");
  const kept = `${prefixes.replace("@", "")}${asRoot ? "!" : ""}`;
  const [argv0, ...rest] = prefixes.includes("@") ? args : [undefined, ...args];
  const first = rest[0];
  return [
    `${kept}${lock}${strace}`,
    ...(asRoot ? ["-u", user] : []),
    ...straceOptions(`${folder}/${log}`, how === "quick"),
    ...(argv0 ? [`--argv0=${text.slice(argv0.from, argv0.to)}`] : []),
    "--",
    programWord(command, path, text),
    ...(first ? [text.slice(first.from)] : []),
  ].join(" ");
}

/** The program as an argument: where arguments have variables, it has none. */
function programWord({ prefixes, from }: Command, path: Word, text: string): string {
  const isPlain = text.startsWith(prefixes, from) && path.from === from + prefixes.length;
  const written = isPlain ? text.slice(path.from, path.to) : `"${path.value.replace(/["\\]/g, "\\$&")}"`;
  return prefixes.includes(":") ? written : written.replaceAll("$", "$$$$");
}

/** What the settings of the unit would keep strace from. */
function allowances(unit: Unit, { folder, strace, how }: Watching): string[] {
  // strace changes the user by itself then.
  const changesUser = how === "privileged" && userOf(unit) !== undefined;
  const has = (name: DirectiveName): boolean => sharedLines(unit, "Service", name).length > 0;
  const world = serviceWorld(unit);
  const [log, program] = [folder, strace].map((it) => world && spotAt(world, it));
  const isElsewhere = log?.from !== undefined && log.from !== folder;
  const isHidden = isElsewhere || (log?.state !== undefined && !["writable", "read-only"].includes(log.state));
  return [
    ...(has("SystemCallFilter")
      ? [`SystemCallFilter=@debug process_vm_readv seccomp${changesUser ? " @setuid" : ""}`]
      : []),
    ...(has("CapabilityBoundingSet")
      ? [`CapabilityBoundingSet=CAP_SYS_PTRACE${changesUser ? " CAP_SETUID CAP_SETGID" : ""}`]
      : []),
    ...(isHidden ? [`BindPaths=${folder}`] : []),
    ...(isHidden || (log && log.writable !== true) ? [`ReadWritePaths=${folder}`] : []),
    ...(program?.executable === false ? [`ExecPaths=${strace}`] : []),
    ...(has("LimitFSIZE") ? ["LimitFSIZE=infinity"] : []),
    ...startTimeout(unit),
  ];
}

/** So long what is observed may take to start, in seconds, as it is slower; a longer time of the unit stays. */
export const OBSERVED_START_SECONDS = 300;

function startTimeout(unit: Unit): string[] {
  const written = mergedAssignments(unit, "Service", "TimeoutStartSec").at(-1)?.text;
  const isOneshot = valuesInForce(unit, "Service", "Type").at(-1) === "oneshot";
  if (written === undefined && isOneshot) return [];
  const read = parseTimeSpan(written ?? "90", "s");
  const isShort =
    !("error" in read) &&
    read.nanoseconds !== "infinity" &&
    read.nanoseconds > 0n &&
    read.nanoseconds < BigInt(OBSERVED_START_SECONDS) * 1_000_000_000n;
  return isShort ? [`TimeoutStartSec=${OBSERVED_START_SECONDS}`] : [];
}
