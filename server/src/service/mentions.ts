import { memo } from "../units/memo.ts";
import { mergedDirectives, type Unit } from "../units/unit.ts";
import { delegates, type Facts } from "./facts.ts";
import { FROM_PACKAGE, isKnownByName, isOfKind } from "./kinds.ts";
import { textOf, words } from "./settings.ts";

/** Where a unit names something: in prose, such as its description, or in a setting. */
export type Place =
  | "description"
  | "name"
  | "program"
  | "argument"
  | "unit"
  | "group"
  | "variable"
  | "capability"
  | "setting";

/** One text in which a unit may name what it works with. */
export interface ServiceMention {
  readonly place: Place;
  /** The setting that names it, where the place has several. */
  readonly setting?: string;
  /** As written. */
  readonly text: string;
}

/**
 * Everything in which a service may name what it works with; equal lists are one as long as no edit touches them. Where
 * the table of programs knows all that a unit starts, nothing is guessed from its description.
 */
export function mentionsOf(facts: Facts): readonly ServiceMention[] {
  const { unit, programs, programPaths, capabilities } = facts;
  const name = (unit.path.name ?? "").replace(/\.\w+$/, "").split("@", 1)[0] ?? "";
  const directory = textOf(unit, "WorkingDirectory") ?? "";
  const inputs = [
    name,
    programs,
    programPaths,
    directory,
    unit.memory.reuseEqual("settings of [Unit] that name others", ofUnit(unit)),
    words(unit, "SupplementaryGroups"),
    textOf(unit, "Group") ?? "",
    words(unit, "Environment"),
    words(unit, "PassEnvironment"),
    capabilities.join(" "),
    delegates(unit),
  ] as const;
  return unit.memory.query("mentions", inputs, listed);
}

/** The settings that name units which bring what the service needs. */
const NAMING = ["After", "Before", "Wants", "Requires", "Requisite", "BindsTo"];

/** The description, and the names of other units with the setting that names them, in the order of the table above. */
function ofUnit(unit: Unit): readonly string[] {
  const all = mergedDirectives(unit, "Unit");
  return ["Description", ...NAMING].flatMap((key) => (all.get(key) ?? []).map((it) => `${key}=${it.text}`));
}

function listed(
  name: string,
  programs: Facts["programs"],
  programPaths: Facts["programPaths"],
  directory: string,
  ofUnits: readonly string[],
  supplementary: readonly string[],
  group: string,
  environment: readonly string[],
  passed: readonly string[],
  capabilities: string,
  delegated: boolean,
): readonly ServiceMention[] {
  const found: ServiceMention[] = [];
  const add = (place: Place, texts: readonly string[], setting?: string): void => {
    for (const it of texts.slice(0, MAX_TEXTS)) {
      const text = it.slice(0, MAX_LENGTH);
      if (text !== "") found.push(setting === undefined ? { place, text } : { place, text, setting });
    }
  };
  const started = programs.filter((it) => it.setting === "ExecStart");
  const known = started.length > 0 && started.every((it) => isKnownByName(it) && !runsApplications(it));
  const isNamed = known && started.every((it) => it.names.some((of) => isNamedAs(of, name)));
  for (const line of ofUnits) {
    const at = line.indexOf("=");
    const [key, value] = [line.slice(0, at), line.slice(at + 1)];
    if (key === "Description") add("description", known ? [] : [value]);
    else
      add(
        "unit",
        value.split(/\s+/).filter((it) => it.split(/[.@]/, 1)[0] !== name),
        key,
      );
  }
  add("name", known ? [] : [name]);
  const names = isNamed ? [] : [...new Set(namesOf(started))];
  add("program", names);
  const folders = isNamed ? [] : [...programPaths, `${directory}/`].map(ownFolders);
  add(
    "program",
    [...new Set(folders)].filter((it) => !names.includes(it)),
    OF_FOLDERS,
  );
  add("argument", argumentsOf(programs));
  add("group", supplementary, "SupplementaryGroups");
  add("group", [group], "Group");
  add(
    "variable",
    environment.filter((it) => !it.endsWith("=")),
    "Environment",
  );
  add("variable", passed, "PassEnvironment");
  // Daemons of root that keep both rights over files need not go anywhere to read.
  const kept = capabilities.split(" ");
  add("capability", kept.includes("CAP_DAC_OVERRIDE") ? kept.filter((it) => it !== "CAP_DAC_READ_SEARCH") : kept);
  if (delegated) add("setting", ["Delegate"]);
  return found;
}

/** Whether a program only runs an application, of which its own name shows nothing. */
const runsApplications = memo(({ names }: Facts["programs"][number]): boolean =>
  names.some((it) => (isOfKind(it, "apps") || isOfKind(it, "worker")) && !(isOfKind(it, "web") || isOfKind(it, "jit"))),
);

/** Whether a unit is named after a program, and not after what it uses a tool for. */
const isNamedAs = (program: string, unit: string): boolean =>
  partsOf(unit).some((it) => program.toLowerCase().includes(it)) || partsOf(program).some((it) => unit.includes(it));

/** The beginnings of the parts of a name. */
const partsOf = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[-_.]/)
    .filter((it) => it.length > 2)
    .map((it) => it.slice(0, 3));

/** More texts than any unit has in one place, and more letters than any of them needs. */
const MAX_TEXTS = 200;
const MAX_LENGTH = 500;

const namesOf = (programs: Facts["programs"]): readonly string[] => programs.flatMap((it) => it.names);
const argumentsOf = memo((programs: Facts["programs"]): readonly string[] => programs.flatMap((it) => it.args));

/** What stands in place of the setting of a mention that is the name of folders. */
export const OF_FOLDERS = "folder";

/** The folders of a program from outside of the distribution, which are named after what it is. */
const ownFolders = (path: string): string =>
  FROM_PACKAGE.test(path)
    ? ""
    : path
        .split("/")
        .slice(2, -1)
        .filter((it) => !COMMON.test(it))
        .slice(-2)
        .join(" ");

const COMMON = /^(?:s?bin|local|lib|libexec|share|opt|src|app|apps|current|dist|build|www|html)$/;
