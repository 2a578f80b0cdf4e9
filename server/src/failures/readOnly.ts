import type { DirectiveName } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { effective } from "../security/effective.ts";
import { causeName, readOnlyBy } from "../security/world/access.ts";
import type { Cause } from "../security/world/cause.ts";
import { HOME_FOLDERS } from "../security/world/tables.ts";
import { serviceWorld, spotAt } from "../security/world/world.ts";
import { hasOwnFiles } from "../service/effective.ts";
import { withLines } from "../service/executable.ts";
import { factsOf, undeclaredWrites } from "../service/facts.ts";
import { listedPath } from "../service/paths.ts";
import type { Unit } from "../units/unit.ts";
import { isWithin } from "../values/path.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence, Message } from "./evidence.ts";
import { addSettings, addWord, fixes, removeWord, setTo } from "./fixes.ts";
import { hidersOf } from "./hidden.ts";
import { blamedPaths, declaration, isOfSystemd, writtenPlace } from "./places.ts";

/** What makes read-only the paths that could not be written. */
export function* readOnlyCauses(unit: Unit, { messages, text }: Evidence): Iterable<CausingSetting> {
  for (const message of messages) {
    if (message.error !== undefined && !isOfSystemd(message) && SHARED.test(text)) {
      yield* causesOf(unit, "/dev/shm/", message);
      yield* hidersOf(unit, "/dev/shm");
    }
    if (TEMPORARY.test(message.text)) for (const path of ["/tmp/", "/var/tmp/"]) yield* causesOf(unit, path, message);
    if (message.error !== "EROFS" || isOfSystemd(message)) continue;
    const paths = blamedPaths(message);
    if (paths.length > 0) for (const path of paths) yield* causesOf(unit, path, message);
    else yield* withoutPath(unit, message);
  }
}

/** What lies in /dev/shm without being called so. */
const SHARED = /shm_open|SemLock|sem_open/;

/** Words of runtimes that find no place for temporary files. */
const TEMPORARY = /no usable temporary directory|(?:creat|open)\w* (?:a )?temp(?:orary)? (?:file|dir)/i;

/** What makes a path read-only that the program did not complain of. */
export function readOnlyOver(unit: Unit, path: string): Iterable<CausingSetting> {
  return causesOf(unit, path, { text: "", error: undefined, paths: [path] });
}

function* causesOf(unit: Unit, path: string, message: Message): Iterable<CausingSetting> {
  const by = readOnlyBy(unit, path);
  if (by) {
    const reason = `${what(by, path)} makes ${path} read-only for the commands of the unit`;
    yield cause(unit, by.directive, SURE, reason, [...waysToWrite(unit, by, path, message)], by.node);
  } else yield* ownRoot(unit, path);
}

function what(by: Cause, path: string): string {
  if (by.directive !== "DynamicUser") return causeName(by);
  const implied = HOME_FOLDERS.some((it) => isWithin(path, it)) ? "ProtectHome=read-only" : "ProtectSystem=strict";
  return `DynamicUser= implies ${implied}, which`;
}

/** From the one that opens a single directory to the one that opens many. */
function* waysToWrite(unit: Unit, { directive, value, node }: Cause, path: string, message: Message): Iterable<Fix> {
  const place = writtenPlace(path);
  const { protectHome, protectSystem } = effective(unit).settings;
  const declared = declaration(unit, path, message);
  if (declared) yield declared;
  // The user of one start owns nothing there that another start made.
  if (declared && effective(unit).settings.dynamicUser) return;
  const same = node && listedPath(unit, value) === place ? node : undefined;
  if (directive === "BindReadOnlyPaths") {
    yield* fixes(same ? removeWord(unit, same, value, `BindPaths=${value}`) : addWord(unit, "BindPaths", place));
    return;
  }
  if (same && (directive === "ReadOnlyPaths" || directive === "ReadOnlyDirectories")) {
    yield* fixes(removeWord(unit, same, value));
    return;
  }
  if (directive === "PrivateDevices") yield addSettings(unit, `BindPaths=${path}`, `DeviceAllow=${path} rw`);
  if (SWITCHES.includes(directive)) {
    yield setTo(unit, directive, "no");
    return;
  }
  const tmpfs = directive === "ProtectHome" && protectHome === "tmpfs";
  // A private one is written by nobody else.
  if (/^\/(?:var\/)?tmp(?:\/|$)/.test(path) && opens(unit, "PrivateTmp=yes", place))
    yield setTo(unit, "PrivateTmp", "yes");
  const lists = tmpfs ? (["BindPaths"] as const) : (["ReadWritePaths", "BindPaths"] as const);
  const list = place === "/" ? undefined : lists.find((it) => opens(unit, `${it}=${place}`, place));
  if (list) yield addWord(unit, list, place);
  if (directive === "ProtectHome" && !list) yield setTo(unit, "ProtectHome", "no");
  if (directive === "ProtectSystem" && !list && place !== "/" && /^\/(?:usr|boot|efi)\//.test(path))
    yield setTo(unit, "ProtectSystem", "no");
  if (directive !== "ProtectSystem") return;
  const gentler = /^\/(?:usr|boot|efi|etc)(?:\/|$)/.test(path)
    ? protectSystem === "full" && path.startsWith("/etc/")
      ? "yes"
      : undefined
    : "full";
  if (gentler !== undefined && protectSystem !== gentler) yield setTo(unit, "ProtectSystem", gentler);
}

/** Whether a line would make a path writable: where two settings name the same directory, the stricter one holds. */
function opens(unit: Unit, line: string, path: string): boolean {
  const world = serviceWorld(withLines(unit, [line]));
  return !world || spotAt(world, path).writable !== false;
}

/** The switches that make parts of /proc, /sys and /dev read-only. */
const SWITCHES: readonly DirectiveName[] = [
  "ProtectKernelTunables",
  "ProtectControlGroups",
  "ProtectHostname",
  "PrivateDevices",
];

/** Files of an image, which may be read-only. */
function* ownRoot(unit: Unit, path: string): Iterable<CausingSetting> {
  const { protectSystem } = effective(unit).settings;
  if (protectSystem !== "no" && hasOwnFiles(unit))
    yield cause(
      unit,
      "ProtectSystem",
      LIKELY,
      `ProtectSystem=${protectSystem} also makes the unit's own root directory read-only`,
      writtenPlace(path) === "/" ? [] : [addWord(unit, "ReadWritePaths", writtenPlace(path))],
    );
}

/** Of what the unit itself names, what is read-only; else the settings that make much of the file system so. */
function* withoutPath(unit: Unit, message: Message): Iterable<CausingSetting> {
  const named = undeclaredWrites(factsOf(unit)).filter((it) => readOnlyBy(unit, it) !== undefined);
  for (const path of named.slice(0, 3)) {
    const by = readOnlyBy(unit, path);
    if (!by) continue;
    const ways = [...waysToWrite(unit, by, path, message)];
    yield cause(
      unit,
      by.directive,
      LIKELY,
      `${causeName(by)} makes ${path} read-only, which the commands of the unit name`,
      ways,
      by.node,
    );
  }
  if (named.length > 0) return;
  const { dynamicUser, protectSystem, protectHome } = effective(unit).settings;
  if (dynamicUser)
    yield cause(
      unit,
      "DynamicUser",
      LIKELY,
      "DynamicUser= makes everything read-only except the directories of *Directory=",
      [addSettings(unit, `StateDirectory=${unit.path.name?.split(/[@.]/, 1)[0] ?? "NAME"}`)],
    );
  else if (protectSystem !== "no")
    yield cause(
      unit,
      "ProtectSystem",
      LIKELY,
      protectSystem === "strict"
        ? "ProtectSystem=strict makes everything read-only except the paths of *Directory= and ReadWritePaths="
        : `ProtectSystem=${protectSystem} makes ${protectSystem === "full" ? "/usr, /boot, /efi and /etc" : "/usr, /boot and /efi"} read-only`,
      protectSystem === "strict" ? [setTo(unit, "ProtectSystem", "full")] : [],
    );
  if (protectHome === "read-only" || protectHome === "tmpfs")
    yield cause(unit, "ProtectHome", POSSIBLE, `ProtectHome=${protectHome} makes the home directories read-only`);
  if (linesToBlame(unit, "ReadOnlyPaths").length > 0)
    yield cause(unit, "ReadOnlyPaths", POSSIBLE, "ReadOnlyPaths= makes its paths read-only");
}
