import type { DirectiveName } from "../../../catalog/catalog.ts";
import { insertAfter } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import type { UnitSettings } from "../../../security/settings.ts";
import { hiddenBy } from "../../../security/world/access.ts";
import { ownDirectories } from "../../../security/world/ownDirectories.ts";
import { hasEmptyRoot, hasOtherRoot } from "../../../service/effective.ts";
import { linesBehind, ownLast, placeOfWord } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { normalPath } from "../../../service/paths.ts";
import { textOf } from "../../../service/settings.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";
import { wordsInForce } from "../../../units/words.ts";
import { isWithin } from "../../../values/path.ts";

/** Seen with 257 and 262, where systemd.exec(5) says that MountAPIVFS= has no effect without its own root directory. */
export const emptyRoot: Rule = {
  code: "sandbox/empty-root",
  needs: ["TemporaryFileSystem"],
  *check(unit) {
    const subject = systemService(unit);
    const values = wordsInForce(unit, "Service", "TemporaryFileSystem");
    const word = values.find((it) => /^\/+(?::|$)/.test(it));
    if (!subject || word === undefined || hasOtherRoot(unit) || !hasEmptyRoot(unit)) return;
    if (subject.settings.rootMStack !== "" || !isBare(unit, subject.settings)) return;
    const place = placeOfWord(unit, "TemporaryFileSystem", word);
    if (!place) return;
    const lack = subject.settings.privateDevices ? "no /proc" : "no /proc, no /dev/null";
    yield {
      ...place.span,
      severity: "warning",
      message: `TemporaryFileSystem=/ leaves ${lack} and no /run of the host: MountAPIVFS=yes mounts them`,
      directive: "TemporaryFileSystem",
      fixes: adding(unit, place.node, "MountAPIVFS", "yes"),
    };
  },
};

/** Whether nothing brings the file systems of the kernel into the root; PrivateDevices= brings a /dev alone. */
const isBare = (unit: Unit, { privateDevices }: UnitSettings): boolean =>
  hiddenBy(unit, "/proc/self") !== undefined && (privateDevices || hiddenBy(unit, "/dev/null") !== undefined);

/** A line after another, where nothing that systemd reads later replaces it. */
function adding(unit: Unit, node: Assignment, name: DirectiveName, value: string): readonly Fix[] {
  if (linesBehind(unit, name, node).length > 0) return [];
  const line = `${name}=${value}`;
  const edits = () => [insertAfter(ownFile(unit), node, [line])];
  return [{ title: `Add ${line}`, safe: false, sets: [line], edits }];
}

/** Seen with 257: the user of the service writes there, and runs what it has written. */
export const writableRoot: Rule = {
  code: "sandbox/writable-root",
  needs: ["RootDirectory"],
  *check(unit) {
    const subject = systemService(unit);
    const root = subject && textOf(unit, "RootDirectory");
    if (!subject || root === undefined || subject.settings.protectSystem === "strict") return;
    const path = normalPath(unit, root);
    const made = path === undefined ? undefined : ownDirectories(unit).find((it) => isWithin(path, it.path));
    const owner = made?.by.directive === "ConfigurationDirectory" ? undefined : made?.by.directive;
    const node = owner && ownLast(unit, "RootDirectory");
    const words = wordsInForce(unit, "Service", "ReadOnlyPaths");
    if (!node || words.some((it) => /^-?\+\/+$/.test(it))) return;
    yield {
      ...node.valueSpan,
      severity: "info",
      message: `RootDirectory= is a directory of ${owner}=, which the service can write: it can create files in its root directory and run them`,
      directive: "RootDirectory",
      fixes: adding(unit, node, "ProtectSystem", "strict"),
    };
  },
};
