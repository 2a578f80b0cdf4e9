import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { effective } from "../../../security/effective.ts";
import { noexecBy } from "../../../security/world/access.ts";
import { ownLast, placeOfText } from "../../../service/linePlaces.ts";
import { isLoaderClosed, LIBRARIES, needsLoader } from "../../../service/loader.ts";
import { type Program, programsOf } from "../../../service/program.ts";
import { type Unit, valuesInForce } from "../../../units/unit.ts";

/** Follows what 257 does: a program on a mount without exec fails with 203/EXEC. */
export const noExec: Rule = {
  code: "sandbox/no-exec",
  needs: ["NoExecPaths"],
  *check(unit) {
    if (!effective(unit).settings.present.has("NoExecPaths")) return;
    const allowed = valuesInForce(unit, "Service", "ExecPaths");
    const programs = programsOf(unit);
    const closed = programs.filter(({ path, prefixes }) => !prefixes.includes("-") && isClosed(unit, path));
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
    .map((program) => ({ program, needs: needsLoader(unit, program.path) }));
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
    fixes: withLibraries(unit),
  };
}

/** A list that names programs of /usr takes all of it; another one the libraries alone. */
function withLibraries(unit: Unit): readonly Fix[] {
  const node = ownLast(unit, "ExecPaths");
  const { start, end } = node?.valueSpan ?? { start: 0, end: 0 };
  if (!node) return [];
  const isOfUsr = /^-?\/usr\/s?bin\/?$/.test(node.text);
  const [title, newText] = isOfUsr
    ? ["Change to ExecPaths=/usr", "/usr"]
    : [`Add ${LIBRARIES}`, `${node.text} ${LIBRARIES}`];
  return [{ title, safe: false, edits: () => [{ start, end, newText }] }];
}

/** Some distributions have a link from /usr/sbin to /usr/bin, others not: a program is closed where it is so with both. */
const isClosed = (unit: Unit, path: string): boolean =>
  [path, path.replace(/^\/(?:usr\/)?sbin\//, "/usr/bin/")].every(
    (it) => noexecBy(unit, it)?.directive === "NoExecPaths",
  );
