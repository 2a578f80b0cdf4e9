import type { DirectiveName } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { effective } from "../security/effective.ts";
import { isRoot } from "../security/settings.ts";
import { type Cover, hiddenBy } from "../security/world/access.ts";
import { folderOf } from "../service/facts.ts";
import { normalPath } from "../service/paths.ts";
import { programsOf } from "../service/program.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE, SURE } from "./cause.ts";
import { type Evidence, type Message, pathsIn } from "./evidence.ts";
import { addSettings, addWord, fixes, removeWord, setTo } from "./fixes.ts";
import { withoutStamp } from "./logLines.ts";
import { CREDENTIAL } from "./opened.ts";
import { blamedPaths, declaration, isOfSystemd, parentOf } from "./places.ts";

const ERRORS = new Set(["ENOENT", "EACCES", "EPERM", "ENOTDIR", "ENXIO", "ENODEV"]);

/** Files that programs read without naming them, by what they say where these are missing. */
const UNNAMED = [
  [/unknown (?:user|group)|no such (?:user|group)|getpwnam|getgrnam|user .* not found/i, "/etc/passwd"],
  [/name resolution|name or service not known|could not resolve|getaddrinfo E/i, "/etc/resolv.conf"],
  [/certificate (?:verify|verification) failed|issuer certificate/i, "/etc/ssl/certs"],
  [/connect\w* to (?:the )?(?:system |message )*(?:d-?)?bus/i, "/run/dbus/system_bus_socket"],
] as const;

/** What hides the paths that a program did not find or may not touch. */
export function* hiddenCauses(unit: Unit, { messages, text }: Evidence): Iterable<CausingSetting> {
  for (const message of messages) {
    for (const [words, path] of isOfSystemd(message) ? [] : UNNAMED) {
      if (words.test(message.text)) for (const it of hidersOf(unit, path)) yield { ...it, weight: it.weight - 10 };
    }
    if (message.error === undefined || !ERRORS.has(message.error) || isOfSystemd(message)) continue;
    // Those of the service itself are in sight: missingCredentials() knows why one is not there.
    for (const path of blamedPaths(message).filter((it) => !CREDENTIAL.test(it))) {
      const found = [...hidersOf(unit, path, message)];
      yield* found;
      if (found.length === 0) yield* ownersOf(unit, path, message);
    }
    if (message.error === "ENOENT" && message.paths.length === 0) yield* unmade(unit, message, text);
  }
}

/** A message that names no path, with what is spoken of around it: a directory of the unit's own that no setting makes. */
function* unmade(unit: Unit, message: Message, text: string): Iterable<CausingSetting> {
  const commands = programsOf(unit).flatMap((it) => it.args);
  for (const path of new Set(pathsIn([...text.split("\n").map(withoutStamp), ...commands].join("\n")))) {
    for (const it of ownersOf(unit, normalPath(unit, path) ?? path, message)) yield { ...it, weight: POSSIBLE };
  }
}

/** What hides a path from the commands of a unit, for any user. */
export function* hidersOf(unit: Unit, path: string, message?: Message): Iterable<CausingSetting> {
  const { protectProc, rootDirectory, rootImage } = effective(unit).settings;
  const cover = hiddenBy(unit, path);
  if (cover) {
    const ways = waysToSee(unit, cover, path, message);
    yield cause(unit, cover.by.directive, SURE, whyHidden(cover, path), ways, cover.by.node);
  } else yield* deniedDevices(unit, path, message?.error);
  if (protectProc !== "default" && /^\/proc\/\d/.test(path))
    yield cause(unit, "ProtectProc", LIKELY, `ProtectProc=${protectProc} hides the processes of other users`, [
      setTo(unit, "ProtectProc", "default"),
    ]);
  const root = rootDirectory !== "" && rootDirectory !== "/" ? "RootDirectory" : rootImage ? "RootImage" : undefined;
  if (root && !cover)
    yield cause(
      unit,
      root,
      LIKELY,
      `${root}= gives the unit its own root directory, which must contain ${path} too`,
      fixes(addWord(unit, "BindReadOnlyPaths", intoRoot(unit, path))),
    );
}

/** A program of the system needs its loader and libraries in its own root directory, too. */
function intoRoot(unit: Unit, path: string): string {
  const isProgram = programsOf(unit).some((it) => normalPath(unit, it.path) === path);
  return isProgram && /^\/(?:usr\/)?s?bin\//.test(path) ? "/usr -/bin -/sbin -/lib -/lib64" : path;
}

function whyHidden({ by, setting, at, mode }: Cover, path: string): string {
  if (mode === "private-dev") return `${by.directive}= removes real devices such as ${path} from /dev`;
  if (mode === "procfs") return `${setting} shows only processes in /proc, so that ${path} is missing`;
  if (at === "/" && mode === "tmpfs")
    return `${setting} hides everything except bind mounts, and ${path} is not among them`;
  return `${setting} hides ${path} from the commands of the unit`;
}

function waysToSee(unit: Unit, { by, at, mode }: Cover, path: string, message: Message | undefined): Fix[] {
  const bind = writes(message) ? "BindPaths" : "BindReadOnlyPaths";
  const isProgram = by.directive === "ProtectHome" && programsOf(unit).some((it) => it.path === path);
  const place = writes(message) ? parentOf(path) : isProgram ? folderOf(path) : path;
  if (mode === "private-dev")
    return [addSettings(unit, `BindPaths=${path}`, `DeviceAllow=${path} rw`), setTo(unit, by.directive, "no")];
  if (at === "/" && mode === "tmpfs") return [addWord(unit, "BindReadOnlyPaths", intoRoot(unit, path))];
  switch (by.directive) {
    case "ProtectHome": {
      const { protectHome } = effective(unit).settings;
      if (protectHome === "tmpfs") return [addWord(unit, bind, place), setTo(unit, "ProtectHome", "read-only")];
      return [
        setTo(unit, "ProtectHome", "tmpfs", `${bind}=${place}`),
        setTo(unit, "ProtectHome", writes(message) ? "no" : "read-only"),
      ];
    }
    case "InaccessiblePaths":
    case "InaccessibleDirectories": {
      if (!by.node) return [];
      const open = removeWord(unit, by.node, by.value);
      if (place === at) return fixes(open);
      return fixes(removeWord(unit, by.node, by.value, `TemporaryFileSystem=${at}:ro`, `${bind}=${place}`), open);
    }
    case "PrivateTmp":
      return [addWord(unit, bind, place), setTo(unit, "PrivateTmp", "no")];
    case "ProcSubset":
      return [setTo(unit, "ProcSubset", "all")];
    case "ProtectKernelModules":
    case "ProtectKernelLogs":
    case "ProtectKernelTunables":
      return [setTo(unit, by.directive, "no")];
    default:
      return [addWord(unit, bind, place)];
  }
}

/** Whether a message is about making or writing a file. */
const writes = (message: Message | undefined): boolean =>
  message !== undefined &&
  (/creat|writ|touch|mkdir|append|save|bind|unlink|remov|renam/i.test(message.text) ||
    message.paths.some((it) => /^\/var\/log\/|\.(?:log|pid|lock)$/.test(it)));

/** Devices that every service has. */
const USUAL_DEVICES =
  /^\/dev\/(?:null|zero|full|random|urandom|tty|ptmx|pts|shm|mqueue|hugepages|fd|stdin|stdout|stderr|log)(?:\/|$)/;

function* deniedDevices(unit: Unit, path: string, error: string | undefined): Iterable<CausingSetting> {
  const { devicePolicy, devices } = effective(unit).settings;
  if (!/^\/dev\//.test(path) || USUAL_DEVICES.test(path) || (devicePolicy === "auto" && devices.length === 0)) return;
  if (error !== "EPERM" && error !== undefined) return;
  const by: DirectiveName = linesToBlame(unit, "DevicePolicy").length > 0 ? "DevicePolicy" : "DeviceAllow";
  yield cause(unit, by, SURE, `${by}= allows only the devices that the unit lists, and ${path} is not listed`, [
    addSettings(unit, `DeviceAllow=${path} rw`),
  ]);
}

/** Nothing hides the path: it is missing, or the user of the unit may not go there. */
function* ownersOf(unit: Unit, path: string, message: Message): Iterable<CausingSetting> {
  const { user, dynamicUser } = effective(unit).settings;
  const declared = declaration(unit, path, message);
  const personal = dynamicUser || (user !== "" && !isRoot(user));
  if (message.error === "ENOENT" && declared) {
    const [line = ""] = declared.sets ?? [];
    const directive = line.slice(0, line.indexOf("=")) as DirectiveName;
    const reason = `${path} is missing, and no setting of the unit creates its directory`;
    yield { ...cause(unit, directive, LIKELY, reason, [declared]), setting: `${directive}=`, origin: undefined };
  }
  if ((message.error !== "EACCES" && message.error !== "EPERM") || !personal) return;
  const by = dynamicUser ? "DynamicUser" : "User";
  const who = dynamicUser ? "a dynamic user" : user;
  yield cause(
    unit,
    by,
    declared ? LIKELY + 10 : LIKELY,
    `${by}= runs the commands as ${who}, which may not access ${path} unless it belongs to that user`,
    fixes(declared),
  );
}
