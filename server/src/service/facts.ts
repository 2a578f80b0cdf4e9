import type { DirectiveName } from "../catalog/catalog.ts";
import type { ConfigurationFact } from "../program/daemons/fact.ts";
import { capabilityNames } from "../security/capabilitySet.ts";
import { effective } from "../security/effective.ts";
import { isRoot } from "../security/settings.ts";
import type { AssignedLine } from "../syntax/tree.ts";
import { systemFolder } from "../units/directories.ts";
import { lasting } from "../units/lasting.ts";
import { memo, memoBy } from "../units/memo.ts";
import { mergedAssignments, mergedDirectives, type Unit } from "../units/unit.ts";
import { wordsOn } from "../units/words.ts";
import { parseBoolean } from "../values/boolean.ts";
import {
  configuredPorts,
  configuredWrites,
  daemonConfiguration,
  pathsOf as pathsOfFacts,
} from "./daemonConfiguration.ts";
import { isDynamic } from "./effective.ts";
import { type Kind, kindsOf } from "./kinds.ts";
import { systemPath } from "./paths.ts";
import { anyLowPort } from "./ports.ts";
import { type Program, programsOf } from "./program.ts";
import { assigned, inForce, isBelow, isOn, listLines, paths, setting, textOf, words } from "./settings.ts";
import { showsAllItDoes } from "./visible.ts";

/** What a unit file shows about the service that it runs. */
export interface Facts {
  readonly unit: Unit;
  readonly programs: readonly Program[];
  readonly kinds: ReadonlySet<Kind>;
  /** The User= value, undefined for root. */
  readonly user: string | undefined;
  /** Whether User= names the user of the instance. */
  readonly personal: boolean;
  readonly dynamic: boolean;
  /** Whether some command starts with rights of root. */
  readonly privileged: boolean;
  /** The capabilities that AmbientCapabilities= grants, as the kernel names them. */
  readonly ambient: readonly string[];
  /** All capabilities that the unit names as needed, in upper case. */
  readonly capabilities: readonly string[];
  /** What the configuration of its daemons says, where its machine is at hand. */
  readonly configured: readonly ConfigurationFact[];
  /** A port below 1024 in the command lines or that configuration. */
  readonly lowPort: number | undefined;
  /** The paths that the commands, the environment and some settings name, without those of the programs; those that its configuration has it write, too. */
  readonly paths: readonly string[];
  /** The paths of the programs and scripts. */
  readonly programPaths: readonly string[];
  /** The directories that the unit declares as written, without /run. */
  readonly declared: ReadonlySet<string>;
  /** The directories below /run that it declares. */
  readonly declaredRuntime: ReadonlySet<string>;
}

/** Reads the facts of a unit once for all rows, and once for versions that are no different: the unit is then the one that lasts. */
export const factsOf = (unit: Unit): Facts => factsIn(lasting(unit));

const factsIn = memo((unit: Unit): Facts => {
  const programs = programsOf(unit);
  const userText = textOf(unit, "User");
  const user = userText === undefined || isRoot(userText) ? undefined : userText;
  const dynamic = isDynamic(unit);
  const ambient = capabilityNames(effective(unit).settings.ambientSet);
  const bounding = inForce(unit, "CapabilityBoundingSet").map((it) => it.value.text);
  const named = bounding[0]?.startsWith("~") ? [] : bounding.flatMap((it) => it.toUpperCase().split(/\s+/));
  const system = unit.path.scope === "system";
  const kept = programs.some((it) => it.prefixes.includes("!"));
  const privileged = system && ((user === undefined && !dynamic) || kept);
  const environment = listLines(unit, "Environment");
  const configured = daemonConfiguration(unit);
  const written = pathsOfFacts(configuredWrites(configured));
  const settingPaths = [...PATH_SETTINGS.flatMap((name) => pathsIn(textOf(unit, name) ?? "")), ...written].join("\n");
  const kinds = new Set(kindsOf(programs, unit.path.name));
  const isHidden = privileged && !showsAllItDoes(programs);
  if (isHidden && programs.some((it) => it.script)) kinds.add("script");
  if (isHidden && setting(unit, "Type")?.value === "oneshot" && !backsUp(kinds, programs)) kinds.add("setup");
  if (namesRuntime(environment)) kinds.add("jit");
  if (system && isEarly(unit)) kinds.add("early");
  const { memory } = unit;
  const room = writable(unit);
  const made = DECLARING.map((it) => below(words(unit, it), systemFolder(it)));
  const runtime = below(words(unit, "RuntimeDirectory"), systemFolder("RuntimeDirectory"));
  return {
    unit,
    programs,
    kinds,
    user,
    personal: /%[iIjJ]/.test(user ?? ""),
    dynamic,
    privileged,
    ambient,
    capabilities: [...ambient, ...named].filter((it) => it !== ""),
    configured,
    lowPort:
      anyLowPort(programs) ?? configuredPorts(configured).find(({ port }) => port && port.from < 1024)?.port?.from,
    paths: memory.query("paths", [argumentPaths(programs), pathsOnLines(environment), settingPaths], allPaths),
    programPaths: programPathsOf(programs),
    declared: memory.query("declared", [...made, ...room], union),
    declaredRuntime: memory.query("declared below /run", [runtime, ...room], union),
  };
});

/** Whether all that a job runs are backup programs, of which more is known than that they run once. */
const backsUp = (kinds: ReadonlySet<Kind>, programs: readonly Program[]): boolean =>
  kinds.has("backup") && programs.every((it) => kindsOf([it], undefined).has("backup"));

/** More paths than any unit names. */
const MAX_PATHS = 1000;

const argumentPaths = memo((programs: readonly Program[]) => programs.flatMap(pathsOf));
const pathsOf = memo(({ args }: Program): readonly string[] => args.flatMap(pathsIn));
const pathsOnLines = memo((lines: readonly AssignedLine[]) => lines.flatMap(pathsOnLine));
const pathsOnLine = memo((line: AssignedLine) => wordsOn(line).flatMap(pathsIn));
const namesRuntime = memo((lines: readonly AssignedLine[]) =>
  lines.some((line) => wordsOn(line).some((it) => RUNTIME_VARIABLE.test(it))),
);
const allPaths = (args: readonly string[], environment: readonly string[], others: string): readonly string[] =>
  [...args, ...environment, ...(others === "" ? [] : others.split("\n"))].slice(0, MAX_PATHS);
const programPathsOf = memo((programs: readonly Program[]) => programs.flatMap(ownPaths));
const ownPaths = memo(({ path, args, names }: Program): readonly string[] => {
  const scripts = args.filter((arg) => /^\/.*\.(?:jar|war|py|pl|rb|[mc]?js|ts|php|sh|phar|dll)$/.test(arg));
  // What a wrapper or interpreter is told to run.
  const run = names.length > 1 ? args.filter((it) => it.startsWith("/") && names.includes(lastPart(it), 1)) : [];
  return [...new Set([path, ...run, ...scripts])].map(systemPath);
});

const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/**
 * The folder of a program with what belongs to it, such as the libraries next to its `bin`; where others lie in it too, only
 * the program.
 */
export function folderOf(program: string): string {
  const folder = program.replace(/(?:\/s?bin)?\/[^/]*$/, "");
  return /^(?:\/usr(?:\/local)?(?:\/(?:libexec|lib\w*|share))?|\/home\/[^/]+|\/[^/]*|\/var\/(?:lib|www))?$/.test(folder)
    ? program
    : folder;
}

/** Variables of runtimes that a script hides. */
export const RUNTIME_VARIABLE = /^(?:JAVA_|JVM_|CATALINA_|NODE_|DOTNET_|ASPNETCORE_)\w*=/;

const PATH_SETTINGS = [
  "PIDFile",
  "WorkingDirectory",
  "StandardOutput",
  "StandardError",
] as const satisfies readonly DirectiveName[];

/** The settings that give a service directories to write, but for those below /run. */
const DECLARING = ["StateDirectory", "CacheDirectory", "LogsDirectory"] as const;

/** The directories that the words of a setting make in system units, specifiers of names as they are written. */
const below = memoBy((words: readonly string[], folder: string): readonly string[] =>
  words.map((it) => `${folder}/${it.replace(/:.*$/s, "")}`),
);

const union = (...lists: readonly (readonly string[])[]): ReadonlySet<string> => new Set(lists.flat());

const WRITABLE = ["ReadWritePaths", "BindPaths", "TemporaryFileSystem"] as const;

function writable(unit: Unit): (readonly string[])[] {
  return WRITABLE.map((name) => allSystemPaths(paths(unit, name)));
}

const allSystemPaths = memo((list: readonly string[]) => list.map(systemPath));

/** Absolute paths inside a word, also after `=`, `:` or quotes; addresses of the web are none. */
function pathsIn(word: string): readonly string[] {
  if (!/[/%]/.test(word)) return NONE;
  const found = word
    .replace(/\b[a-z+]{1,12}:\/\/[^\s/]*\S*/g, (url) => (url.startsWith("unix://") ? url.slice(7) : " "))
    .matchAll(/(?:^|[\s=:,;"'>|(<@])((?:\/|~\/|%[SCLtETVh]\/?)[^\s"',;:|<>()&]*)/g);
  return [...found].map((it) => systemPath(it[1] ?? "")).filter((it) => it !== "" && it !== "/");
}

const NONE: readonly string[] = [];

/** Whether the unit runs before the file systems are there. */
function isEarly(unit: Unit): boolean {
  const last = mergedAssignments(unit, "Unit", "DefaultDependencies").at(-1);
  return last !== undefined && parseBoolean(last.value.text) === false;
}

/** The paths that a service has to write, as far as they show, and that it does not declare. */
export function undeclaredWrites({
  unit,
  paths: all,
  programPaths,
  declared,
  declaredRuntime,
}: Facts): readonly string[] {
  const writes = unit.memory.query("writes", [all, programPaths], writesIn);
  return unit.memory.query("undeclared writes", [writes, declared, declaredRuntime], (them, known, below) =>
    them.filter((it) => !isBelow(it, known) && !isBelow(it, below)),
  );
}

/** What lies below the places for state, caches, logs and sockets. */
function writesIn(all: readonly string[], programPaths: readonly string[]): readonly string[] {
  const written = /^\/(?:var|run(?!\/systemd\/)|srv|mnt|media|data|opt)(?:\/|$)/;
  const run = new Set(programPaths);
  return all.filter((it) => written.test(it) && !run.has(it));
}

/** All texts of [Unit] that could speak of devices and kernel files, such as conditions and dependencies. */
export const unitWords = memo((unit: Unit): readonly string[] =>
  wordsOfAll(
    unit.memory.reuseEqual(
      "texts of [Unit]",
      [...mergedDirectives(unit, "Unit").values()]
        .flat()
        .filter((node) => !/^(?:Description|Documentation)$/.test(node.key))
        .map((node) => node.text),
    ),
  ),
);

const wordsOfAll = memo((values: readonly string[]): readonly string[] => values.flatMap((it) => it.split(/\s+/)));

/** Whether the unit manages control groups of its own. */
export function delegates(unit: Unit): boolean {
  const last = assigned(unit, "Delegate").at(-1);
  return last !== undefined && parseBoolean(last.value.text) !== false;
}

/** Whether new mounts are meant to reach the host. */
export function sharesMounts(unit: Unit): boolean {
  return (
    setting(unit, "MountFlags")?.value === "shared" ||
    (setting(unit, "PrivateMounts")?.value === "no" && !isOn(unit, "PrivateTmp"))
  );
}
