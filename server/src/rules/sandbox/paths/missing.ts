import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule, UnitContext } from "../../../findings/rule.ts";
import { effective } from "../../../security/effective.ts";
import { mayHide, privateBy } from "../../../security/world/access.ts";
import { ownDirectories } from "../../../security/world/ownDirectories.ts";
import { serviceWorld } from "../../../security/world/world.ts";
import { hasOwnFiles } from "../../../service/effective.ts";
import { type LinePlace, placeOfWord } from "../../../service/linePlaces.ts";
import { stemOf } from "../../../service/owner.ts";
import { listedPath, normalPath, pidFileOf } from "../../../service/paths.ts";
import { MAX_COMMANDS, programsOf } from "../../../service/program.ts";
import { textOf, words } from "../../../service/settings.ts";
import { commandsIn } from "../../../service/shellLine.ts";
import { baseNameOf } from "../../../service/userCommands.ts";
import { writesOf } from "../../../service/writtenPaths.ts";
import type { AssignedLine } from "../../../syntax/tree.ts";
import { findUnit } from "../../../units/index/lookup.ts";
import { firstLines, onLines } from "../../../units/lineLists.ts";
import { memo } from "../../../units/memo.ts";
import { NEW_NAMES } from "../../../units/oldNames.ts";
import { linesInForce, mergedDirectives, type Unit } from "../../../units/unit.ts";
import { commandLineOf } from "../../../units/unitCommands.ts";
import { isWithin } from "../../../values/path.ts";
import { isPackaged } from "../../packaged.ts";

const LISTS = ["ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths", "ExecPaths", "NoExecPaths"] as const;
const NAMED = [...LISTS, "BindPaths", "BindReadOnlyPaths"] as const;

/** A path that has to exist, in a directory on which an empty file system is mounted (226/NAMESPACE, seen with 257). */
export const coveredPath: Rule = {
  code: "sandbox/covered-path",
  needs: LISTS,
  *check(unit) {
    const { present } = effective(unit).settings;
    if (!mayHide(unit) || !LISTS.some((it) => present.has(it))) return;
    const reported = new Set<string>();
    for (const { path, by } of serviceWorld(unit)?.missing ?? []) {
      const instead = INSTEAD.get(NEW_NAMES.get(by.directive) ?? by.directive);
      const cover = instead === undefined ? undefined : privateBy(unit, path);
      const word = `${by.directive} ${by.value}`;
      const place = cover && !reported.has(word) ? placeOfWord(unit, by.directive, by.value) : undefined;
      if (!place || !cover) continue;
      reported.add(word);
      yield {
        ...place.span,
        severity: "warning",
        message: `${by.directive}= names a path below ${cover.at}, which ${cover.setting} makes empty: the start fails with 226/NAMESPACE`,
        directive: by.directive,
        fixes: instead ? renamed(place, by.value, instead) : [],
      };
    }
  },
};

function renamed({ node }: LinePlace, word: string, name: DirectiveName): Fix[] {
  if (node.text !== word || word.startsWith("+")) return [];
  return [{ title: `Change to ${name}=`, safe: false, edits: () => [{ ...node.keySpan, newText: name }] }];
}

/** The lists, each with the one that brings a path back. */
const INSTEAD: ReadonlyMap<DirectiveName, DirectiveName | ""> = new Map([
  ["ReadWritePaths", "BindPaths"],
  ["ReadOnlyPaths", "BindReadOnlyPaths"],
  ["InaccessiblePaths", ""],
  ["ExecPaths", ""],
  ["NoExecPaths", ""],
] as const);

/** A path that has to exist and that only the service itself makes (226/NAMESPACE, seen with 257). */
export const missingPath: Rule = {
  code: "sandbox/missing-path",
  needs: NAMED,
  *check(unit, context) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service" || hasOwnFiles(unit)) return;
    const lists = NAMED.map((name) => ({ name, named: volatileWords(words(unit, name)) }));
    if (lists.every((it) => it.named.length === 0)) return;
    const pidFiles = pidFilesOf(unit);
    const made = madeBefore(unit);
    for (const { name, named } of lists) {
      for (const word of named) {
        const path = listedPath(unit, word);
        if (!path?.startsWith("/run/") || ownDirectories(unit).some((it) => it.path === path)) continue;
        const isMade = pidFiles.has(path) || made.has(path);
        const own = isMade ? undefined : vanishing(unit, context, path);
        const place = isMade || own !== undefined ? placeOfWord(unit, name, word) : undefined;
        if (!place) continue;
        if (own !== undefined) {
          const message = `${name}= names ${path}, which is gone after a reboot: unless something else creates it, the start fails with 226/NAMESPACE; RuntimeDirectory=${own} creates ${path === `/run/${own}` ? "it" : `/run/${own}`}`;
          yield { ...place.span, severity: "info", message, directive: name };
          continue;
        }
        const why = pidFiles.has(path)
          ? "the PID file does not exist before the service has run: the start fails with 226/NAMESPACE"
          : "ExecStartPre= creates it too late: if it is missing, that command already fails with 226/NAMESPACE";
        yield { ...place.span, severity: "warning", message: `${name}= names ${path}, but ${why}`, directive: name };
      }
    }
  },
};

/**
 * The directory below /run that a path is in, where it is called as the unit is and nothing that can be seen creates it: what
 * packages install brings its lines of tmpfiles.d along, and a unit whose name begins the same may create it.
 */
function vanishing(unit: Unit, context: UnitContext | undefined, path: string): string | undefined {
  const { name = "", scope } = unit.path;
  const own = [
    name.replace(/@?\.\w+$/, ""),
    ...programsOf(unit).flatMap((it) => (it.setting === "ExecStart" ? it.names : [])),
  ];
  const stem = own.find((it) => /^[\w-]+$/.test(it) && isWithin(path, `/run/${it}`));
  if (!context || scope !== "system" || stem === undefined) return undefined;
  if (isPackaged(context) || ownDirectories(unit).some((it) => isWithin(path, it.path))) return undefined;
  return namesCompanion(unit, context, stem) || textOf(unit, "Sockets") !== undefined ? undefined : stem;
}

/** Whether a unit of the same family may create what this one needs: one that it names, or its socket. */
export function namesCompanion(
  unit: Unit,
  context: UnitContext | undefined,
  stem = stemOf(unit.path.name ?? ""),
): boolean {
  const { name = "" } = unit.path;
  const named = COMPANY.flatMap((it) => mergedDirectives(unit, "Unit").get(it) ?? []).flatMap((it) =>
    it.text.split(/\s+/),
  );
  if (named.some((it) => it.startsWith(stem) && it !== name)) return true;
  return context !== undefined && findUnit(context.index, `${stem}.socket`, context.path) !== undefined;
}

const COMPANY = ["After", "Requires", "Wants", "BindsTo", "Requisite", "PartOf", "JoinsNamespaceOf"];

/** The words that may name something below /run which has to exist. */
const volatileWords = memo((words: readonly string[]): readonly string[] =>
  [...new Set(words)].filter((it) => !it.startsWith("-") && /%|run\//.test(it)),
);

/** The files below /run that are there only while the service runs. */
function pidFilesOf(unit: Unit): ReadonlySet<string> {
  const named = writesOf(unit).flatMap(({ teller, kind, path }) =>
    kind !== "command" && /pid[-_.]?file$|^--?pid$/i.test(teller) ? (normalPath(unit, path) ?? []) : [],
  );
  return new Set([pidFileOf(unit) ?? "", ...named].filter((it) => it.startsWith("/run/")));
}

/** What ExecStartPre= makes below /run, which is empty after each boot; elsewhere it may have come with a package. */
function madeBefore(unit: Unit): ReadonlySet<string> {
  const words = pathsMade(firstLines(linesInForce(unit, "Service", "ExecStartPre"), MAX_COMMANDS));
  return new Set(words.flatMap((it) => normalPath(unit, it.found) ?? []));
}

const pathsMadeBy = memo((line: AssignedLine): readonly string[] =>
  commandLineOf(line).commands.flatMap((command) =>
    commandsIn(command).flatMap(([program, ...args]) => {
      const name = baseNameOf(program?.value ?? "");
      const makes =
        /^(?:mkdir|touch)$/.test(name) || (name === "install" && args.some((it) => /^-\w*d/.test(it.value)));
      return makes ? args.flatMap(({ value }) => (/^[/%]/.test(value) ? [value] : [])) : [];
    }),
  ),
);
const pathsMade = onLines(pathsMadeBy);
