import { folderBefore } from "../families/pathParts.ts";
import { isVendorFile } from "../features/override.ts";
import { settingLines } from "../units/effective/settingLines.ts";
import { filePlaceOf } from "../units/index/filePlace.ts";
import { administratorFolder, loadPlaceOf } from "../units/index/loadPlace.ts";
import type { Unit } from "../units/unit.ts";
import type { Host } from "./host.ts";
import { slashed } from "./loadedUnit.ts";
import { flag } from "./option.ts";

/** The option that has a command change what belongs to a package. */
export const IN_PLACE = {
  "in-place": flag("change the file itself, also one that belongs to a package and that its next update replaces"),
};

/** Why a package's file is left alone, as the end of a sentence. */
export const OF_PACKAGE =
  "it belongs to a package, whose next update would undo that; --in-place changes it all the same";

/**
 * Where the administrator's drop-ins for a package's unit or quadlet go, in the same tree, with a slash at the end; undefined
 * for a file that is the reader's own.
 */
export function overrideFolder(host: Host, path: string): string | undefined {
  const absolute = slashed(host.absolute(path));
  const place = loadPlaceOf(absolute);
  if (!place || !isOfPackage(host, path)) return undefined;
  const folder = `${administratorFolder(place)}/`;
  // Called as the file itself is, from the working directory where that is.
  const before = absolute.slice(0, absolute.length - path.length);
  return path !== absolute && absolute.endsWith(path) && folder.startsWith(before)
    ? folder.slice(before.length)
    : folder;
}

/** Whether a file of systemd's lies where packages put theirs, in the load path of a machine or of a tree that looks like one. */
export function isOfPackage(host: Host, path: string): boolean {
  const absolute = slashed(host.absolute(path));
  const place = loadPlaceOf(absolute);
  if (place) return place.owner === "vendor" || isVendorFile(absolute);
  return /(?:^|\/)(?:usr\/)?(?:local\/)?lib\/systemd\/[^/]+(?:\/[^/]+\.d)?\/$/.test(folderBefore(absolute));
}

/**
 * The drop-in that does to a unit what the safe fixes of its own text would, as far as one can: a setting whose lines would have
 * to be gone, or to come first, is left out. Undefined where nothing is left; `read` makes the unit of its text and a drop-in.
 */
export function asDropInText(
  [before, after]: readonly [Unit, Unit],
  read: (dropIn: string) => Unit,
): string | undefined {
  const rest = new Map<string, number>();
  for (const it of settingLines(before)) rest.set(lineOf(it), (rest.get(lineOf(it)) ?? 0) + 1);
  const added = settingLines(after).filter((it) => {
    const count = rest.get(lineOf(it)) ?? 0;
    rest.set(lineOf(it), count - 1);
    return count <= 0 && it.section !== "Install";
  });
  const [wanted, got] = [inForce(after), inForce(read(dropInOf(added)))];
  const same = added.filter((it) => wanted.get(settingOf(it)) === got.get(settingOf(it)));
  return same.length === 0 ? undefined : dropInOf(same);
}

type Line = ReturnType<typeof settingLines>[number];

const lineOf = ({ section, node }: Line): string => `${section}\n${node.key}\n${node.text}`;

const settingOf = ({ section, directive, node }: Line): string =>
  `${section}.${directive?.alias ?? directive?.name ?? node.key}`;

function dropInOf(lines: readonly Line[]): string {
  const sections = new Map<string, string[]>();
  for (const { section, node } of lines) {
    const sectionLines = sections.get(section) ?? [];
    sections.set(section, sectionLines);
    sectionLines.push(`${node.key}=${node.text}`);
  }
  return [...sections].map(([name, settings]) => `[${name}]\n${settings.join("\n")}\n`).join("\n");
}

/** What counts of each setting of a unit, in its order. */
function inForce(unit: Unit): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const it of settingLines(unit))
    if (it.fate.kind === "in-force" || it.fate.kind === "resets")
      values.set(settingOf(it), `${values.get(settingOf(it)) ?? ""}\n${it.node.text}`);
  return values;
}

/** What is left to do on the machine once units of its load path were written; nothing where none of them is. */
export function nextSteps(host: Host, paths: readonly string[]): string[] {
  const managers = new Map<string, Set<string>>();
  for (const path of paths) {
    const place = filePlaceOf(slashed(host.absolute(path)));
    if (place?.root !== "" || place.folder === "") continue;
    const { role, scope } = place;
    const names = managers.get(scope) ?? new Set();
    managers.set(scope, names.add(role.kind === "unit" ? role.name : role.of));
  }
  return [...managers].map(([scope, names]) => {
    const systemctl = scope === "user" ? "systemctl --user" : "systemctl";
    const [first = ""] = names;
    const [restarted, tried] = names.size === 1 ? [first, first] : ["those that run", "NAME"];
    const trial = scope === "user" ? "" : `; unit-warden try ${tried} proves that it still works`;
    return `next: ${systemctl} daemon-reload, then ${names.size === 1 ? `${systemctl} restart ${restarted}` : `restart ${restarted}`}${trial}`;
  });
}
