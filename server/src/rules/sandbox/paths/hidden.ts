import { lastOf } from "../../../findings/findingPlace.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { effective } from "../../../security/effective.ts";
import { type Cover, hiddenBy, mayHide, privateBy } from "../../../security/world/access.ts";
import { commandWith, ownLast, placeOfText } from "../../../service/linePlaces.ts";
import { pidFileOf } from "../../../service/paths.ts";
import { type Program, programsOf } from "../../../service/program.ts";
import { textOf } from "../../../service/settings.ts";
import { runsElsewhere } from "../../../service/userCommands.ts";
import { writesOf } from "../../../service/writtenPaths.ts";
import { memo } from "../../../units/memo.ts";
import type { Unit } from "../../../units/unit.ts";
import { hiddenPaths, type LostPath, lossText, placeOfLoss } from "./configuredPaths.ts";

/** The program of a command, or the script that it is told to run, which the sandbox hides (203/EXEC, seen with 257). */
export const hiddenProgram: Rule = {
  code: "sandbox/hidden-program",
  *check(unit) {
    if (!mayHide(unit)) return;
    for (const { program, path, cover } of hiddenIn(unit)) {
      const place = placeOfText(unit, program.setting, path);
      const elsewhere = place || commandWith(unit, program.setting, path);
      const blamed = elsewhere ? undefined : lastOf(unit, [cover.by.directive]);
      if (!place && !blamed) continue;
      const what = path === program.path ? "starts" : "runs";
      yield {
        ...(place?.span ?? blamed?.valueSpan ?? { start: 0, end: 1 }),
        severity: "warning",
        message: `${program.setting}= ${what} ${path}, which ${cover.setting} hides: ${
          path === program.path ? "the command fails with 203/EXEC" : "the program does not find it"
        }`,
        directive: program.setting,
        fixes: readOnlyHome(unit, cover),
      };
    }
  },
};

/** The program could read its home again: what a service that lives there needs. */
const readOnlyHome = (unit: Unit, cover: Cover): NonNullable<Found["fixes"]> =>
  homeInSight(unit, cover.by.directive, false);

function homeInSight(unit: Unit, by: string, isWritten: boolean): NonNullable<Found["fixes"]> {
  const node = by === "ProtectHome" && !isWritten ? ownLast(unit, "ProtectHome") : undefined;
  if (!node) return [];
  const edits = () => [{ ...node.valueSpan, newText: "read-only" }];
  return [{ title: "Change to ProtectHome=read-only", safe: false, edits }];
}

interface Hidden {
  readonly program: Program;
  readonly path: string;
  readonly cover: Cover;
}

function* hiddenIn(unit: Unit): Iterable<Hidden> {
  for (const [i, program] of programsOf(unit).entries()) {
    if (/[-|]/.test(program.prefixes)) continue;
    for (const path of [program.path, scriptOf(program)]) {
      const cover = path === undefined ? undefined : hiddenBy(unit, path);
      // What an earlier command puts into a private /tmp is there for the later ones.
      if (path !== undefined && cover && !(isTemporary(cover) && i > 0)) yield { program, path, cover };
    }
  }
}

const isTemporary = ({ mode }: Cover): boolean => mode === "private-tmp";

const RUNS_SCRIPTS = /\/(?:python|pypy|perl|ruby|node|nodejs|php|lua|bash|sh|dash|java)[\d.]*$/;

/** The script or archive that an interpreter gets as its first argument. */
function scriptOf({ path, args }: Pick<Program, "path" | "args">): string | undefined {
  if (!RUNS_SCRIPTS.test(path)) return undefined;
  const at = args.findIndex((it) => !it.startsWith("-"));
  const options = args.slice(0, Math.max(at, 0));
  if (options.some((it) => /^-(?:[a-zA-Z]*[cemr]|-eval|cp|classpath|-class-path)$/.test(it))) return undefined;
  const file = args[at];
  return file?.startsWith("/") ? file : undefined;
}

/** What a program is to write below a directory that is closed, where one that is only empty may be written to, and what its configuration names. */
export const hiddenWrite: Rule = {
  code: "sandbox/hidden-write",
  *check(unit) {
    for (const lost of hiddenPaths(unit)) yield* foundHidden(unit, lost);
    if (unit.path.role !== "unit" || !mayHide(unit)) return;
    const reported = new Set<string>();
    yield* hiddenFiles(unit, reported);
    for (const { setting, teller, path } of writesOf(unit)) {
      const cover = reported.has(path) ? undefined : hiddenBy(unit, path);
      const place = cover?.mode === "inaccessible" ? placeOfText(unit, setting, path) : undefined;
      if (!place || !cover) continue;
      reported.add(path);
      yield {
        ...place.span,
        severity: "info",
        message: `${setting}= has ${teller === ">" ? "the shell" : teller} write to ${path}, which ${cover.setting} hides: it cannot be written`,
        directive: setting,
      };
    }
  },
};

/** What options of the main command have it read, and what else it names below a directory that is closed. */
function* hiddenFiles(unit: Unit, reported: Set<string>): Iterable<Found> {
  const writes = new Set(writesOf(unit).map((it) => it.path));
  for (const { setting, option, path } of namedFiles(programsOf(unit))) {
    const cover = reported.has(path) || writes.has(path) ? undefined : hiddenBy(unit, path);
    const isMissed = cover && !isTemporary(cover) && (cover.mode === "inaccessible" || READ_BY.test(option));
    const place = isMissed && cover.mode !== "private-dev" ? placeOfText(unit, setting, path) : undefined;
    if (!place || !cover) continue;
    reported.add(path);
    yield {
      ...place.span,
      severity: READ_BY.test(option) ? "warning" : "info",
      message: `${setting}= names ${path}, which ${cover.setting} hides: the program finds nothing there`,
      directive: setting,
      fixes: readOnlyHome(unit, cover),
    };
  }
}

interface NamedFile {
  readonly setting: Program["setting"];
  readonly option: string;
  readonly path: string;
}

/** The paths in the words of the main commands, with the option before each. */
const namedFiles = memo((programs: readonly Program[]): readonly NamedFile[] =>
  programs.flatMap(({ setting, path, args }) => {
    if (setting !== "ExecStart" || runsElsewhere([path, ...args]) || RUNS_SCRIPTS.test(path)) return [];
    return args.flatMap((word, i): readonly NamedFile[] => {
      const [, own = "", value = word] = /^(-{1,2}[\w.-]+)=(.+)$/s.exec(word) ?? [];
      const before = args[i - 1] ?? "";
      const option = own || (before.startsWith("-") ? before : "");
      return PLAIN_PATH.test(value) && !LEFT_OUT.test(option) ? [{ setting, option, path: value }] : [];
    });
  }),
);

const PLAIN_PATH = /^\/(?!proc|sys|dev)(?=[^\s:*?$]+$)[^/]+\/.*[^/]$/;
/** What a program is told to leave alone. */
const LEFT_OUT = /exclu|ignore|skip|deny|without|prune/i;
/** What a program surely opens at its start. */
const READ_BY =
  /^--?(?:[\w.]+[-_.])?(?:c|f|conf|config|cfg|configuration|settings|env|cert|certificate|key|keyfile|ca|credentials|password|secret|token)(?:[-_.]?file|[-_.]?path)?$/i;

function* foundHidden(unit: Unit, lost: readonly LostPath[]): Iterable<Found> {
  const [first] = lost;
  const node = first && placeOfLoss(unit, first);
  if (!node) return;
  yield {
    ...node.valueSpan,
    severity: "warning",
    message: `${first.setting} hides ${lossText(lost, "names")}: the daemon does not find it`,
    directive: first.by.directive,
    fixes: homeInSight(
      unit,
      first.by.directive,
      lost.some(({ fact }) => fact.isWritten),
    ),
  };
}

/** The working directory that the sandbox hides (200/CHDIR, seen with 257); one that is itself the hidden directory can be entered. */
export const hiddenDirectory: Rule = {
  code: "sandbox/hidden-working-directory",
  needs: ["WorkingDirectory"],
  *check(unit) {
    const value = textOf(unit, "WorkingDirectory");
    const cover = value === undefined ? undefined : hiddenBy(unit, value);
    const node = cover && ownLast(unit, "WorkingDirectory");
    if (!node || cover.isItself || isTemporary(cover)) return;
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `WorkingDirectory= is ${value}, which ${cover.setting} hides: every command fails with 200/CHDIR`,
      directive: "WorkingDirectory",
      fixes: readOnlyHome(unit, cover),
    };
  },
};

/** The manager reads the PID file, and the manager is outside the sandbox (a start that times out, seen with 257). */
export const hiddenPidFile: Rule = {
  code: "sandbox/hidden-pid-file",
  needs: ["PIDFile"],
  *check(unit) {
    const path = effective(unit).settings.type === "forking" ? pidFileOf(unit) : undefined;
    const cover = path === undefined ? undefined : privateBy(unit, path);
    const node = cover && ownLast(unit, "PIDFile");
    if (!node) return;
    const where = isTemporary(cover) ? `which is private with ${cover.setting}` : `which ${cover.setting} covers`;
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `PIDFile= is below ${cover.at}, ${where}: systemd does not see the file, and the start times out`,
      directive: "PIDFile",
    };
  },
};
