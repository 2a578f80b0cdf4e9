import type { DirectiveName } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { effective } from "../security/effective.ts";
import { type ServiceWorld, serviceWorld, spotAt } from "../security/world/world.ts";
import { withLines } from "../service/executable.ts";
import { factsOf, undeclaredWrites } from "../service/facts.ts";
import { HOMES, hasOwnFiles, listedPath, wordsOf } from "../service/view.ts";
import { groundsOf, readOnlyBy } from "../service/writable.ts";
import type { Unit } from "../units/unit.ts";
import { type Cause, cause, LIKELY, linesOf, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence, Message } from "./evidence.ts";
import { addLines, addWord, fixes, removeWord, setTo } from "./fixes.ts";
import { hidersOf } from "./hidden.ts";
import { blamedPaths, declaration, isOfSystemd, writtenPlace } from "./places.ts";

/** What makes read-only the paths that could not be written. */
export function* readOnlyCauses(unit: Unit, { messages, text }: Evidence): Iterable<Cause> {
  for (const message of messages) {
    if (message.error !== undefined && !isOfSystemd(message) && SHARED.test(text)) {
      yield* causesOf(unit, "/dev/shm/", message);
      yield* hidersOf(unit, "/dev/shm");
    }
    if (TEMPORARY.test(message.text)) for (const path of ["/tmp/", "/var/tmp/"]) yield* causesOf(unit, path, message);
    if (message.error !== "EROFS" || isOfSystemd(message)) continue;
    const paths = blamedPaths(unit, message);
    if (paths.length > 0) for (const path of paths) yield* causesOf(unit, path, message);
    else yield* withoutPath(unit, message);
  }
}

/** What lies in /dev/shm without being called so. */
const SHARED = /shm_open|SemLock|sem_open/;

/** Words of runtimes that find no place for temporary files. */
const TEMPORARY = /no usable temporary directory|(?:creat|open)\w* (?:a )?temp(?:orary)? (?:file|dir)/i;

/** What makes a path read-only that the program did not complain of. */
export function readOnlyOver(unit: Unit, path: string): Iterable<Cause> {
  return causesOf(unit, path, { text: "", error: undefined, paths: [path] });
}

function* causesOf(unit: Unit, path: string, message: Message): Iterable<Cause> {
  yield* kernelFiles(unit, path);
  const home = homeOver(unit, path);
  const grounds = worldOf(unit);
  const by = home ?? (grounds && readOnlyBy(grounds, path));
  if (by === undefined) {
    yield* ownRoot(unit, path);
    return;
  }
  const directive = by.slice(0, by.indexOf("=")) as DirectiveName;
  const what =
    by.endsWith("=") && directive === "DynamicUser" ? "DynamicUser= implies ProtectSystem=strict, which" : by;
  const reason = `${what} makes ${path} read-only for the commands of the unit`;
  const line = linesOf(unit, directive).find((it) => wordsOf(it.text).some((word) => covers(word, unit, path)));
  yield cause(unit, directive, SURE, reason, [...waysToWrite(unit, directive, path, message)], line);
}

/** The world of a system service without a root of its own. */
const worldOf = (unit: Unit): ServiceWorld | undefined =>
  unit.path.scope === "system" && !hasOwnFiles(unit) ? serviceWorld(unit) : undefined;

/** From the one that opens a single directory to the one that opens many. */
function* waysToWrite(unit: Unit, directive: DirectiveName, path: string, message: Message): Iterable<Fix> {
  const place = writtenPlace(path);
  const { protectHome, protectSystem } = effective(unit).settings;
  const declared = declaration(unit, path, message);
  if (declared) yield declared;
  const same = linesOf(unit, directive === "BindReadOnlyPaths" ? directive : "ReadOnlyPaths").find((it) =>
    wordsOf(it.text).some((word) => listedPath(word, unit.path.scope) === place),
  );
  if (directive === "BindReadOnlyPaths") {
    const word = same && wordsOf(same.text).find((it) => listedPath(it, unit.path.scope) === place);
    yield* fixes(same && word ? removeWord(unit, same, word, `BindPaths=${word}`) : addWord(unit, "BindPaths", place));
    return;
  }
  if (directive === "ReadOnlyPaths" && same) {
    const word = wordsOf(same.text).find((it) => listedPath(it, unit.path.scope) === place);
    yield* fixes(word === undefined ? undefined : removeWord(unit, same, word));
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

/** ProtectHome= where it makes the homes read-only: read-only itself, and the empty file system of tmpfs. */
function homeOver(unit: Unit, path: string): string | undefined {
  const { protectHome } = effective(unit).settings;
  if (protectHome !== "read-only" && protectHome !== "tmpfs") return undefined;
  const grounds = groundsOf(unit);
  if (grounds && spotAt(grounds, path).writable) return undefined;
  if (!HOMES.some((it) => path.startsWith(`${it}/`)) || linesOf(unit, "ProtectHome").length === 0) return undefined;
  return `ProtectHome=${protectHome}`;
}

/** The switches that make parts of the kernel's file systems read-only. */
const KERNEL = [
  ["ProtectKernelTunables", /^\/(?:proc\/(?:sys|sysrq-trigger|acpi|timer_stats|fs|irq|latency_stats)|sys)(?:\/|$)/],
  ["ProtectControlGroups", /^\/sys\/fs\/cgroup(?:\/|$)/],
] as const;

function* kernelFiles(unit: Unit, path: string): Iterable<Cause> {
  const { protectKernelTunables, protectControlGroups, protectHostname } = effective(unit).settings;
  const on = { ProtectKernelTunables: protectKernelTunables, ProtectControlGroups: protectControlGroups !== "no" };
  for (const [name, pattern] of KERNEL) {
    if (on[name] && pattern.test(path))
      yield cause(unit, name, SURE, `${name}= makes ${path} read-only`, fixes(setTo(unit, name, "no")));
  }
  if (protectHostname !== "no" && /^\/proc\/sys\/kernel\/(?:host|domain)name$/.test(path))
    yield cause(unit, "ProtectHostname", SURE, `ProtectHostname= makes ${path} read-only`, [
      setTo(unit, "ProtectHostname", "no"),
    ]);
}

/** A root of its own, or a file system that is mounted read-only. */
function* ownRoot(unit: Unit, path: string): Iterable<Cause> {
  for (const line of linesOf(unit, "TemporaryFileSystem")) {
    const word = wordsOf(line.text).find((it) => /:(?:.*,)?ro(?:,|$)/.test(it) && covers(it, unit, path));
    if (word !== undefined)
      yield cause(
        unit,
        "TemporaryFileSystem",
        LIKELY,
        `TemporaryFileSystem= mounts an empty read-only file system over ${path}`,
        fixes(addWord(unit, "BindPaths", writtenPlace(path))),
        line,
      );
  }
  const { protectSystem } = effective(unit).settings;
  if (protectSystem !== "no" && groundsOf(unit) === undefined)
    yield cause(
      unit,
      "ProtectSystem",
      LIKELY,
      `ProtectSystem=${protectSystem} also makes the unit's own root directory read-only`,
      writtenPlace(path) === "/" ? [] : [addWord(unit, "ReadWritePaths", writtenPlace(path))],
    );
}

const covers = (word: string, unit: Unit, path: string): boolean => {
  const at = listedPath(word.replace(/:.*$/, ""), unit.path.scope);
  return at === "/" || path === at || path.startsWith(`${at}/`);
};

/** Of what the unit itself names, what is read-only; else the settings that make much of the file system so. */
function* withoutPath(unit: Unit, message: Message): Iterable<Cause> {
  const grounds = groundsOf(unit);
  const named = undeclaredWrites(factsOf(unit)).filter((it) => grounds && readOnlyBy(grounds, it) !== undefined);
  for (const path of named.slice(0, 3)) {
    const by = grounds && readOnlyBy(grounds, path);
    if (by === undefined) continue;
    const directive = by.slice(0, by.indexOf("=")) as DirectiveName;
    const ways = [...waysToWrite(unit, directive, path, message)];
    yield cause(unit, directive, LIKELY, `${by} makes ${path} read-only, which the commands of the unit name`, ways);
  }
  if (named.length > 0) return;
  const { dynamicUser, protectSystem, protectHome } = effective(unit).settings;
  if (dynamicUser)
    yield cause(
      unit,
      "DynamicUser",
      LIKELY,
      "DynamicUser= makes everything read-only except the directories of *Directory=",
      [addLines(unit, `StateDirectory=${unit.path.name?.replace(/[@.].*$/, "") ?? "NAME"}`)],
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
  if (linesOf(unit, "ReadOnlyPaths").length > 0)
    yield cause(unit, "ReadOnlyPaths", POSSIBLE, "ReadOnlyPaths= makes its paths read-only");
}
