import { systemPath } from "../service/paths.ts";
import { headingOf } from "../service/settingGroups.ts";
import { DATA_DIRECTORY_SETTINGS, systemFolder } from "../units/directories.ts";
import type { Unit } from "../units/unit.ts";
import type { LearntSetting } from "./learnt.ts";
import { type KeyedValue, withResets } from "./settings/resets.ts";

/** Which of the proposals are wanted besides the plain settings. */
export interface LearntParts {
  readonly user?: boolean;
  readonly root?: boolean;
}

/** What learnt settings add to a unit. */
export interface LearntAddition {
  /** The lines of [Service] in the order in which units have them, lists of the unit taken back where they allow more. */
  readonly lines: readonly string[];
  /** The same under their headings. */
  readonly blocks: readonly { readonly heading: string; readonly lines: readonly string[] }[];
  /** The same as the whole text of a drop-in, with the evidence above each line; empty where there is nothing to add. */
  readonly dropIn: string;
}

/**
 * What is to be added to a unit for the settings that are not refused. A proposal brings its own values for what it is
 * about, and is left out as a whole where it was refused.
 */
export function learntAddition(
  unit: Unit,
  settings: readonly LearntSetting[],
  parts: LearntParts = {},
): LearntAddition {
  const chosen = inUnitOrder(chosenSettings(settings, parts));
  const wanted = withResets(unit, chosen);
  const reasons = new Map(chosen.map((it) => [`${it.key}=${it.value}`, it]));
  const byHeading = new Map<string, string[]>();
  for (const { key, value } of wanted) {
    const { heading } = placeIn(key);
    byHeading.set(heading, [...(byHeading.get(heading) ?? []), `${key}=${value}`]);
  }
  const blocks = [...byHeading].map(([heading, lines]) => ({ heading, lines }));
  const withReason = (line: string): readonly string[] => {
    const { grade, evidence = "" } = reasons.get(line) ?? {};
    return evidence === "" ? [line] : [`# ${grade}: ${evidence}`, line];
  };
  const body = blocks.map((it) => [`# ${it.heading}`, ...it.lines.flatMap(withReason)].join("\n")).join("\n\n");
  const dropIn = body === "" ? "" : `[Service]\n${body}\n`;
  return { lines: blocks.flatMap((it) => it.lines), blocks, dropIn };
}

/** The settings that are to be set together with these proposals. */
export function chosenSettings(settings: readonly LearntSetting[], parts: LearntParts): readonly LearntSetting[] {
  const own = (part: LearntSetting["part"]): readonly LearntSetting[] => {
    const all = settings.filter((it) => it.part === part);
    return part === "settings" || all.every((it) => it.grade !== "refused") ? all : [];
  };
  const user = parts.user ? own("user") : [];
  const root = parts.root ? own("root") : [];
  const declared = new Set(user.flatMap((it) => declaredPlace(it) ?? []));
  const plain = own("settings").filter(
    (it) => it.grade !== "refused" && (isList(it.key) ? !isDeclared(it) : !user.some((other) => other.key === it.key)),
  );
  return [...plain, ...user, ...root];

  /** Whether a proposal declares the place that a list would open, or a setting too. */
  function isDeclared({ key, value }: LearntSetting): boolean {
    if (user.some((other) => other.key === key && other.value === value)) return true;
    return key === "ReadWritePaths" && declared.has(systemPath(value.replace(/^-/, "")));
  }

  /** Directories of both add up; other lists are those of the proposal alone. */
  function isList(key: string): boolean {
    return /Directory$|^(?:ReadWrite|Bind(?:ReadOnly)?)Paths$/.test(key);
  }
}

/** The directory that a setting declares. */
function declaredPlace({ key, value }: LearntSetting): string | undefined {
  const setting = DATA_DIRECTORY_SETTINGS.find((it) => it === key);
  return setting && `${systemFolder(setting)}/${value}`;
}

/** The settings in the order in which units have them; lines of a list keep theirs. */
export const inUnitOrder = <Line extends KeyedValue>(settings: readonly Line[]): readonly Line[] =>
  settings.toSorted((a, b) => placeIn(a.key).rank - placeIn(b.key).rank);

/** The heading of a setting and its place; of companions of a setting that of the setting. */
function placeIn(key: string): { readonly heading: string; readonly rank: number } {
  if (/^(?:User|Group)$/.test(key)) return { heading: "User", rank: key === "User" ? -2 : -1 };
  const [, main] = /^(\w+Directory)(?:Mode|Preserve)$/.exec(key) ?? [];
  if (main !== undefined) return { ...headingOf(main), rank: headingOf(main).rank + 0.5 };
  if (key === "KeyringMode") return { heading: "Privileges", rank: headingOf("RemoveIPC").rank + 0.5 };
  return headingOf(key);
}
