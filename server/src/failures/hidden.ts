import type { DirectiveName } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { effective } from "../security/effective.ts";
import { isRoot } from "../security/settings.ts";
import { programsOf } from "../service/program.ts";
import { programFolder } from "../service/programFolder.ts";
import { type Cover, hiding, listedPath, plainPath, viewOf, wordsOf } from "../service/view.ts";
import type { Unit } from "../units/unit.ts";
import { type Cause, cause, LIKELY, linesOf, POSSIBLE, SURE } from "./cause.ts";
import { type Evidence, type Message, pathsIn, withoutStamp } from "./evidence.ts";
import { addLines, addWord, fixes, removeWord, setTo } from "./fixes.ts";
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
export function* hiddenCauses(unit: Unit, { messages, text }: Evidence): Iterable<Cause> {
  for (const message of messages) {
    for (const [words, path] of isOfSystemd(message) ? [] : UNNAMED) {
      if (words.test(message.text)) for (const it of hidersOf(unit, path)) yield { ...it, weight: it.weight - 10 };
    }
    if (message.error === undefined || !ERRORS.has(message.error) || isOfSystemd(message)) continue;
    for (const path of blamedPaths(unit, message)) {
      const found = [...hidersOf(unit, path, message)];
      yield* found;
      if (found.length === 0) yield* ownersOf(unit, path, message);
    }
    if (message.error === "ENOENT" && message.paths.length === 0) yield* unmade(unit, message, text);
  }
}

/** A message that names no path, with what is spoken of around it: a directory of the unit's own that no setting makes. */
function* unmade(unit: Unit, message: Message, text: string): Iterable<Cause> {
  const commands = programsOf(unit).flatMap((it) => it.args);
  for (const path of new Set(pathsIn([...text.split("\n").map(withoutStamp), ...commands].join("\n")))) {
    for (const it of ownersOf(unit, plainPath(path, unit.path.scope), message)) yield { ...it, weight: POSSIBLE };
  }
}

/** What hides a path from the commands of a unit, whoever looks for it. */
export function* hidersOf(unit: Unit, path: string, message?: Message): Iterable<Cause> {
  yield* devicesOf(unit, path, message?.error);
  yield* kernelFilesOf(unit, path);
  const view = viewOf(unit);
  const cover = view && (hiding(view, path) ?? view.closed.get(path));
  if (cover) {
    yield cause(
      unit,
      cover.by,
      SURE,
      `${cover.setting} hides ${path} from the commands of the unit`,
      waysToSee(unit, cover, path, message),
      lineOf(unit, cover),
    );
  }
  const { rootDirectory, rootImage } = effective(unit).settings;
  const root = rootDirectory !== "" && rootDirectory !== "/" ? "RootDirectory" : rootImage ? "RootImage" : undefined;
  if (root)
    yield cause(
      unit,
      root,
      LIKELY,
      `${root}= gives the unit its own root directory, which must contain ${path} too`,
      fixes(addWord(unit, "BindReadOnlyPaths", intoRoot(unit, path))),
    );
  const empty = linesOf(unit, "TemporaryFileSystem").find((it) =>
    wordsOf(it.text).some((word) => listedPath(word.replace(/:.*$/, ""), unit.path.scope) === "/"),
  );
  if (empty)
    yield cause(
      unit,
      "TemporaryFileSystem",
      LIKELY,
      `TemporaryFileSystem=/ hides everything except bind mounts, and ${path} is not among them`,
      fixes(addWord(unit, "BindReadOnlyPaths", intoRoot(unit, path))),
      empty,
    );
}

/** A program of the system needs its loader and libraries in a root of its own, too. */
function intoRoot(unit: Unit, path: string): string {
  const isProgram = programsOf(unit).some((it) => plainPath(it.path, unit.path.scope) === path);
  return isProgram && /^\/(?:usr\/)?s?bin\//.test(path) ? "/usr -/bin -/sbin -/lib -/lib64" : path;
}

const lineOf = (unit: Unit, { by, at }: Cover) =>
  linesOf(unit, by).find((it) =>
    wordsOf(it.text).some((word) => listedPath(word.replace(/:.*$/, ""), unit.path.scope) === at),
  );

function waysToSee(unit: Unit, { by, at }: Cover, path: string, message: Message | undefined): Fix[] {
  const bind = writes(message) ? "BindPaths" : "BindReadOnlyPaths";
  const isProgram = by === "ProtectHome" && programsOf(unit).some((it) => it.path === path);
  const place = writes(message) ? parentOf(path) : isProgram ? programFolder(path) : path;
  switch (by) {
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
      const line = linesOf(unit, by).find((it) =>
        wordsOf(it.text).some((word) => listedPath(word, unit.path.scope) === at),
      );
      const word = line && wordsOf(line.text).find((it) => listedPath(it, unit.path.scope) === at);
      if (!line || word === undefined) return [];
      const open = removeWord(unit, line, word);
      if (place === at) return fixes(open);
      return fixes(removeWord(unit, line, word, `TemporaryFileSystem=${at}:ro`, `${bind}=${place}`), open);
    }
    case "PrivateTmp":
      return [addWord(unit, bind, place), setTo(unit, "PrivateTmp", "no")];
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

function* devicesOf(unit: Unit, path: string, error: string | undefined): Iterable<Cause> {
  if (!/^\/dev\//.test(path) || USUAL_DEVICES.test(path)) return;
  const { privateDevices, devicePolicy, devices } = effective(unit).settings;
  if (privateDevices)
    yield cause(unit, "PrivateDevices", SURE, `PrivateDevices= removes real devices such as ${path} from /dev`, [
      addLines(unit, `BindPaths=${path}`, `DeviceAllow=${path} rw`),
      setTo(unit, "PrivateDevices", "no"),
    ]);
  else if ((error === "EPERM" || error === undefined) && (devicePolicy !== "auto" || devices.length > 0)) {
    const by: DirectiveName = linesOf(unit, "DevicePolicy").length > 0 ? "DevicePolicy" : "DeviceAllow";
    yield cause(unit, by, SURE, `${by}= allows only the devices that the unit lists, and ${path} is not listed`, [
      addLines(unit, `DeviceAllow=${path} rw`),
    ]);
  }
}

function* kernelFilesOf(unit: Unit, path: string): Iterable<Cause> {
  const it = effective(unit).settings;
  if (it.procSubset === "pid" && /^\/proc\/(?!\d|self|thread-self)/.test(path))
    yield cause(unit, "ProcSubset", SURE, `ProcSubset=pid shows only processes in /proc, so that ${path} is missing`, [
      setTo(unit, "ProcSubset", "all"),
    ]);
  if (it.protectProc !== "default" && /^\/proc\/\d/.test(path))
    yield cause(unit, "ProtectProc", LIKELY, `ProtectProc=${it.protectProc} hides the processes of other users`, [
      setTo(unit, "ProtectProc", "default"),
    ]);
  if (it.protectKernelModules && /^(?:\/usr)?\/lib\/modules(?:\/|$)/.test(path))
    yield cause(unit, "ProtectKernelModules", SURE, `ProtectKernelModules= makes ${path} inaccessible`, [
      setTo(unit, "ProtectKernelModules", "no"),
    ]);
  if (it.protectKernelLogs && /^\/(?:dev|proc)\/kmsg$/.test(path))
    yield cause(unit, "ProtectKernelLogs", SURE, `ProtectKernelLogs= makes ${path} inaccessible`, [
      setTo(unit, "ProtectKernelLogs", "no"),
    ]);
  if (it.protectKernelTunables && /^\/proc\/(?:kallsyms|kcore)$/.test(path))
    yield cause(unit, "ProtectKernelTunables", SURE, `ProtectKernelTunables= makes ${path} inaccessible`, [
      setTo(unit, "ProtectKernelTunables", "no"),
    ]);
}

/** Nothing hides the path: it is missing, or the user of the unit may not go there. */
function* ownersOf(unit: Unit, path: string, message: Message): Iterable<Cause> {
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
