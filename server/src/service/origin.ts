import { wordText } from "../syntax/words.ts";
import { memo } from "../units/memo.ts";
import { configuredReads, pathsOf } from "./daemonConfiguration.ts";
import { type Facts, folderOf } from "./facts.ts";
import { FROM_PACKAGE } from "./kinds.ts";
import { looksForCode, runsForeignLine, runsLocal } from "./localCode.ts";
import { isBelow, textOf } from "./settings.ts";

/** Whether all programs come from the distribution, as far as their paths tell. */
export const packaged = memo(({ programs, programPaths, unit }: Facts): boolean => {
  if (runsScript(programs) || areForeign(programPaths)) return false;
  if (runsForeignLine(programs)) return false;
  const directory = textOf(unit, "WorkingDirectory")?.replace(/^-/, "");
  const isPackaged = FROM_PACKAGE.test(`${directory ?? ""}/`);
  if (runsLocal(programs)) return isPackaged;
  return isPackaged || !directory?.startsWith("/") || !looksForCode(programs);
});

const areForeign = memo((paths: readonly string[]): boolean =>
  paths.some((it) => it.includes("/") && !FROM_PACKAGE.test(it)),
);

const runsScript = memo((programs: Facts["programs"]): boolean => programs.some((it) => it.script));

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

/** The words of what a service needs to see in an empty root in addition to what is bound there for it to write: the system, its configuration, where its programs lie, and how names are looked up. */
export function visible(facts: Facts, bound: readonly string[]): readonly string[] {
  const { programPaths, unit, declared, declaredRuntime } = facts;
  const directory = textOf(unit, "WorkingDirectory")?.replace(/^-/, "") ?? "";
  const plain =
    /^\/[\w/.@+-]+$/.test(directory) && !isBelow(directory, declared) && !isBelow(directory, declaredRuntime);
  const all = [...programPaths.map(folderOf), ...(plain ? [directory.replace(/(?<!\/)\/+$/, "")] : [])];
  const outside = all
    .filter((it) => /^\/(?!usr\/|etc\/|s?bin\/|lib)[^/]*\/./.test(it))
    .filter((it) => !bound.includes(it))
    .filter((it, _, list) => !list.some((other) => it.startsWith(`${other}/`)));
  const seen = new Set([...bound, ...outside]);
  const served = pathsOf(configuredReads(facts.configured)).filter((it) => BOUND.test(it) && !isBelow(it, seen));
  return [
    ...new Set([
      "/usr",
      "/etc",
      "-/bin",
      "-/sbin",
      "-/lib",
      "-/lib64",
      ...outside.map(wordText),
      ...served.map((it) => `-${it}`),
      LOOKUPS,
    ]),
  ];
}

/** Folders outside of the system that a list of paths can hold as they are. */
const BOUND = /^\/(?!usr\/|etc\/|s?bin\/|lib)[\w.@+-]+\/[\w/.@+-]+$/;
