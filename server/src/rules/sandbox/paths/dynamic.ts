import type { Rule } from "../../../findings/rule.ts";
import { ownDirectories } from "../../../security/world/ownDirectories.ts";
import { isDynamic } from "../../../service/effective.ts";
import { ownLast, placeOfWord } from "../../../service/linePlaces.ts";
import { listedPath } from "../../../service/paths.ts";
import { textOf } from "../../../service/settings.ts";
import { type DirectorySetting, directorySettingOf } from "../../../units/directories.ts";
import { wordsInForce } from "../../../units/words.ts";
import { isWithin } from "../../../values/path.ts";
import { removal } from "../../removal.ts";

/** Users that every distribution has. */
const STATIC: ReadonlySet<string> = new Set(["root", "daemon", "bin", "nobody", "mail", "www-data", "games", "lp"]);

/** Seen with 257: such a service runs as the user of that name. */
export const staticUser: Rule = {
  code: "sandbox/dynamic-user-static",
  needs: ["DynamicUser"],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service" || !isDynamic(unit)) return;
    const user = textOf(unit, "User");
    const node = user !== undefined && STATIC.has(user) ? ownLast(unit, "User") : undefined;
    if (!node) return;
    yield {
      ...node.valueSpan,
      severity: "warning",
      message: `User= names existing user ${user}: systemd allocates no dynamic user, and the service runs as ${user}`,
      directive: "User",
      fixes: [removal(unit, "User", false)],
    };
  },
};

/** Follows what systemd.exec(5) says of DynamicUser= about files outside the declared directories. */
export const strayFiles: Rule = {
  code: "sandbox/dynamic-user-files",
  needs: ["DynamicUser"],
  *check(unit) {
    if (unit.path.role !== "unit" || unit.path.kind !== "service" || !isDynamic(unit)) return;
    if (OWNERS.some((name) => textOf(unit, name) !== undefined)) return;
    for (const list of ["ReadWritePaths", "BindPaths"] as const) {
      for (const word of new Set(wordsInForce(unit, "Service", list))) {
        const path = listedPath(unit, word);
        const instead = path === undefined ? undefined : lastingPlace(path);
        if (path === undefined || instead === undefined) continue;
        if (ownDirectories(unit).some((it) => isWithin(path, it.path))) continue;
        const place = placeOfWord(unit, list, word);
        if (!place) continue;
        yield {
          ...place.span,
          severity: "info",
          message: `${list}= allows a dynamic user to write below ${path}, where its files keep a UID that is reused later; ${instead} changes their owner at each start`,
          directive: list,
        };
      }
    }
  },
};

/** The setting for files that are there after a reboot, which their place shows; undefined where nothing lasts, or for a socket. */
function lastingPlace(path: string): string | undefined {
  if (/\.sock(?:et)?$/.test(path)) return undefined;
  const setting = directorySettingOf(path)?.setting;
  if (setting !== undefined) return KEPT.includes(setting) ? `${setting}=` : undefined;
  return LASTING.test(path) ? "a directory of StateDirectory=" : undefined;
}

/** Not /mnt and /media: what is mounted there may have one owner for all files. */
const LASTING = /^\/(?:srv|opt|home|data|var\/(?:spool|opt|www|backups|local)|usr\/local)(?:\/|$)/;

/** With one of these the files may well belong to somebody who stays. */
const OWNERS = ["User", "Group", "SupplementaryGroups"] as const;
/** The settings whose files systemd hands over to whom it makes up next. */
const KEPT: readonly DirectorySetting[] = ["StateDirectory", "CacheDirectory", "LogsDirectory"];
