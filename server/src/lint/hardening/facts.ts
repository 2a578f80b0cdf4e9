import type { DirectiveName } from "../../catalog/catalog.ts";
import { once, remembered } from "../../units/once.ts";
import { mergedAssignments, readSections, type Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { isDynamic, isRoot } from "./effective.ts";
import { type Kind, kindsOf } from "./kinds.ts";
import { type Program, programsOf } from "./program.ts";
import { assigned, inForce, isBelow, isOn, paths, setting, text, words } from "./settings.ts";

/** What a unit file shows about the service that it runs. */
export interface Facts {
  readonly unit: Unit;
  readonly programs: readonly Program[];
  readonly kinds: ReadonlySet<Kind>;
  /** The User= value, undefined for root. */
  readonly user: string | undefined;
  /** Whether User= names whoever the instance stands for. */
  readonly personal: boolean;
  readonly dynamic: boolean;
  /** Whether some command starts with rights of root. */
  readonly privileged: boolean;
  /** The capabilities that AmbientCapabilities= grants, in upper case. */
  readonly ambient: readonly string[];
  /** All capabilities that the unit names as needed, in upper case. */
  readonly capabilities: readonly string[];
  /** A port below 1024 in the command lines. */
  readonly lowPort: number | undefined;
  /** The paths that the commands, the environment and some settings name, without those of the programs. */
  readonly paths: readonly string[];
  /** The paths of the programs and scripts. */
  readonly programPaths: readonly string[];
  /** The directories that the unit declares as written, without /run. */
  readonly declared: ReadonlySet<string>;
  /** The directories below /run that it declares. */
  readonly declaredRuntime: ReadonlySet<string>;
}

/** Where the *Directory= settings put their directories, in system units. */
export const DIRECTORIES = [
  { setting: "StateDirectory", root: "/var/lib" },
  { setting: "CacheDirectory", root: "/var/cache" },
  { setting: "LogsDirectory", root: "/var/log" },
  { setting: "RuntimeDirectory", root: "/run" },
] as const;

/** Reads the facts of a unit once for all rows. */
export const factsOf = once((unit: Unit): Facts => {
  const programs = programsOf(unit);
  const userText = text(unit, "User");
  const user = isRoot(userText) ? undefined : userText;
  const dynamic = isDynamic(unit);
  const ambient = words(unit, "AmbientCapabilities").map((it) => it.toUpperCase());
  const bounding = inForce(unit, "CapabilityBoundingSet").map((it) => it.value.text);
  const named = bounding[0]?.startsWith("~") ? [] : bounding.flatMap((it) => it.toUpperCase().split(/\s+/));
  const system = unit.path.scope === "system";
  const kept = programs.some((it) => it.prefixes.includes("!"));
  const privileged = system && ((user === undefined && !dynamic) || kept);
  const argumentPaths = programs.flatMap((it) => it.args.flatMap(pathsIn));
  const environment = words(unit, "Environment").flatMap(pathsIn);
  const settingPaths = PATH_SETTINGS.flatMap((name) => pathsIn(text(unit, name) ?? ""));
  const kinds = kindsOf(programs, unit.path.name);
  if (privileged && programs.some((it) => it.script)) kinds.add("script");
  if (privileged && setting(unit, "Type")?.value === "oneshot") kinds.add("setup");
  if (words(unit, "Environment").some((it) => RUNTIME.test(it))) kinds.add("jit");
  if (system && isEarly(unit)) kinds.add("early");
  const room = writable(unit);
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
    lowPort: programs.map(lowPortIn).find((it) => it !== undefined),
    paths: [...argumentPaths, ...environment, ...settingPaths].slice(0, ENOUGH),
    programPaths: programs
      .flatMap((it) => [it.path, ...it.args.filter((arg) => /^\/.*\.(?:jar|py|pl|rb|js|sh|phar|dll)$/.test(arg))])
      .map(resolved),
    declared: new Set([
      ...DIRECTORIES.filter((it) => it.setting !== "RuntimeDirectory").flatMap((it) => declaredIn(unit, it)),
      ...room,
    ]),
    declaredRuntime: new Set([
      ...DIRECTORIES.filter((it) => it.setting === "RuntimeDirectory").flatMap((it) => declaredIn(unit, it)),
      ...room,
    ]),
  };
});

/** More paths than any unit names. */
const ENOUGH = 1000;

/** Variables of runtimes that hide behind a script. */
const RUNTIME = /^(?:JAVA_|JVM_|CATALINA_|NODE_|DOTNET_|ASPNETCORE_)\w*=/;

const PATH_SETTINGS = [
  "PIDFile",
  "WorkingDirectory",
  "StandardOutput",
  "StandardError",
] as const satisfies readonly DirectiveName[];

function declaredIn(unit: Unit, { setting: name, root }: (typeof DIRECTORIES)[number]): string[] {
  return words(unit, name).map((it) => `${root}/${it.replace(/:.*$/, "")}`);
}

function writable(unit: Unit): string[] {
  return paths(unit, "ReadWritePaths", "ReadWriteDirectories", "BindPaths", "TemporaryFileSystem").map(resolved);
}

/** The specifiers that stand for directories in system units. */
const SPECIFIERS: Readonly<Record<string, string>> = {
  S: "/var/lib",
  C: "/var/cache",
  L: "/var/log",
  t: "/run",
  E: "/etc",
  T: "/tmp",
  V: "/var/tmp",
  h: "/root",
};

const resolved = remembered((path) =>
  path
    .replace(/^%([SCLtETVh])/, (_, letter: string) => SPECIFIERS[letter] ?? "")
    .replace(/^\/var\/run(?=\/|$)/, "/run")
    .replace(/\/{2,}/g, "/")
    .replace(/(?<=.)\/+$/, ""),
);

/** Absolute paths inside of a word, also behind `=`, `:` or quotes; addresses of the web are none. */
const pathsIn = remembered((word): readonly string[] => {
  if (!/[/%]/.test(word)) return NONE;
  const found = word
    .replace(/\b[a-z+]{1,12}:\/\/[^\s/]*\S*/g, (url) => (url.startsWith("unix://") ? url.slice(7) : " "))
    .matchAll(/(?:^|[\s=:,;"'>|(<@])((?:\/|~\/|%[SCLtETVh]\/?)[^\s"',;:|<>()&]*)/g);
  return [...found].map((it) => resolved(it[1] ?? "")).filter((it) => it !== "" && it !== "/");
});

const NONE: readonly string[] = [];

/** A port below 1024 behind a word that speaks of ports or addresses. */
function lowPortIn({ args }: Program): number | undefined {
  const line = ` ${args.join(" ")} `;
  const found = /(?:port[= ]|[-\s]p[= ]?|:)(\d{1,5})(?=[\s/,"']|$)/i.exec(line)?.[1];
  const port = Number(found);
  return port > 0 && port < 1024 ? port : undefined;
}

/** Whether the unit runs before the file systems are there. */
function isEarly(unit: Unit): boolean {
  const last = mergedAssignments(unit, "Unit", "DefaultDependencies").at(-1);
  return last !== undefined && parseBoolean(last.value.text) === false;
}

/** Whether a path is declared as written, a directory for state or for the time of running. */
export function isDeclared(facts: Facts, path: string): boolean {
  return isBelow(path, facts.declared) || isBelow(path, facts.declaredRuntime);
}

/** The paths that a service has to write, as far as they show: below the places for state, caches, logs and sockets. */
export const writesOf = once(({ paths: all, programPaths }: Facts): readonly string[] => {
  const written = /^\/(?:var|run(?!\/systemd\/)|srv|mnt|media|data|opt)(?:\/|$)/;
  const run = new Set(programPaths);
  return all.filter((it) => written.test(it) && !run.has(it));
});

/** All texts of [Unit] that could speak of devices and kernel files, such as conditions and dependencies. */
export const unitWords = once((unit: Unit): readonly string[] =>
  readSections(unit)
    .filter((it) => it.name === "Unit")
    .flatMap((it) =>
      it.nodes.flatMap((node) =>
        node.kind === "assignment" && !/^(?:Description|Documentation)$/.test(node.key)
          ? node.value.text.split(/\s+/)
          : [],
      ),
    ),
);

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
