import { textOf, words } from "../../service/settings.ts";
import { directorySettingOf } from "../../units/directories.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { hostUser, isDirectory, statusAt } from "../host.ts";
import { pathForEveryInstance } from "../instanceNames.ts";
import type { LearntSetting } from "../learnt.ts";
import { type LearnContext, offered } from "./learnContext.ts";
import { type WrittenPlace, wantsDirectory, writesTo } from "./writtenPlaces.ts";

/** Places that settings such as StateDirectory= declare, and those settings. */
export interface DeclaredPlaces {
  readonly places: ReadonlySet<string>;
  readonly settings: readonly LearntSetting[];
}

/**
 * Those of some places that are directories of the service by their folder, owner and mode. systemd gives a declared
 * directory to User= and sets its mode at every start, so that both have to be what they are already.
 */
export function declaredPlaces(context: LearnContext, places: readonly WrittenPlace[]): DeclaredPlaces {
  const found = new Set<string>();
  const settings: LearntSetting[] = [];
  const modes = new Map<string, string>();
  for (const it of places) {
    const own = ownDirectory(context, it.place);
    if (!own) continue;
    const { setting, name, mode, reason } = own;
    if ((modes.get(setting) ?? mode) !== mode) continue;
    found.add(it.place);
    settings.push(offered(setting, name, `${writesTo(context, it)}; ${reason}`, it.sights));
    if (!modes.has(setting) && mode !== "755")
      settings.push(offered(`${setting}Mode`, `0${mode}`, `the mode of ${it.place}`));
    if (
      !modes.has(setting) &&
      setting === "RuntimeDirectory" &&
      textOf(context.unit, "RuntimeDirectoryPreserve") === undefined
    )
      settings.push(offered("RuntimeDirectoryPreserve", "yes", `${it.place} was there before the service started`));
    modes.set(setting, mode);
  }
  return { places: found, settings };
}

function ownDirectory(context: LearnContext, place: string) {
  const { unit, host, asRoot, settings, needs } = context;
  const found = directorySettingOf(place);
  const [name = ""] = found?.names ?? [];
  if (!found || found.setting === "ConfigurationDirectory" || found.names.length > 1 || !/^[\w.+-]+$/.test(name))
    return undefined;
  const need = Object.hasOwn(needs.paths, place) ? needs.paths[place] : undefined;
  const isWanted = need !== undefined && wantsDirectory(context, place, need);
  if (settings.dynamicUser || (!isWanted && (asRoot || isShared(unit.path.name, place)))) return undefined;
  // One mode holds for all directories of a setting.
  if (words(unit, found.setting).length > 0 || textOf(unit, `${found.setting}Mode`) !== undefined) return undefined;
  const status = statusAt(host, place);
  // Without User= systemd gives it to root, with all that is in it.
  const user = asRoot ? ROOT : hostUser(host, settings.user);
  if (!status || !user || !isDirectory(status) || status.real !== place || status.uid !== user.uid) return undefined;
  const group =
    settings.group === "" ? user.gid : Number(/^\d+$/.exec(settings.group)?.[0] ?? groupOf(host.users, settings.group));
  if (status.gid !== group) return undefined;
  const reason = isWanted ? "the service makes it where it is missing" : "it is owned by User=";
  return { setting: found.setting, name, mode: (status.mode & 0o7777).toString(8), reason };
}

const ROOT = { uid: 0, gid: 0 };

/** The number of the group that bears the name of a user, as most groups of services do. */
function groupOf(users: readonly string[], name: string): number {
  const own = users.find((it) => it.startsWith(`${name}:`))?.split(":")[2];
  return own === undefined ? Number.NaN : Number(own);
}

/** Whether instances of a template share a place, which is not named after one of them. */
const isShared = (name: string | undefined, place: string): boolean =>
  name !== undefined && parseUnitName(name)?.instance !== undefined && pathForEveryInstance(place, name) === place;
