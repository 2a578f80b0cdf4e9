import { placeOfText } from "../../../service/linePlaces.ts";
import { isExecutable, isLoaderClosed, needsLoader } from "../../../service/loader.ts";
import { type Program, programsOf } from "../../../service/program.ts";
import { ancestors, hasOwnFiles, listedPath, plainPath, wordsOf } from "../../../service/view.ts";
import { latest } from "../../../units/once.ts";
import { type Unit, valuesInForce } from "../../../units/unit.ts";
import type { Found, Rule } from "../../rule.ts";

/** Follows what 257 does: a program on a mount without exec fails with 203/EXEC. */
export const noExec: Rule = {
  code: "sandbox/no-exec",
  title: "Program below NoExecPaths=",
  why: "Nothing below NoExecPaths= can be executed except what ExecPaths= names. This applies to the commands of the unit, the interpreters of scripts, and the loader and libraries of dynamically linked programs: the start fails with 203/EXEC, and without the libraries the loader fails. ExecPaths= needs /usr/lib in addition to the program, and /usr/lib64 where the distribution has it.",
  page: "systemd.exec(5)",
  bad: { text: "[Service]\nExecStart=/opt/app/server\nNoExecPaths=/opt\n" },
  good: { text: "[Service]\nExecStart=/opt/app/server\nNoExecPaths=/opt\nExecPaths=/opt/app\n" },
  silent: [
    { text: "[Service]\nExecStart=/bin/app\nNoExecPaths=/\nExecPaths=/usr/bin/app /usr/lib\n" },
    { text: "[Service]\nExecStart=/opt/app/static\nNoExecPaths=/\nExecPaths=/opt/app\n" },
    { text: "[Service]\nExecStart=/usr/bin/app\nNoExecPaths=/\nReadOnlyPaths=/usr\n" },
  ],
  *check(unit) {
    const denied = valuesInForce(unit, "Service", "NoExecPaths");
    if (denied.length === 0 || unit.path.role !== "unit" || hasOwnFiles(unit)) return;
    const allowed = valuesInForce(unit, "Service", "ExecPaths");
    const programs = programsOf(unit);
    const closed = deniedIn(programs, denied, allowed, unit.path.scope).filter(
      // Where another setting has something to say of the path, NoExecPaths= does not reach it.
      (it) => isExecutable(unit, plainPath(it.path, unit.path.scope)) !== true,
    );
    for (const program of closed) {
      const place = placeOfText(unit, program.setting, program.path);
      if (!place) continue;
      yield {
        ...place.span,
        severity: "warning",
        message: `${program.setting}= starts ${program.path}, which NoExecPaths= covers and ExecPaths= does not name: the command fails with 203/EXEC${
          allowed.length > 0 ? " unless it is a link to a path that ExecPaths= names" : ""
        }`,
        directive: program.setting,
      };
    }
    yield* withoutLoader(unit, closed.length === 0 ? programs : []);
  },
};

/** Programs that ExecPaths= names without what they are loaded with: the first one speaks for all. */
function* withoutLoader(unit: Unit, programs: readonly Program[]): Iterable<Found> {
  const all = programs
    .filter(({ prefixes }) => !prefixes.includes("-"))
    .map((program) => ({ program, needs: needsLoader(program.path, unit.path.scope) }));
  const { program, needs } = all.find((it) => it.needs === "surely") ?? all.find((it) => it.needs) ?? {};
  if (!program || !isLoaderClosed(unit)) return;
  const place = placeOfText(unit, program.setting, program.path);
  if (!place) return;
  const what = "/usr/lib and /usr/lib64 with the loader of dynamically linked programs";
  yield {
    ...place.span,
    severity: needs === "surely" ? "warning" : "info",
    message: `${program.setting}= starts ${program.path}, and NoExecPaths= covers ${what}: ${
      needs === "surely" ? "the command" : "if it is dynamically linked, the command"
    } fails with 203/EXEC`,
    directive: program.setting,
  };
}

type Merge = (path: string) => string;

/** Distributions differ in which of the old directories are links; a program is denied where all of them say so. */
const MERGES: readonly Merge[] = [
  (path) => path.replace(/^\/(bin|sbin|lib\w*)(?=\/|$)/, "/usr/$1"),
  (path) => path.replace(/^\/(?:usr\/)?s?bin(?=\/|$)/, "/usr/bin").replace(/^\/(lib\w*)(?=\/|$)/, "/usr/$1"),
  (path) => path,
];

const deniedIn = latest(
  (
    programs: readonly Program[],
    noExecValues: readonly string[],
    execValues: readonly string[],
    scope: "system" | "user",
  ): readonly Program[] => {
    const listed = (values: readonly string[]): string[] => values.flatMap(wordsOf).map((it) => listedPath(it, scope));
    const [no, yes] = [listed(noExecValues), listed(execValues)];
    const sets = MERGES.map((merge) => ({ merge, no: new Set(no.map(merge)), yes: new Set(yes.map(merge)) }));
    return programs.filter(({ path, prefixes }) => {
      const plain = plainPath(path, scope);
      if (!plain.startsWith("/") || prefixes.includes("-")) return false;
      return sets.every((it) => isDenied(it.merge(plain), it.no, it.yes));
    });
  },
);

function isDenied(path: string, no: ReadonlySet<string>, yes: ReadonlySet<string>): boolean {
  for (const it of [path, ...ancestors(path)]) {
    if (yes.has(it)) return false;
    if (no.has(it)) return true;
  }
  return false;
}
