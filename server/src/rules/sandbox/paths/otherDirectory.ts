import type { Fix } from "../../../findings/finding.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import { directoriesOf, type UndeclaredDirectory } from "../../../service/directories.ts";
import { hasOwnFiles } from "../../../service/effective.ts";
import { readableFiles } from "../../../service/environmentFiles.ts";
import { ownLast, placeOfText } from "../../../service/linePlaces.ts";
import { normalPath } from "../../../service/paths.ts";
import { lineOf, usesOf } from "../../../service/pathUses.ts";
import { programsOf } from "../../../service/program.ts";
import { words } from "../../../service/settings.ts";
import { runsAsUser } from "../../../service/userCommands.ts";
import { isWritingOption } from "../../../service/writtenOptions.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import { systemFolder } from "../../../units/directories.ts";
import type { Unit } from "../../../units/unit.ts";

const SETTINGS = ["StateDirectory", "CacheDirectory", "LogsDirectory"] as const;

/** Seen with 257: "No such file or directory" for the one, "Permission denied" for the other. */
export const otherDirectory: Rule = {
  code: "sandbox/other-directory",
  needs: [...SETTINGS, "ConfigurationDirectory"],
  *check(unit) {
    if (unit.path.scope !== "system" || hasOwnFiles(unit) || !runsAsUser(unit)) return;
    for (const setting of SETTINGS) {
      const declared = words(unit, setting);
      const missed = declared.length > 0 ? directoriesOf(unit).find((it) => it.setting === setting) : undefined;
      if (missed) yield* undeclared(unit, missed, declared);
    }
    yield* keptOwner(unit);
  },
};

function* undeclared(
  unit: Unit,
  { setting, name, uses }: UndeclaredDirectory,
  declared: readonly string[],
): Iterable<Found> {
  const use = uses.find((it) => it.setting === "ExecStart" || it.setting === "Environment");
  const node = use && lineOf(unit, use);
  if (!use || !node) return;
  const folder = systemFolder(setting);
  yield {
    ...sourceSpan(node.value, use.from, use.to),
    severity: "info",
    message: `${node.key}= names ${folder}/${name}, but ${setting}= makes ${declared.map((it) => `${folder}/${it}`).join(", ")}: the other directory may be missing or belong to root`,
    directive: node.key,
    fixes: declaring(unit, setting, name, declared),
  };
}

/** The only name becomes the one that is used, unless something uses it as well; else there is one more. */
function declaring(
  unit: Unit,
  setting: (typeof SETTINGS)[number] | UndeclaredDirectory["setting"],
  name: string,
  declared: readonly string[],
): readonly Fix[] {
  const node = ownLast(unit, setting);
  if (!node) return [];
  const [only = ""] = declared;
  const isUsed =
    declared.length > 1 || usesOf(unit).some(({ root, parts }) => root.setting === setting && parts[0] === only);
  const newText = isUsed ? `${node.text} ${name}` : name;
  return [
    {
      title: `Change to ${setting}=${newText}`,
      safe: false,
      sets: [`${setting}=${newText}`],
      edits: () => [{ ...node.valueSpan, newText }],
    },
  ];
}

/** What an option has the program write in a directory of settings that was there before. */
function* keptOwner(unit: Unit): Iterable<Found> {
  const files = readableFiles(unit);
  for (const name of files ? words(unit, "ConfigurationDirectory") : []) {
    const folder = `${systemFolder("ConfigurationDirectory")}/${name}`;
    const written = programsOf(unit).flatMap(({ setting, args }) => (setting === "ExecStart" ? writtenIn(args) : []));
    const path = written.find((it) => normalPath(unit, it)?.startsWith(`${folder}/`));
    const place = path === undefined ? undefined : placeOfText(unit, "ExecStart", path);
    if (!place || !files?.look(folder)) continue;
    yield {
      ...place.span,
      severity: "info",
      message: `ExecStart= has the program write ${path}, but ${folder} exists: ConfigurationDirectory= leaves its owner, mostly root, as it is; StateDirectory= gives the user a directory to write`,
      directive: "ExecStart",
    };
  }
}

const writtenIn = (args: readonly string[]): readonly string[] =>
  args.flatMap((arg, i) => {
    const [, option = args[i - 1] ?? "", value = ""] = /^(?:(-[^=]*)=)?(.*)$/s.exec(arg) ?? [];
    return isWritingOption(option) && /^[/%]/.test(value) ? [value] : [];
  });
