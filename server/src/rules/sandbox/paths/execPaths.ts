import { insertAfter } from "../../../findings/edits.ts";
import type { Rule } from "../../../findings/rule.ts";
import { serviceWorld, spotAt } from "../../../security/world/world.ts";
import { isClosed, withLines } from "../../../service/executable.ts";
import { isResetBehind, ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { isLoaderClosed } from "../../../service/loader.ts";
import { listedPath, normalPath } from "../../../service/paths.ts";
import { programsOf } from "../../../service/program.ts";
import { words } from "../../../service/settings.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { wordsInForce } from "../../../units/words.ts";

/** Seen with 257: with and without it the same programs run, but for those on a file system that is mounted noexec. */
export const execPathsAlone: Rule = {
  code: "sandbox/exec-paths-alone",
  needs: ["ExecPaths"],
  *check(unit) {
    const subject = systemService(unit);
    const listed = subject ? wordsInForce(unit, "Service", "ExecPaths") : [];
    if (listed.length === 0 || words(unit, "NoExecPaths").length > 0) return;
    const world = serviceWorld(withLines(unit, ["ExecPaths="]));
    const paths = listed.map((it) => listedPath(unit, it));
    // Any other path may be a mount point of the machine, without programs until this line.
    if (!world || !paths.every((it) => it !== undefined && OF_THE_SYSTEM.test(it) && spotAt(world, it).executable))
      return;
    const node = ownLast(unit, "ExecPaths");
    if (!node) return;
    const line = "NoExecPaths=/";
    yield {
      ...node.keySpan,
      severity: "warning",
      message: "ExecPaths= restricts nothing without NoExecPaths=: the service can still execute every file",
      directive: "ExecPaths",
      fixes:
        isResetBehind(unit, "NoExecPaths", node) || !startsWith(unit, line)
          ? []
          : [
              {
                title: `Add ${line}`,
                safe: false,
                sets: [line],
                edits: () => [insertAfter(ownFile(unit), node, [line])],
              },
            ],
    };
  },
};

/** What no distribution mounts without programs. */
const OF_THE_SYSTEM = /^\/(?:usr|bin|sbin|lib\w*|etc|opt)(?:\/|$)/;

/** Whether the programs of a unit still start with a line more. */
function startsWith(unit: Unit, line: string): boolean {
  const closed = withLines(unit, [line]);
  const world = serviceWorld(closed);
  if (!world || !isClosed(world) || isLoaderClosed(closed)) return false;
  return programsOf(unit).every(({ path }) => {
    const program = normalPath(unit, path);
    return program !== undefined && spotAt(world, program).executable !== false;
  });
}
