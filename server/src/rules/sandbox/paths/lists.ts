import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Fix } from "../../../findings/finding.ts";
import { effective } from "../../../security/effective.ts";
import { ownLast, type Place, placeOfWord } from "../../../service/linePlaces.ts";
import { ENOUGH } from "../../../service/program.ts";
import {
  bindTarget,
  type Cover,
  hasOwnFiles,
  hiding,
  listedPath,
  plainPath,
  type View,
  viewOf,
  wordsOf,
} from "../../../service/view.ts";
import { latest, once, remembered, steady } from "../../../units/once.ts";
import { type Unit, valuesInForce } from "../../../units/unit.ts";
import type { Found, Rule } from "../../rule.ts";

const page = "systemd.exec(5)";

type Scope = "system" | "user";

/** Nothing below a closed directory can be mounted; follows drop_inaccessible(), systemd 257 to 262. */
export const unreachable: Rule = {
  code: "sandbox/unreachable-path",
  title: "Path below an inaccessible path",
  why: "systemd ignores other settings for paths below InaccessiblePaths= and ProtectHome=yes; ProtectHome=tmpfs and TemporaryFileSystem= hide a directory and still allow mounts inside it.",
  page,
  bad: { text: "[Service]\nExecStart=/bin/true\nProtectHome=yes\nBindPaths=/home/alice/data\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nProtectHome=tmpfs\nBindPaths=/home/alice/data\n" },
  silent: [{ text: "[Service]\nExecStart=/bin/true\nProtectHome=read-only\nReadWritePaths=/home/alice/data\n" }],
  *check(unit) {
    const view = unit.path.role === "unit" ? viewOf(unit) : undefined;
    if (!view || view.closed.size === 0) return;
    for (const [name, find] of CLOSED) {
      for (const { word, cover } of find(valuesInForce(unit, "Service", name), view, unit.path.scope)) {
        const place = placeOfWord(unit, name, word);
        if (!place) continue;
        const bind = name === "BindPaths" || name === "BindReadOnlyPaths";
        yield {
          ...place.span,
          severity: "warning",
          message: `${name}= has no effect below ${cover.at}: ${cover.setting} makes everything below it inaccessible`,
          directive: name,
          fixes: bind ? tmpfsInstead(unit, cover) : [],
        };
      }
    }
  },
};

function tmpfsInstead(unit: Unit, { by }: Cover): Fix[] {
  const node = by === "ProtectHome" ? ownLast(unit, "ProtectHome") : undefined;
  if (!node) return [];
  const edits = () => [{ ...node.valueSpan, newText: "tmpfs" }];
  return [{ title: "Change to ProtectHome=tmpfs", safe: false, edits }];
}

interface Covered {
  readonly word: string;
  readonly path: string;
  readonly cover: Cover;
}

/** Finds the words of one list that a view covers, again only when one of the two changes. */
const finder = (targetOf: (word: string, scope: Scope) => string | undefined) =>
  latest((values: readonly string[], view: View, scope: Scope): readonly Covered[] =>
    [...new Set(values.flatMap(wordsOf))].flatMap((word) => {
      const path = targetOf(word, scope);
      const cover = path === undefined ? undefined : hiding(view, path);
      return cover && path !== undefined ? [{ word, path, cover }] : [];
    }),
  );

const closedFinder = (targetOf: (word: string, scope: Scope) => string | undefined) => {
  const find = finder(targetOf);
  return latest((values: readonly string[], view: View, scope: Scope): readonly Covered[] =>
    find(values, view, scope).filter(({ cover }) => view.closed.get(cover.at) === cover),
  );
};

/** The settings that give something back; what takes away below a closed directory is only more than needed. */
const CLOSED = [
  ["ReadWritePaths", closedFinder(listedPath)],
  ["BindPaths", closedFinder(bindTarget)],
  ["BindReadOnlyPaths", closedFinder(bindTarget)],
] as const satisfies readonly (readonly [DirectiveName, unknown])[];

/** A path that has to exist, in a directory on which an empty file system is mounted (226/NAMESPACE, seen with 257). */
export const coveredPath: Rule = {
  code: "sandbox/covered-path",
  title: "Path in an empty file system",
  why: "The paths of ReadWritePaths= and similar settings must exist when the sandbox is set up; below ProtectHome=tmpfs, TemporaryFileSystem= or a private /tmp there are none, and the start fails with 226/NAMESPACE. Use BindPaths= or BindReadOnlyPaths= to make a path of the host visible.",
  page,
  bad: { text: "[Service]\nExecStart=/bin/true\nProtectHome=tmpfs\nReadWritePaths=/home/alice/data\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nProtectHome=tmpfs\nBindPaths=/home/alice/data\n" },
  silent: [
    { text: "[Service]\nExecStart=/bin/true\nProtectHome=tmpfs\nReadWritePaths=-/home/alice/data\n" },
    {
      text: "[Service]\nExecStart=/bin/true\nTemporaryFileSystem=/var/lib\nStateDirectory=d\nReadWritePaths=/var/lib/d\n",
    },
  ],
  *check(unit) {
    const view = unit.path.role === "unit" ? viewOf(unit) : undefined;
    if (!view || view.mounted.size === 0) return;
    for (const [name, find, instead] of COVERED) {
      const values = valuesInForce(unit, "Service", name);
      for (const { word, cover } of find(values, view, unit.path.scope)) {
        const place = /^\+?-/.test(word) ? undefined : placeOfWord(unit, name, word);
        if (!place || view.closed.get(cover.at) === cover) continue;
        yield {
          ...place.span,
          severity: "warning",
          message: `${name}= names a path below ${cover.at}, which ${cover.setting} makes empty: the start fails with 226/NAMESPACE`,
          directive: name,
          fixes: instead === undefined ? [] : renamed(place, word, instead),
        };
      }
    }
  },
};

function renamed({ node }: Place, word: string, name: DirectiveName): Fix[] {
  if (node.text !== word || word.startsWith("+")) return [];
  return [{ title: `Change to ${name}=`, safe: false, edits: () => [{ ...node.keySpan, newText: name }] }];
}

const COVERED = [
  ["ReadWritePaths", finder(listedPath), "BindPaths"],
  ["ReadOnlyPaths", finder(listedPath), "BindReadOnlyPaths"],
  ["InaccessiblePaths", finder(listedPath), undefined],
  ["ExecPaths", finder(listedPath), undefined],
  ["NoExecPaths", finder(listedPath), undefined],
] as const satisfies readonly (readonly [DirectiveName, unknown, DirectiveName | undefined])[];

/** A path that has to exist and that only the service itself makes (226/NAMESPACE, seen with 257). */
export const missingPath: Rule = {
  code: "sandbox/missing-path",
  title: "Path that does not exist yet",
  why: "Every path of ReadWritePaths= without a `-` before it must exist before the first command runs, including ExecStartPre=: if the service itself creates it, the start fails with 226/NAMESPACE. StateDirectory=, RuntimeDirectory= and similar settings create a directory in time.",
  page,
  bad: { text: "[Service]\nType=forking\nExecStart=/usr/sbin/d\nPIDFile=/run/d.pid\nReadWritePaths=/run/d.pid\n" },
  good: {
    text: "[Service]\nType=forking\nExecStart=/usr/sbin/d\nPIDFile=/run/d/d.pid\nRuntimeDirectory=d\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/bin/true\nReadWritePaths=/run/d\nRuntimeDirectory=d\n" },
    { text: "[Service]\nExecStartPre=/bin/mkdir -p /var/lib/d\nExecStart=/bin/true\nReadWritePaths=/var/lib/d\n" },
  ],
  *check(unit) {
    const values = valuesInForce(unit, "Service", "ReadWritePaths");
    if (values.length === 0 || unit.path.role !== "unit" || hasOwnFiles(unit)) return;
    const { scope } = unit.path;
    const pid = valuesInForce(unit, "Service", "PIDFile").at(-1);
    const pidFile = pid && plainPath(/^[/%]/.test(pid) ? pid : `/run/${pid}`, scope);
    const made = madeFirst(valuesInForce(unit, "Service", "ExecStartPre"), scope);
    for (const word of absentIn(values, pidFile, made, scope)) {
      const place = placeOfWord(unit, "ReadWritePaths", word);
      if (!place) continue;
      const path = listedPath(word, scope);
      const why =
        path === pidFile
          ? "the PID file does not exist before the service has run: the start fails with 226/NAMESPACE"
          : "ExecStartPre= creates it too late: if it is missing, that command already fails with 226/NAMESPACE";
      yield {
        ...place.span,
        severity: "warning",
        message: `ReadWritePaths= names ${path}, but ${why}`,
        directive: "ReadWritePaths",
      };
    }
  },
};

const absentIn = latest(
  (values: readonly string[], pidFile: string | undefined, made: ReadonlySet<string>, scope: Scope) =>
    needed[scope](values)
      .filter(({ path }) => (path === pidFile && path.startsWith("/run/")) || made.has(path))
      .map(({ word }) => word),
);

/** What is made for each of the two managers. */
const forBoth = <T>(make: (scope: Scope) => T): Readonly<Record<Scope, T>> => ({
  system: make("system"),
  user: make("user"),
});

/** The words of a list without a `-`, with their paths. */
const needed = forBoth((scope) =>
  once((values: readonly string[]): readonly { readonly word: string; readonly path: string }[] =>
    [...new Set(values.flatMap(wordsOf))]
      .filter((word) => !/^\+?-/.test(word))
      .map((word) => ({ word, path: listedPath(word, scope) })),
  ),
);

/** The directories that ExecStartPre= makes below /run, which is empty after each boot; elsewhere they may have come with a package. */
const madeFirst = (values: readonly string[], scope: Scope): ReadonlySet<string> =>
  setOf(steadyPaths(values.slice(0, ENOUGH).flatMap(madeBy[scope])));

const steadyPaths = steady<string>();
const setOf = once((paths: readonly string[]): ReadonlySet<string> => new Set(paths));

const madeBy = forBoth((scope) =>
  remembered((value): readonly string[] => {
    const mkdir = /^[-+!:]*(?:\/usr)?(?:\/bin\/)(?:mkdir|install)\s+(.*)$/.exec(value)?.[1];
    if (mkdir === undefined || (value.includes("install") && !/\s-\w*d/.test(value))) return [];
    return wordsOf(mkdir)
      .map((word) => plainPath(word, scope))
      .filter((path) => path.startsWith("/run/"));
  }),
);

/** Seen with 257: neither root nor a path that is read-only by name becomes writable. */
export const readWriteLost: Rule = {
  code: "sandbox/read-write-lost",
  title: "ReadWritePaths= without effect",
  why: "Of ReadOnlyPaths= and ReadWritePaths= the longer path takes precedence; for the same path ReadOnlyPaths= does, and ProtectSystem=strict keeps the root directory read-only even if ReadWritePaths= names it.",
  page,
  bad: { text: "[Service]\nExecStart=/bin/true\nProtectSystem=strict\nReadWritePaths=/\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nProtectSystem=strict\nReadWritePaths=/srv\n" },
  silent: [{ text: "[Service]\nExecStart=/bin/true\nReadOnlyPaths=/srv\nReadWritePaths=/srv/data\n" }],
  *check(unit) {
    const values = valuesInForce(unit, "Service", "ReadWritePaths");
    if (values.length === 0 || unit.path.role !== "unit") return;
    const strict = effective(unit).settings.protectSystem === "strict";
    const closed = valuesInForce(unit, "Service", "ReadOnlyPaths");
    for (const word of lostIn(values, closed, strict, unit.path.scope)) yield* lost(unit, word);
  },
};

function* lost(unit: Unit, word: string): Iterable<Found> {
  const place = placeOfWord(unit, "ReadWritePaths", word);
  if (!place) return;
  const path = listedPath(word, unit.path.scope);
  const message =
    path === "/"
      ? "ReadWritePaths=/ has no effect: ProtectSystem=strict keeps the root directory read-only"
      : `ReadWritePaths= has no effect on ${path}, which ReadOnlyPaths= names too: it stays read-only`;
  yield { ...place.span, severity: "warning", message, directive: "ReadWritePaths" };
}

const lostIn = latest(
  (values: readonly string[], closed: readonly string[], strict: boolean, scope: Scope): readonly string[] => {
    const readOnly = new Set(closed.flatMap(wordsOf).map((it) => listedPath(it, scope)));
    return [...new Set(values.flatMap(wordsOf))].filter((word) => {
      const path = listedPath(word, scope);
      return path === "/" ? strict : readOnly.has(path);
    });
  },
);
