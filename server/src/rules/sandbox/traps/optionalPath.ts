import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Rule } from "../../../findings/rule.ts";
import { hasOwnFiles } from "../../../service/effective.ts";
import { placeOfWord } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { systemPath } from "../../../service/paths.ts";
import { mergedAssignments, type Unit } from "../../../units/unit.ts";
import { wordsInForce } from "../../../units/words.ts";

const LISTS = [
  "ReadWritePaths",
  "ReadOnlyPaths",
  "InaccessiblePaths",
  "ExecPaths",
  "NoExecPaths",
  "BindPaths",
  "BindReadOnlyPaths",
] as const satisfies readonly DirectiveName[];

/** What depends on the firmware, the architecture, the devices or the packages of a machine. */
const OPTIONAL =
  /^\/(?:(?:boot\/)?efi|sys\/firmware\/efi(?:\/efivars)?|lib(?:32|64|x32)|usr\/lib(?:32|64|x32)|snap|lost\+found|selinux|sys\/fs\/selinux|proc\/config\.gz|dev\/(?:kvm|dri|snd|fuse|net\/tun|nvidia\w*|bus\/usb|vhost-net|tpm\w*|rtc\d*|watchdog\d*|ttyUSB\d*|ttyACM\d*|video\d*)(?:\/.*)?|run\/(?:docker|podman|containerd|snapd)(?:[/.].*)?|var\/lib\/(?:docker|snapd|flatpak))$/;

/** Seen with 257: 226/NAMESPACE for each of the lists. */
export const optionalPath: Rule = {
  code: "sandbox/optional-path",
  needs: LISTS,
  *check(unit) {
    const lists = systemService(unit) ? LISTS.map((name) => wordsInForce(unit, "Service", name)) : [];
    if (lists.every((it) => it.length === 0) || hasOwnFiles(unit)) return;
    for (const { name, word, path } of unit.memory.query("optional paths", lists, optionalIn)) {
      const place = isAskedFor(unit, path) ? undefined : placeOfWord(unit, name, word);
      if (!place) continue;
      const { start } = place.span;
      yield {
        ...place.span,
        severity: "info",
        message: `${name}= names ${path}, which is missing on some machines: there the start fails with 226/NAMESPACE`,
        directive: name,
        fixes: [{ title: "Add a - before the path", safe: false, edits: () => [{ start, end: start, newText: "-" }] }],
      };
    }
  },
};

interface Optional {
  readonly name: (typeof LISTS)[number];
  readonly word: string;
  readonly path: string;
}

const optionalIn = (...lists: readonly (readonly string[])[]): readonly Optional[] =>
  LISTS.flatMap((name, i) =>
    [...new Set(lists[i])].flatMap((word): Optional[] => {
      const path = systemPath(word.replace(/^\+/, "").replace(/:.*$/s, ""));
      return OPTIONAL.test(path) ? [{ name, word, path }] : [];
    }),
  );

/** Whether the unit starts only where the path is. */
function isAskedFor(unit: Unit, path: string): boolean {
  return (["ConditionPathExists", "ConditionPathIsDirectory", "AssertPathExists", "RequiresMountsFor"] as const).some(
    (name) => mergedAssignments(unit, "Unit", name).some((it) => it.text.replace(/^\|/, "").startsWith(path)),
  );
}
