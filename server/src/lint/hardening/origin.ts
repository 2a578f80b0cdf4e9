import { once } from "../../units/once.ts";
import type { Facts } from "./facts.ts";

/** Whether all programs come from the distribution, as far as their paths tell. */
export function packaged({ programs, programPaths }: Facts): boolean {
  return !runsScript(programs) && !programPaths.some((it) => it.includes("/") && !FROM_PACKAGE.test(it));
}

const FROM_PACKAGE = /^\/(?:usr\/(?!local\/)|bin\/|sbin\/|lib\/)/;

const runsScript = once((programs: Facts["programs"]): boolean => programs.some((it) => it.script));

/** Whether a command is a script of a language whose extensions may bring their own compiler. */
export function interprets({ programs }: Facts): boolean {
  return interpretsAny(programs);
}

const interpretsAny = once((programs: Facts["programs"]): boolean => programs.some(isInterpreted));
const isInterpreted = once(({ names }: Facts["programs"][number]): boolean =>
  names.some((name) => /^(?:python|ruby|guile|R|Rscript|tclsh|wish|perl)[\d.]*$/.test(name)),
);

/** The programs of a service and the places of shared libraries; a shell may call any program of the system. */
export function executables({ programPaths, programs }: Facts): string {
  const shell = programs.some((it) => it.script || it.names.some((name) => /^(?:ba|da|z)?sh$/.test(name)));
  const own = programPaths.filter((it) => it.startsWith("/") && !it.startsWith("/usr/lib/"));
  return [...new Set([...own, ...(shell ? ["/usr/bin", "/usr/sbin"] : []), "/usr/lib"]), "-/usr/lib64"].join(" ");
}

/** Sockets and files below /run that the C library looks names up with, as far as a machine has them. */
const LOOKUPS = "-/run/systemd/resolve -/run/systemd/userdb -/run/resolvconf -/run/NetworkManager -/run/dbus";

/** What a service needs to see in an empty root: the system, its configuration, where its programs lie, and how names are looked up. */
export function visible({ programPaths }: Facts): string {
  const outside = programPaths
    .filter((it) => /^\/(?!usr\/|etc\/|s?bin\/|lib)[^/]*\/./.test(it))
    .map((it) => it.replace(/\/[^/]*$/, ""));
  return [...new Set(["/usr", "/etc", "-/bin", "-/sbin", "-/lib", "-/lib64", ...outside, LOOKUPS])].join(" ");
}
