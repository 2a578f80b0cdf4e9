import { insertAfter } from "../../../findings/edits.ts";
import type { Rule } from "../../../findings/rule.ts";
import { confine } from "../../../hardening/profile.ts";
import { effective } from "../../../security/effective.ts";
import { runsAsRoot } from "../../../security/settings.ts";
import { type Cause, causeText } from "../../../security/world/cause.ts";
import { type ServiceWorld, serviceWorld, spotAt } from "../../../security/world/world.ts";
import { hasOtherRoot } from "../../../service/effective.ts";
import { isClosed, openPlaces, withLines, wordFor } from "../../../service/executable.ts";
import { isResetBehind, placeOfWord } from "../../../service/linePlaces.ts";
import { listedPath } from "../../../service/paths.ts";
import { wordText } from "../../../syntax/words.ts";
import { memo } from "../../../units/memo.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { wordsInForce } from "../../../units/words.ts";

/** Seen with 257: a program that was copied there runs. */
export const stillExecutable: Rule = {
  code: "sandbox/still-executable",
  needs: ["NoExecPaths"],
  *check(unit) {
    const words = wordsInForce(unit, "Service", "NoExecPaths");
    if (words.length === 0 || unit.path.role !== "unit") return;
    const word = words.find((it) => /^-?\+?\/+$/.test(it));
    const world = word === undefined ? undefined : serviceWorld(unit);
    if (word === undefined || !world || !isClosed(world)) return;
    const open = openPlaces(unit, world);
    const place = open.length > 0 ? placeOfWord(unit, "NoExecPaths", word) : undefined;
    if (!place) return;
    const more = open.map((it) => wordFor(it, hasOtherRoot(unit) ? "+" : "")).join(" ");
    const line = `NoExecPaths=${more}`;
    yield {
      ...place.span,
      severity: "info",
      message: `NoExecPaths=/ does not cover ${enumerated(open.map((it) => it.path))}: the service can write programs there and run them`,
      directive: "NoExecPaths",
      fixes: [
        {
          title: `Add ${line}`,
          safe: false,
          sets: [line],
          edits: () => [insertAfter(ownFile(unit), place.node, [line])],
        },
      ],
    };
  },
};

/** So many places are named in a message. */
const SOME = 3;

function enumerated(paths: readonly string[]): string {
  const named = paths.length > SOME ? [...paths.slice(0, SOME - 1), `${paths.length - SOME + 1} more paths`] : paths;
  return named.length > 1 ? `${named.slice(0, -1).join(", ")} and ${named.at(-1)}` : named.join();
}

/** Seen with 257: root writes there. */
export const reopened: Rule = {
  code: "sandbox/reopened-path",
  needs: ["NoExecPaths", "ExecPaths"],
  *check(unit) {
    if (unit.path.role !== "unit") return;
    for (const name of ["NoExecPaths", "ExecPaths"] as const) {
      const words = wordsInForce(unit, "Service", name);
      const world = words.length > 0 ? serviceWorld(unit) : undefined;
      for (const word of world ? new Set(words) : []) {
        const path = listedPath(unit, word);
        const by = world && path !== undefined ? reopenedBy(unit, world, path, name) : undefined;
        const place = by && placeOfWord(unit, name, word);
        if (!place) continue;
        const line = `BindReadOnlyPaths=${wordText(word.replace(/^(-?)\+?/, "$1"))}`;
        const edits = () => [insertAfter(ownFile(unit), place.node, [line])];
        yield {
          ...place.span,
          severity: runsAsRoot(effective(unit).settings) ? "warning" : "info",
          message: `${name}= makes ${path} writable again, which ${causeText(by)} makes read-only`,
          directive: name,
          fixes:
            hasOtherRoot(unit) || isResetBehind(unit, "BindReadOnlyPaths", place.node)
              ? []
              : [{ title: `Add ${line}`, safe: false, sets: [line], edits }],
        };
      }
    }
  },
};

/** What makes the directory above a path read-only, where the path itself can be written for the sake of a setting alone. */
function reopenedBy(
  unit: Unit,
  world: ServiceWorld,
  path: string,
  name: "NoExecPaths" | "ExecPaths",
): Cause | undefined {
  const { writable, real } = spotAt(world, path);
  if (!writable || world.files.mounts.get(real)?.by.directive !== name) return undefined;
  const without = worldWithoutPrograms(unit);
  const before = without && spotAt(without, path);
  return before?.writable === false && before.state === "read-only" ? before.by : undefined;
}

/** What the service would see if nothing were said of programs. */
const worldWithoutPrograms = memo((unit: Unit) => serviceWorld(withLines(unit, ["ExecPaths=", "NoExecPaths="])));

/** Seen with 257: all of the host is there. */
export const lostRoot: Rule = {
  code: "sandbox/lost-root",
  needs: ["TemporaryFileSystem"],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service") return;
    const word = wordsInForce(unit, "Service", "TemporaryFileSystem").find((it) => /^\/+(?::|$)/.test(it));
    const kept = word === undefined || hasOtherRoot(unit) ? undefined : serviceWorld(unit)?.files.mounts.get("/");
    const place = word === undefined || !kept || kept.mode === "tmpfs" ? undefined : lostPlace(unit, word);
    if (!place || !kept) return;
    const confined = confine(unit);
    yield {
      ...place.span,
      severity: "warning",
      message: `TemporaryFileSystem=/ has no effect: ${sayWhat(kept.by)}, and the service sees all files of the host`,
      directive: "TemporaryFileSystem",
      // Its lines replace others of the whole unit, which a drop-in may not be the last to set.
      fixes:
        confined && !unit.judged
          ? [
              {
                title: "Add RootDirectory=/run/confinement/%n with RuntimeDirectory= and BindReadOnlyPaths=",
                safe: false,
                edits: () => confined.edits,
              },
            ]
          : [],
    };
  },
};

const lostPlace = (unit: Unit, word: string) => placeOfWord(unit, "TemporaryFileSystem", word);

/** The setting that systemd keeps instead. */
function sayWhat(by: Cause): string {
  return by.directive === "DynamicUser"
    ? "DynamicUser=yes, which implies ProtectSystem=strict, takes precedence"
    : `${causeText(by)} takes precedence`;
}
