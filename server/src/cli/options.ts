import { PACKAGE_LISTS, podmanInFolders, podmanInList } from "../facts/machinePodman.ts";
import { buildOf, libraryFolders, OS_RELEASE_FILES, releaseOfLibrary } from "../facts/machineTarget.ts";
import { NEWEST_PODMAN, PODMAN_VERSIONS, type PodmanVersion, podmanVersionNamed } from "../facts/podmanVersions.ts";
import { DISTRIBUTION_NAMES, oldestOf, type SystemdTarget, targetOf, targetsIn } from "../facts/targets.ts";
import { NEWEST_VERSION, OLDEST_VERSION, type SystemdVersion, VERSIONS } from "../facts/version.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { Host } from "./host.ts";
import { anyText, flag, listOption, notWord, UsageError, valued } from "./option.ts";

const FORMS = `a version from ${OLDEST_VERSION} to ${NEWEST_VERSION}, a distribution such as debian-12, or auto for this machine`;
const DEFAULT = `default: ${NEWEST_VERSION}, the newest known`;

const PODMAN_FORMS = "a version from 4.4 to 6.0, or auto for this machine";
const PODMAN_DEFAULT = "default: 6.0, the newest known";

/** The options that say which systemd reads the files, and for whom. */
export const TARGET = {
  systemd: valued("TARGET", `the systemd that the units are for: ${FORMS} (${DEFAULT})`, version, {
    words: targetNames,
  }),
  user: flag("judge them as units of the user manager, whatever the path says"),
  system: flag("judge them as units of the system manager, whatever the path says"),
};

/** The option that names the system whose units are meant. */
export const ROOT = {
  root: anyText("DIR", "look up names, and judge the files, in the system below this folder", "folders"),
};

/** The same for a command that judges for several at once. */
export const TARGETS = {
  systemd: listOption(
    "TARGET,…",
    `the systemd that the units are for: ${FORMS}; of several, findings say which of them they are about (${DEFAULT})`,
    targets,
    targetNames,
  ),
  also: listOption(
    "TARGET,…",
    "tell also what changes with these, newer ones, and which hardening they make possible",
    targets,
    targetNames,
  ),
  user: TARGET.user,
  system: TARGET.system,
};

/** The option that says which podman reads quadlets. */
export const PODMAN = {
  podman: valued("VERSION", `the podman that quadlets are for: ${PODMAN_FORMS} (${PODMAN_DEFAULT})`, podmanVersion, {
    words: podmanNames,
  }),
};

/** The option of what is compared with it. */
export const ALSO_PODMAN = {
  also: listOption(
    "VERSION,…",
    "print what changes with these versions of podman, as a unified diff of the services that they make of quadlets",
    (written, name, host) =>
      (written ?? "").split(",").flatMap((it) => (it === "" ? [] : podmanVersion(it, name, host))),
    podmanNames,
  ),
};

function podmanNames(): string[] {
  return ["auto", ...PODMAN_VERSIONS.map((it) => it.toFixed(1))];
}

/** The podman of an option; throws UsageError for what is none. */
function podmanVersion(written: string | undefined, name: string, host: Host): PodmanVersion {
  if (written === undefined) return NEWEST_PODMAN;
  if (written === "auto") return machinePodman(host) ?? NEWEST_PODMAN;
  const version = podmanVersionNamed(written);
  if (version === undefined)
    throw new UsageError(`--${name} takes ${PODMAN_FORMS}, ${notWord(written, podmanNames())}`);
  return version;
}

/** The podman of this machine, as its lists of packages tell; nothing is run. */
function machinePodman(host: Host): PodmanVersion | undefined {
  const lists = [PACKAGE_LISTS.dpkg, PACKAGE_LISTS.apk].filter((it) => host.kind(it) === "file");
  const found = lists.map((it) => podmanInList(decodeUtf8(host.read(it)))).find((it) => it !== undefined);
  return found ?? podmanInFolders(namesIn(host, PACKAGE_LISTS.pacman));
}

/** Whose manager the units are for, where the options say it; throws UsageError where they say both. */
export function scopeOf({ user, system }: Readonly<Record<"user" | "system", boolean>>): "system" | "user" | undefined {
  if (user && system) throw new UsageError("--user and --system exclude each other");
  return user ? "user" : system ? "system" : undefined;
}

/** The profiles that add something. */
export const PROFILES = ["basic", "strict", "isolated"] as const;

/** What stands for a target, for the completion of a shell. */
export function targetNames(): string[] {
  return ["auto", ...VERSIONS.map(String), ...DISTRIBUTION_NAMES];
}

/** Of several the oldest, which what is written for all of them has to suit. */
function version(written: string | undefined, name: string, host: Host): SystemdVersion {
  return mainVersion(targets(written, name, host));
}

/** The targets of a list with commas; throws UsageError for what is none. */
function targets(written: string | undefined, name: string, host: Host): readonly SystemdTarget[] {
  if (written === undefined) return [];
  if (written === "auto") return [machineTarget(host)];
  const { targets: found, unknown } = targetsIn(written);
  if (unknown.length > 0 || found.length === 0)
    throw new UsageError(`--${name} takes ${FORMS}, ${notWord(unknown[0] ?? written, targetNames())}`);
  return found;
}

/** What files are read for: the oldest of the targets, the newest version where none is named. */
export const mainVersion = (named: readonly SystemdTarget[]): SystemdVersion =>
  oldestOf(named)?.version ?? NEWEST_VERSION;

/** The systemd of this machine, or the newest one where there is none. */
function machineTarget(host: Host): SystemdTarget {
  const triplets = namesIn(host, "/usr/lib").filter((it) => it.includes("-linux-"));
  const names = libraryFolders(triplets).flatMap((it) => namesIn(host, it));
  const release = names.map(releaseOfLibrary).find((it) => it !== undefined);
  if (release === undefined) return targetOf(NEWEST_VERSION);
  const path = OS_RELEASE_FILES.find((it) => host.kind(it) === "file");
  const build = buildOf(release, path === undefined ? "" : decodeUtf8(host.read(path)));
  return targetOf(Math.max(OLDEST_VERSION, Math.min(NEWEST_VERSION, build)));
}

const namesIn = (host: Host, folder: string): readonly string[] =>
  host.kind(folder) === "folder" ? host.list(folder) : [];
