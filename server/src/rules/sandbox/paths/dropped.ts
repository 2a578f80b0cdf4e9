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

const page = "systemd.exec(5)";

/** Seen with 257: a program that was copied there runs. */
export const stillExecutable: Rule = {
  code: "sandbox/still-executable",
  title: "NoExecPaths=/ with executable writable paths",
  why: "NoExecPaths= does not cover paths that another setting mounts, such as a private /tmp, StateDirectory= and ReadWritePaths=, and the service can write there: it can run a program that it downloads, unless NoExecPaths= names these paths too.",
  page,
  bad: {
    text: "[Service]\nExecStart=/usr/bin/d\nProtectSystem=full\nNoExecPaths=/\nExecPaths=/usr\nStateDirectory=d\n",
  },
  good: {
    text: "[Service]\nExecStart=/usr/bin/d\nProtectSystem=full\nNoExecPaths=/ /var/lib/d\nExecPaths=/usr\nStateDirectory=d\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/d\nNoExecPaths=/\nExecPaths=/usr /var/lib/d\nStateDirectory=d\n" },
    { text: "[Service]\nExecStart=/usr/bin/d\nNoExecPaths=/opt\nStateDirectory=d\n" },
    { text: "[Service]\nExecStart=/usr/bin/d\nNoExecPaths=/\nExecPaths=/usr\nReadOnlyPaths=/srv\n" },
  ],
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
  title: "Read-only path made writable by ExecPaths=",
  why: "ProtectSystem= and ReadOnlyPaths= do not cover paths below that another setting names: paths of ExecPaths= and NoExecPaths= become writable again. BindReadOnlyPaths= of the same path keeps it read-only without changing the effect of ExecPaths= and NoExecPaths=.",
  page,
  bad: {
    text: "[Service]\nExecStart=/usr/bin/d\nProtectSystem=strict\nProtectHome=yes\nNoExecPaths=/ /dev/shm\nExecPaths=/usr\n",
  },
  good: {
    text: "[Service]\nExecStart=/usr/bin/d\nProtectSystem=strict\nProtectHome=yes\nNoExecPaths=/ /dev/shm\nExecPaths=/usr\nBindReadOnlyPaths=/usr\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/d\nProtectSystem=full\nNoExecPaths=/\nExecPaths=/usr\n" },
    { text: "[Service]\nExecStart=/usr/bin/d\nNoExecPaths=/\nExecPaths=/usr/bin /usr/lib\n" },
    { text: "[Service]\nExecStart=/usr/bin/d\nProtectSystem=strict\nStateDirectory=d\nNoExecPaths=/var/lib/d\n" },
  ],
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
  title: "TemporaryFileSystem=/ without effect",
  why: "If several settings name the same path, systemd applies only one, and an empty file system has the lowest precedence: with ProtectSystem=strict, which DynamicUser= implies, and with / in ReadOnlyPaths=, ReadWritePaths=, NoExecPaths= or ExecPaths=, the service sees all files of the host. An empty directory as RootDirectory= can be combined with all of them.",
  page,
  bad: {
    text: "[Service]\nExecStart=/usr/bin/d\nProtectSystem=strict\nTemporaryFileSystem=/:ro\nBindReadOnlyPaths=/usr\nMountAPIVFS=yes\n",
  },
  good: {
    text: "[Service]\nExecStart=/usr/bin/d\nTemporaryFileSystem=/:ro\nBindReadOnlyPaths=/usr\nMountAPIVFS=yes\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/d\nProtectSystem=strict\nTemporaryFileSystem=/opt:ro\n" },
    {
      text: "[Service]\nExecStart=/usr/bin/d\nProtectSystem=full\nTemporaryFileSystem=/:ro\nBindReadOnlyPaths=/usr\nMountAPIVFS=yes\n",
    },
  ],
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
