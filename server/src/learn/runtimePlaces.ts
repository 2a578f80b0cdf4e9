import { words } from "../service/settings.ts";
import { expandSpecifiers } from "../units/specifiers.ts";
import { isWithin } from "../values/path.ts";
import { isDirectory, statusAt } from "./host.ts";
import type { LearntSetting } from "./learnt.ts";
import type { Sight } from "./needs.ts";
import { type MayReach, userMayWrite } from "./permissions.ts";
import { type LearnContext, offered, usedAs } from "./settings/learnContext.ts";
import { ownPlace, type WrittenPlace, writesTo } from "./settings/writtenPlaces.ts";

/** Why a daemon cannot be another user. */
export interface Objection {
  readonly reason: string;
  readonly sights: readonly Sight[];
}

/** A directory that systemd gives to the user. */
export interface GivenPlace {
  readonly place: string;
  readonly setting: LearntSetting;
}

/**
 * Directories of the user in /run, which a reboot empties and where only root can make them again. What systemd would not make as it
 * is, such as a file or a directory of another group, speaks against the user where the service makes it itself.
 */
export function ownInRun(
  context: LearnContext,
  written: WrittenPlace,
  who: MayReach,
): { readonly given: readonly GivenPlace[]; readonly objection?: Objection } {
  const { host, unit } = context;
  const declared = words(unit, "RuntimeDirectory").map((it) => expandSpecifiers(unit, it)?.replace(/[:/].*$/s, ""));
  const given: GivenPlace[] = [];
  for (const place of new Set(written.paths.filter((it) => isWithin(it, "/run")).map(ownPlace))) {
    const [, name] = /^\/run\/([^/]+)$/.exec(place) ?? [];
    if (name !== undefined && declared.includes(name)) continue;
    const status = statusAt(host, place);
    const isOwn =
      status && isDirectory(status) && status.uid === who.uid && (status.gid === 0 || who.gids.has(status.gid));
    if (isOwn && name !== undefined && /^[\w.+-]+$/.test(name)) {
      const evidence = `${writesTo(context, written)}; a reboot empties /run`;
      given.push({ place, setting: offered("RuntimeDirectory", name, evidence, written.sights) });
      continue;
    }
    const sights = madeByService(context, place);
    const folder = place.slice(0, place.lastIndexOf("/"));
    if (sights.length > 0 && userMayWrite(host, folder, who) !== true)
      return { given, objection: { reason: `makes ${place}, which only root can do again after a reboot`, sights } };
  }
  return { given };
}

/** Whether the service makes an entry where it is missing, or gives it an owner or a mode. */
function madeByService({ needs }: LearnContext, place: string): readonly Sight[] {
  const need = Object.hasOwn(needs.paths, place) ? needs.paths[place] : undefined;
  if (!need) return [];
  return [...usedAs(need, ["make", "change"]), ...(need.failed.EEXIST ? [need.failed.EEXIST] : [])];
}
