import { insertAfter } from "../../findings/edits.ts";
import { ownerOf } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { placeOfWord } from "../../service/linePlaces.ts";
import { textOf, words } from "../../service/settings.ts";
import { filePlaceOf, treeKey } from "../../units/index/filePlace.ts";
import type { UnitIndex } from "../../units/index/unitIndex.ts";
import { memo } from "../../units/memo.ts";
import { ownFile } from "../../units/unit.ts";
import { isPackaged } from "../packaged.ts";

/** Seen with 257: /run/shop is gone when the first of the two services has stopped. */
export const sharedRuntime: Rule = {
  code: "reference/shared-runtime-directory",
  needs: ["RuntimeDirectory"],
  *check(unit, context) {
    const owner = context && ownerOf(context);
    const place = context && filePlaceOf(context.path);
    if (
      !context ||
      !owner ||
      !place ||
      isPackaged(context) ||
      unit.path.role !== "unit" ||
      unit.path.kind !== "service"
    )
      return;
    if (textOf(unit, "RuntimeDirectoryPreserve") !== undefined) return;
    for (const name of words(unit, "RuntimeDirectory")) {
      const users = usersOf(context.index).get(`${treeKey(place)} ${name}`) ?? [];
      const other = users.find((it) => it !== owner && !it.includes("@") && !isAlternative(context.index, it, owner));
      const word = other === undefined || owner.includes("@") ? undefined : placeOfWord(unit, "RuntimeDirectory", name);
      if (!word) continue;
      const added = "RuntimeDirectoryPreserve=yes";
      yield {
        ...word.span,
        severity: "warning",
        message: `RuntimeDirectory= names ${name}, as ${other} does: when one of them stops, systemd removes /run/${name} with the files of the other; ${added} in both keeps it`,
        directive: "RuntimeDirectory",
        fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), word.node, [added])] }],
      };
    }
  },
};

/** The services that have a directory below /run removed when they stop, by tree and directory. */
const usersOf = memo((index: UnitIndex): ReadonlyMap<string, readonly string[]> => {
  const users = new Map<string, string[]>();
  for (const { placed, settings } of index.files.values()) {
    const { place } = placed;
    if (!settings.RuntimeDirectory || settings.RuntimeDirectoryPreserve || place.role.kind !== "unit") continue;
    for (const name of settings.RuntimeDirectory.split(/\s+/)) {
      const key = `${treeKey(place)} ${name}`;
      users.set(key, [...(users.get(key) ?? []), place.role.name]);
    }
  }
  return users;
});

/** Whether two units never run together: one conflicts with the other. */
const isAlternative = (index: UnitIndex, one: string, other: string): boolean =>
  [one, other].some((name) =>
    (index.naming.get(name) ?? []).some((path) =>
      index.files.get(path)?.mentions.some((it) => it.directive === "Conflicts" && it.written === name),
    ),
  );
