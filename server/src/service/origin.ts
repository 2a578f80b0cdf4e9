import { memo } from "../units/memo.ts";
import { type Facts, folderOf } from "./facts.ts";
import { FROM_PACKAGE } from "./kinds.ts";
import { isLauncher } from "./programNames.ts";
import { isBelow, textOf } from "./settings.ts";
import { nameOf } from "./userCommands.ts";

/** Whether all programs come from the distribution, as far as their paths tell. */
export function packaged({ programs, programPaths, unit }: Facts): boolean {
  if (runsScript(programs) || programPaths.some((it) => it.includes("/") && !FROM_PACKAGE.test(it))) return false;
  return !runsLocal(programs) || FROM_PACKAGE.test(`${textOf(unit, "WorkingDirectory")?.replace(/^-/, "") ?? ""}/`);
}

const runsScript = memo((programs: Facts["programs"]): boolean => programs.some((it) => it.script));

/** Whether a command runs a script, an archive or a project of the directory that it works in. */
const runsLocal = memo((programs: Facts["programs"]): boolean => programs.some(isLocal));
const isLocal = memo(({ path, args, names }: Facts["programs"][number]): boolean => {
  const words = [path, ...args];
  const at = words.findIndex((it) => names.includes(nameOf(it)) && (RUNS_FILES.test(it) || isLauncher(nameOf(it))));
  const runner = words[at];
  if (runner === undefined || at > MAX_WRAPPERS) return false;
  if (isLauncher(nameOf(runner))) return true;
  const rest = words.slice(at + 1);
  const archive = rest.indexOf("-jar") + 1;
  if (archive > 0) return isRelative(rest[archive]);
  const file = rest.findIndex((it) => !it.startsWith("-"));
  return isRelative(rest[file]) && !rest.slice(0, file).some((it) => HANDED.test(it));
});

const isRelative = (file: string | undefined): boolean => /^[\w.][\w./-]*$/.test(file ?? "");

/** Interpreters that take the name of a file. */
const RUNS_FILES =
  /^(?:\/.*\/)?(?:python|pypy|perl|ruby|node|nodejs|php|lua|luajit|java|deno|bun|mono|dotnet|tclsh|guile)[\d.]*$/;
/** Options after which code, a module or a list of places stands. */
const HANDED = /^-(?:[a-zA-Z]*[cemr]|-eval|cp|classpath|-class-path|-module-path|p)$/;
/** The words of a wrapper, such as env and its assignments, before an interpreter. */
const MAX_WRAPPERS = 8;

/** Whether a command is a script of a language whose extensions may bring their own compiler. */
export function interprets({ programs }: Facts): boolean {
  return interpretsAny(programs);
}

const interpretsAny = memo((programs: Facts["programs"]): boolean => programs.some(isInterpreted));
const isInterpreted = memo(({ names }: Facts["programs"][number]): boolean =>
  names.some((name) => /^(?:python|ruby|guile|R|Rscript|tclsh|wish|perl)[\d.]*$/.test(name)),
);

/**
 * The programs of a service and the places of shared libraries; a shell may call any program of the system, and what is none
 * of its programs may be a script.
 */
export function executables({ programPaths, programs }: Facts): string {
  const shell = programs.some(
    (it) =>
      it.script ||
      (it.path.startsWith("/") && !FROM_PACKAGE.test(it.path)) ||
      it.names.some((name) => /^(?:ba|da|z)?sh$/.test(name)),
  );
  const own = programPaths.filter((it) => it.startsWith("/") && !it.startsWith("/usr/lib/")).map(withFolder);
  return [...new Set([...own, ...(shell ? ["/usr/bin", "/usr/sbin"] : []), "/usr/lib"]), "-/usr/lib64"].join(" ");
}

/** A program of the system alone; one from elsewhere with its folder, where its interpreter and libraries may lie. */
const withFolder = (program: string): string => (FROM_PACKAGE.test(program) ? program : folderOf(program));

/** Sockets and files below /run that the C library looks names up with, as far as a machine has them. */
export const LOOKUPS = "-/run/systemd/resolve -/run/systemd/userdb -/run/resolvconf -/run/NetworkManager -/run/dbus";

/** What a service needs to see in an empty root in addition to what is bound there for it to write: the system, its configuration, where its programs lie, and how names are looked up. */
export function visible(facts: Facts, bound: readonly string[]): string {
  const { programPaths, unit, declared, declaredRuntime } = facts;
  const directory = textOf(unit, "WorkingDirectory")?.replace(/^-/, "") ?? "";
  const plain =
    /^\/[\w/.@+-]+$/.test(directory) && !isBelow(directory, declared) && !isBelow(directory, declaredRuntime);
  const all = [...programPaths.map(folderOf), ...(plain ? [directory.replace(/(?<!\/)\/+$/, "")] : [])];
  const outside = all
    .filter((it) => /^\/(?!usr\/|etc\/|s?bin\/|lib)[^/]*\/./.test(it))
    .filter((it) => !bound.includes(it))
    .filter((it, _, list) => !list.some((other) => it.startsWith(`${other}/`)));
  return [...new Set(["/usr", "/etc", "-/bin", "-/sbin", "-/lib", "-/lib64", ...outside, LOOKUPS])].join(" ");
}
