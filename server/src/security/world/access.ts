import { DIRECTORY_SETTINGS } from "../../units/directories.ts";
import { memo } from "../../units/memo.ts";
import { expandPath } from "../../units/specifiers.ts";
import type { Unit } from "../../units/unit.ts";
import { effective } from "../effective.ts";
import { type Cause, causeText } from "./cause.ts";
import type { MountEntry } from "./entry.ts";
import { isAbsent } from "./mounts.ts";
import { isWritable, noexecAt, type Reached, reach, type ServiceWorld, serviceWorld } from "./world.ts";

/** What a service has at a path instead of the files of the host. */
export interface Cover {
  readonly by: Cause;
  /** As a message names it: `ProtectHome=yes`, `TemporaryFileSystem=/opt`. */
  readonly setting: string;
  /** The path that is made inaccessible, or that has a new file system on it. */
  readonly at: string;
  readonly mode: MountEntry["mode"];
  /** Whether `at` is the path itself. */
  readonly isItself: boolean;
}

/**
 * What hides a path from the commands of a service, as the unit writes it out: something closes it or a directory above it,
 * or a new file system is there and has no such file. Undefined where it is in sight, or where that cannot be known.
 */
export function hiddenBy(unit: Unit, written: string): Cover | undefined {
  const reached = mayCover(unit, written) ? reachIn(unit, written) : undefined;
  return reached?.isGone ? coverOf(reached) : undefined;
}

/** What keeps the files that a service has at a path from everybody else. */
export function privateBy(unit: Unit, written: string): Cover | undefined {
  const reached = mayCover(unit, written) ? reachIn(unit, written) : undefined;
  return reached && coverOf(reached);
}

/** What makes a path read-only that the service sees, or where it would make a file. */
export function readOnlyBy(unit: Unit, written: string): Cause | undefined {
  const reached = mayClose(unit) ? reachIn(unit, written) : undefined;
  if (!reached || reached.unknownBy) return undefined;
  const { content, mount } = reached;
  if (content.kind === "mount" && content.mount.mode === "inaccessible") return undefined;
  return isWritable(reached) ? undefined : (mount?.readOnly ?? mount?.by);
}

/** What keeps programs from being started from a path that the service sees. */
export function noexecBy(unit: Unit, written: string): Cause | undefined {
  const reached = reachIn(unit, written);
  if (!reached || reached.unknownBy || reached.isGone) return undefined;
  return noexecAt(reached.content, reached.mount);
}

/** A cause as a message about read-only paths names it: with its value where that is a word of its own. */
export const causeName = (by: Cause): string =>
  by.directive.startsWith("Protect") ? causeText(by) : `${by.directive}=`;

function reachIn(unit: Unit, written: string): (Reached & { readonly isGone: boolean }) | undefined {
  const path = expandPath(unit, written);
  const world = path === undefined ? undefined : serviceWorld(unit);
  if (!world || path === undefined) return undefined;
  const reached = reach(world, path);
  return Object.assign({}, reached, { isGone: isGone(world, reached) });
}

const isGone = ({ files }: ServiceWorld, { content, real }: Reached): boolean =>
  content.kind === "mount" && (content.mount.mode === "inaccessible" || isAbsent(files, content, real));

function coverOf({ content, real, unknownBy }: Reached): Cover | undefined {
  if (content.kind === "host" || unknownBy) return undefined;
  const { by, path: at, mode } = content.mount;
  // No service starts whose whole root is closed (226/NAMESPACE, seen with 257).
  if (at === "/" && mode === "inaccessible") return undefined;
  return { by, setting: coverText(by), at, mode, isItself: at === real };
}

/** A cause with its value, of a list with the path alone: `ProtectHome=yes`, `TemporaryFileSystem=/opt`. */
export function coverText(by: Cause): string {
  const listed = /^-?\+?(\/[^:]*|%[^:]+)/.exec(by.value)?.[1];
  return listed === undefined ? causeText(by) : `${by.directive}=${listed}`;
}

/** Whether some setting may hide a path: most units have none, and their worlds need not be built. */
export const mayHide = memo((unit: Unit): boolean => {
  const { settings } = effective(unit);
  const { present, protectHome } = settings;
  return (
    protectHome === "yes" ||
    protectHome === "tmpfs" ||
    settings.privateTmp !== "no" ||
    settings.privateDevices ||
    settings.privateIpc ||
    settings.procSubset !== "all" ||
    settings.privateBpf === "yes" ||
    settings.protectKernelTunables ||
    settings.protectKernelModules ||
    settings.protectKernelLogs ||
    settings.rootDirectory !== "" ||
    present.has("InaccessiblePaths") ||
    present.has("TemporaryFileSystem") ||
    present.has("IPCNamespacePath") ||
    present.has("ImportCredential") ||
    settings.loadCredentials.size + settings.setCredentials.size > 0
  );
});

/** Where only settings that name paths put anything: no switch touches these directories. */
const UNTOUCHED = /^\/(?:(?:usr\/)?s?bin|usr\/(?:local|libexec|share)|opt)\/(?!.*(?:\/\.|%))/s;

/** Whether some setting may put anything over a path; where programs are, that is seldom, and the world need not be built. */
const mayCover = (unit: Unit, written: string): boolean =>
  mayHide(unit) && (namesPaths(unit) || !UNTOUCHED.test(written));

const namesPaths = memo((unit: Unit): boolean => {
  const { present, rootDirectory, rootImage, rootMStack, mountImages } = effective(unit).settings;
  return rootDirectory + rootImage + rootMStack !== "" || mountImages > 0 || NAMING_PATHS.some((it) => present.has(it));
});

const NAMING_PATHS = [
  ...["ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths", "ExecPaths", "NoExecPaths", "BindPaths"],
  ...["TemporaryFileSystem", "ExtensionImages", "ExtensionDirectories", "BindReadOnlyPaths"],
];

/** Whether some setting may make a path read-only. */
export const mayClose = memo((unit: Unit): boolean => {
  const { settings } = effective(unit);
  const { present } = settings;
  return (
    mayHide(unit) ||
    settings.protectSystem !== "no" ||
    settings.protectHome !== "no" ||
    settings.protectControlGroups !== "no" ||
    settings.protectHostname !== "no" ||
    ["ReadOnlyPaths", "BindPaths", "LogNamespace", "NetworkNamespacePath", ...DIRECTORY_SETTINGS].some((it) =>
      present.has(it),
    ) ||
    settings.bindLogSockets === true
  );
});
