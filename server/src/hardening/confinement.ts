import { effective } from "../security/effective.ts";
import { directoryLines, otherWrites } from "../service/directories.ts";
import { emptyRootLines } from "../service/emptyRootLines.ts";
import type { Facts } from "../service/facts.ts";
import { visible } from "../service/origin.ts";
import { isBelow, isOn, paths, words } from "../service/settings.ts";
import { DATA_DIRECTORY_SETTINGS, systemFolder } from "../units/directories.ts";
import { withoutOldLinks } from "../values/path.ts";

/**
 * An empty root of its own in which only bound directories are visible. What the unit names and what usually belongs to a
 * service of its name stay writable as they are, if they are there.
 */
export function confinementLines(facts: Facts): readonly string[] {
  const { unit } = facts;
  const locked = effective(unit).settings.protectSystem === "strict";
  const directories = directoryLines(unit);
  const room = roomOf(facts, directories);
  return [
    ...emptyRootLines([
      `BindReadOnlyPaths=${visible(facts, room).join(" ")}`,
      ...(room.length > 0 ? [`BindPaths=${room.map((it) => `-${it}`).join(" ")}`] : []),
    ]),
    ...directories,
    ...(facts.dynamic || isOn(unit, "PrivateTmp") ? [] : ["PrivateTmp=yes"]),
    ...(locked ? [] : ["ProtectSystem=strict"]),
  ];
}

/** The places of the host that the service may write today and is likely to use, the ones that it declares aside. */
function roomOf(facts: Facts, directories: readonly string[]): readonly string[] {
  const { unit } = facts;
  const declared = new Set<string>();
  for (const setting of DATA_DIRECTORY_SETTINGS) {
    const lines = directories.filter((it) => it.startsWith(`${setting}=`));
    const made = [...words(unit, setting), ...lines.flatMap((it) => it.slice(setting.length + 1).split(" "))];
    for (const name of made) declared.add(`${systemFolder(setting)}/${name.replace(/:.*$/s, "")}`);
  }
  for (const path of [...paths(unit, "BindPaths", "BindReadOnlyPaths"), ...facts.programPaths]) declared.add(path);
  const writable = paths(unit, "ReadWritePaths").map(withoutOldLinks);
  const homes = facts.personal ? ["/home"] : facts.paths.filter((it) => it.startsWith("/home/"));
  const named = [...writable, ...otherWrites(facts), ...homes];
  const usual = facts.dynamic ? [] : OF_A_SERVICE.flatMap((root) => namesOf(facts).map((it) => `${root}/${it}`));
  const room: string[] = [];
  for (const path of [...named, ...usual].sort()) {
    if (!BINDABLE.test(path) || isBelow(path, declared)) continue;
    declared.add(path);
    room.push(path);
  }
  return room;
}

const OF_A_SERVICE = DATA_DIRECTORY_SETTINGS.map(systemFolder);

/** Paths of data: none of the system, of the kernel or of /tmp, and none with a blank or a specifier. */
const BINDABLE =
  /^\/(?!(?:usr|etc|s?bin|lib\d*|dev|proc|sys|tmp|var\/tmp|boot|efi|run\/systemd)(?:\/|$))[\w.@+-]+(?:\/[\w.@+-]+)*$/;

/** The names under which packages keep the data of a service: those of its unit and of a user of its own. */
function namesOf({ unit, user }: Facts): readonly string[] {
  const own = unit.path.name?.replace(/@.*|\.service$/g, "") ?? "";
  return [...new Set([own, user ?? ""])].filter((it) => /^[\w.+-]+$/.test(it) && !OF_MANY.test(it));
}

const OF_MANY = /^(?:nobody|daemon|www-data|http)$/;
