import { insertIntoSection } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { hasOwnFiles } from "../../../service/effective.ts";
import { ownLines, placeOfWord } from "../../../service/linePlaces.ts";
import { isMissing } from "../../../service/missingFiles.ts";
import { COMMAND_SETTINGS } from "../../../service/program.ts";
import { assigned, textOf, valuesOf, words } from "../../../service/settings.ts";
import { runsAsUser } from "../../../service/userCommands.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { fullName } from "../../../units/specifiers.ts";
import type { Unit } from "../../../units/unit.ts";

const LOADED = ["LoadCredential", "LoadCredentialEncrypted"] as const;
const SET = ["SetCredential", "SetCredentialEncrypted"] as const;
const READERS = [...COMMAND_SETTINGS, "Environment"] as const;
const isService = ({ path }: Unit): boolean => path.role === "unit" && path.kind === "service";

/** Seen with 257: "No such file or directory" below /run/credentials; without any credential the folder is missing. */
export const unknownCredential: Rule = {
  code: "unit/unknown-credential",
  *check(unit) {
    if (!isService(unit)) return;
    for (const setting of READERS) {
      if (!valuesOf(unit, setting).some((it) => FOLDER.test(it))) continue;
      for (const node of ownLines(unit, setting)) yield* namedOn(unit, node);
    }
  },
};

const FOLDER = /%d\/|CREDENTIALS_DIRECTORY\}?\/|\/run\/credentials\//;
const NAMED =
  /(?:(?<!%)%d|\$\{?CREDENTIALS_DIRECTORY\}?|\/run\/credentials\/([\w.@-]{1,255}))\/([\w.-]{1,255})(?![\w.%$*?{/-])/g;

/** The credentials that a line names and the unit does not have. */
function* namedOn(unit: Unit, node: Assignment): Iterable<Found> {
  for (const { 0: written, 1: owner, 2: name = "", index } of node.text.matchAll(NAMED)) {
    if ((owner !== undefined && owner !== fullName(unit)) || isGiven(unit, name)) continue;
    const names = namesOf(unit);
    const to = index + written.length;
    const span = sourceSpan(node.value, to - name.length, to);
    const only = names.length === 1 ? names[0] : undefined;
    yield {
      ...sourceSpan(node.value, index, to),
      severity: "warning",
      message: `${node.key}= names credential ${name}, but ${missingText(names)}: the program does not find the file`,
      directive: node.key,
      fixes: only === undefined ? loading(unit, name) : [renaming(only, span)],
    };
  }
}

const missingText = (names: readonly string[]): string =>
  names.length === 0
    ? "the unit has no credential, and so no folder for them (LoadCredential=)"
    : `there is no credential of that name, only ${names.join(", ")}`;

const renaming = (name: string, span: { start: number; end: number }): Fix => ({
  title: `Change to ${name}`,
  safe: false,
  edits: () => [{ ...span, newText: name }],
});

/** Without a path systemd looks for it in the stores for credentials. */
function loading(unit: Unit, name: string): readonly Fix[] {
  const line = `LoadCredential=${name}:/etc/credstore/${name}`;
  return [
    {
      title: `Add ${line} (write the file there first)`,
      safe: false,
      sets: [line],
      edits: () => [insertIntoSection(unit, "Service", [line])],
    },
  ];
}

/** The names under which the unit has credentials, those of patterns left out. */
const namesOf = (unit: Unit): readonly string[] => [
  ...new Set(
    [...LOADED, ...SET]
      .flatMap((it) => assigned(unit, it).map(({ text }) => text.replace(/:.*$/s, "")))
      .filter((it) => it !== ""),
  ),
];

/** Whether a credential is, or may be, there under a name: of a folder each file has one, with the name of the folder before it. */
function isGiven(unit: Unit, name: string): boolean {
  const names = namesOf(unit);
  if (names.some((it) => it === name || name.startsWith(`${it}_`) || /[%\\]/.test(it))) return true;
  return words(unit, "ImportCredential").some((word) => {
    const [glob = "", renamed] = word.split(":");
    if (renamed !== undefined) return renamed === name || (glob.endsWith("*") && name.startsWith(renamed));
    return /[%\\]/.test(glob) || (glob.endsWith("*") ? name.startsWith(glob.slice(0, -1)) : glob === name);
  });
}

/** Seen with 257: 243/CREDENTIALS, and no command has run. */
export const credentialFile: Rule = {
  code: "unit/credential-file",
  needs: LOADED,
  *check(unit) {
    if (!isService(unit) || hasOwnFiles(unit)) return;
    const files = unit.defaults?.files;
    for (const setting of LOADED) {
      for (const { id, path, word } of loadedFiles(unit, setting)) {
        if (runsAsUser(unit)) yield* stillNamed(unit, id, path);
        if (!files || hasDefault(unit, id) || !isMissing(unit, files, path)) continue;
        const place = placeOfWord(unit, setting, word);
        const message = `${setting}= names ${path}, which does not exist: the start fails with 243/CREDENTIALS; SetCredential=${id}:… gives a value instead`;
        if (place) yield { ...place.span, severity: "warning", message, directive: setting };
      }
    }
  },
};

const loadedFiles = (unit: Unit, setting: (typeof LOADED)[number]) =>
  words(unit, setting).flatMap((word) => {
    const [, id, path] = /^([^:]+):(\/.*)$/s.exec(word) ?? [];
    return id === undefined || path === undefined ? [] : [{ id, path, word }];
  });

const hasDefault = (unit: Unit, id: string): boolean =>
  SET.some((name) => valuesOf(unit, name).some((it) => it.startsWith(`${id}:`)));

/** Where a command names the file that the credential is a copy of. */
function* stillNamed(unit: Unit, id: string, path: string): Iterable<Found> {
  for (const setting of ["ExecStart", "Environment"] as const) {
    for (const node of ownLines(unit, setting)) {
      const at = node.text.indexOf(path);
      const around = `${node.text[at - 1] ?? " "}${node.text[at + path.length] ?? " "}`;
      if (at < 0 || !/^[\s=:"'][\s"']$/.test(around) || /^[-@:|]*[+!]/.test(node.text)) continue;
      const span = sourceSpan(node.value, at, at + path.length);
      yield {
        ...span,
        severity: "info",
        message: `${setting}= still names ${path}, the original of credential ${id}: "Permission denied" where ${userOf(unit)} may not read it; use %d/${id}`,
        directive: setting,
        fixes: [{ title: `Use %d/${id}`, safe: false, edits: () => [{ ...span, newText: `%d/${id}` }] }],
      };
    }
  }
}

const userOf = (unit: Unit): string =>
  textOf(unit, "User") ? `user ${textOf(unit, "User")}` : "the user of the service";
