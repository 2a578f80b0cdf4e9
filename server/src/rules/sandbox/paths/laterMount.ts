import { insertAfter } from "../../../findings/edits.ts";
import type { Rule } from "../../../findings/rule.ts";
import { hiddenBy } from "../../../security/world/access.ts";
import { hasOtherRoot } from "../../../service/effective.ts";
import { isResetBehind, placeOfWord } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { listedPath } from "../../../service/paths.ts";
import { memo } from "../../../units/memo.ts";
import { ownFile } from "../../../units/unit.ts";
import { wordsInForce } from "../../../units/words.ts";

const LISTS = ["ReadOnlyPaths", "ReadOnlyDirectories", "BindReadOnlyPaths"] as const;

/** Seen with 257: the service creates a file on what was mounted there after its start, and with MountFlags=private it cannot. */
export const laterMount: Rule = {
  code: "sandbox/later-mount",
  needs: LISTS,
  *check(unit) {
    const subject = systemService(unit);
    if (!subject || subject.settings.mountFlags === "private" || hasOtherRoot(unit)) return;
    for (const name of LISTS) {
      for (const word of removableIn(wordsInForce(unit, "Service", name))) {
        const path = listedPath(unit, word);
        if (path === undefined || !REMOVABLE.test(path) || hiddenBy(unit, `${path}/x`)) continue;
        const place = placeOfWord(unit, name, word);
        if (!place) continue;
        const line = "MountFlags=private";
        const edits = () => [insertAfter(ownFile(unit), place.node, [line])];
        yield {
          ...place.span,
          severity: "info",
          message: `${name}= does not cover file systems that are mounted below ${path} after the start: the service can write to them`,
          directive: name,
          fixes: isResetBehind(unit, "MountFlags", place.node)
            ? []
            : [{ title: `Add ${line}, which keeps later mounts out`, safe: false, sets: [line], edits }],
        };
      }
    }
  },
};

/** The places of removable media, and those of one user. */
const REMOVABLE = /^\/(?:run\/)?media(?:\/[^/]+)?$/;

/** The words that may name one; the list stays the same while no line of it is touched. */
const removableIn = memo(
  (words: readonly string[]): ReadonlySet<string> => new Set(words.filter((it) => /media|%/.test(it))),
);
