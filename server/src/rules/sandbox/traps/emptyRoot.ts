import type { DirectiveName } from "../../../catalog/catalog.ts";
import { insertAfter } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Settings } from "../../../security/settings.ts";
import { hasEmptyRoot } from "../../../service/effective.ts";
import { linesBehind, placeOfWord } from "../../../service/linePlaces.ts";
import { paths, text } from "../../../service/settings.ts";
import { ownLast, systemService } from "../../../service/subject.ts";
import { ancestors, madeBy, plainPath, wordsOf } from "../../../service/view.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { ownFile, type Unit, valuesInForce } from "../../../units/unit.ts";
import type { Rule } from "../../rule.ts";

const page = "systemd.exec(5)";

/** Seen with 257 and 262, where systemd.exec(5) says that MountAPIVFS= has no effect without a root of its own. */
export const emptyRoot: Rule = {
  code: "sandbox/empty-root",
  title: "Empty root directory without /proc and /dev",
  why: "TemporaryFileSystem=/ hides everything of the host, including /proc, /dev and /run: there is no /dev/null and no /proc/self, which most programs need. MountAPIVFS=yes mounts them.",
  page,
  bad: { text: "[Service]\nExecStart=/usr/bin/d\nTemporaryFileSystem=/:ro\nBindReadOnlyPaths=/usr /lib /lib64\n" },
  good: {
    text: "[Service]\nExecStart=/usr/bin/d\nTemporaryFileSystem=/:ro\nBindReadOnlyPaths=/usr /lib\nMountAPIVFS=yes\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/d\nTemporaryFileSystem=/:ro\nBindReadOnlyPaths=/usr /proc /dev\n" },
    { text: "[Service]\nExecStart=/usr/bin/d\nTemporaryFileSystem=/:ro\nProtectKernelTunables=yes\n" },
    { text: "[Service]\nExecStart=/usr/bin/d\nTemporaryFileSystem=/srv\n" },
  ],
  *check(unit) {
    const subject = systemService(unit);
    const values = valuesInForce(unit, "Service", "TemporaryFileSystem");
    const word = values.flatMap(wordsOf).find((it) => /^\/+(?::|$)/.test(it));
    if (
      !subject ||
      word === undefined ||
      !hasEmptyRoot(unit) ||
      bringsKernel(subject.settings) ||
      subject.settings.mountApiVfs
    )
      return;
    if (["RootDirectory", "RootImage", "RootMStack"].some((it) => subject.settings.present.has(it))) return;
    if (text(unit, "RootDirectory") !== undefined || text(unit, "RootImage") !== undefined) return;
    if (paths(unit, "BindPaths", "BindReadOnlyPaths").some((it) => /^\/(?:proc|dev)(?:\/|$)/.test(it))) return;
    const place = placeOfWord(unit, "TemporaryFileSystem", word);
    if (!place) return;
    const left = subject.settings.privateDevices ? "no /proc" : "no /proc, no /dev/null";
    yield {
      ...place.span,
      severity: "warning",
      message: `TemporaryFileSystem=/ leaves ${left} and no /run of the host: MountAPIVFS=yes mounts them`,
      directive: "TemporaryFileSystem",
      fixes: adding(unit, place.node, "MountAPIVFS", "yes"),
    };
  },
};

/** A line behind another, where nothing that systemd reads later replaces it. */
function adding(unit: Unit, node: Assignment, name: DirectiveName, value: string): readonly Fix[] {
  if (linesBehind(unit, name, node).length > 0) return [];
  const line = `${name}=${value}`;
  const edits = () => [insertAfter(ownFile(unit), node, [line])];
  return [{ title: `Add ${line}`, safe: false, sets: [line], edits }];
}

/** Whether settings mount the file systems of the kernel whatever MountAPIVFS= says. */
export function bringsKernel(settings: Settings): boolean {
  return kernelMounter(settings) !== undefined;
}

/** The setting that does, as far as one does. Follows namespace_parameters_mount_apivfs(), systemd 257. */
export function kernelMounter(settings: Settings): string | undefined {
  if (settings.protectKernelTunables) return "ProtectKernelTunables=";
  if (settings.protectControlGroups !== "no") return "ProtectControlGroups=";
  if (settings.protectProc !== "default") return "ProtectProc=";
  if (settings.procSubset !== "all") return "ProcSubset=";
  return settings.privatePids === "no" ? undefined : "PrivatePIDs=";
}

/** Seen with 257: the user of the service writes there, and runs what it has written. */
export const writableRoot: Rule = {
  code: "sandbox/writable-root",
  title: "Root directory writable by the service",
  why: "A directory of RuntimeDirectory= or similar settings belongs to the user of the service: as RootDirectory= it lets the service create and run its own files. ProtectSystem=strict or ReadOnlyPaths=+/ makes it read-only; without the + the latter means the root directory of the host.",
  page,
  bad: {
    text: "[Service]\nExecStart=/usr/bin/d\nUser=d\nRuntimeDirectory=d\nRootDirectory=/run/d\nBindReadOnlyPaths=/usr\n",
  },
  good: {
    text: "[Service]\nExecStart=/usr/bin/d\nUser=d\nRuntimeDirectory=d\nRootDirectory=/run/d\nBindReadOnlyPaths=/usr\nReadOnlyPaths=+/\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/d\nUser=d\nRootDirectory=/srv/root\n" },
    { text: "[Service]\nExecStart=/usr/bin/d\nDynamicUser=yes\nRuntimeDirectory=d\nRootDirectory=/run/d\n" },
  ],
  *check(unit) {
    const subject = systemService(unit);
    const root = subject && text(unit, "RootDirectory");
    if (!subject || root === undefined || subject.settings.protectSystem === "strict") return;
    const path = plainPath(root, "system");
    const owner = DIRECTORIES.find((name) =>
      valuesInForce(unit, "Service", name)
        .flatMap(wordsOf)
        .some((word) => madeBy(name, word).some((it) => it === path || ancestors(path).includes(it))),
    );
    const node = owner && ownLast(subject, "RootDirectory");
    if (
      !node ||
      valuesInForce(unit, "Service", "ReadOnlyPaths")
        .flatMap(wordsOf)
        .some((it) => /^-?\+\/+$/.test(it))
    )
      return;
    yield {
      ...node.valueSpan,
      severity: "info",
      message: `RootDirectory= is a directory of ${owner}=, which the service can write: it can create files in its root directory and run them`,
      directive: "RootDirectory",
      fixes: adding(unit, node, "ProtectSystem", "strict"),
    };
  },
};

const DIRECTORIES = ["RuntimeDirectory", "StateDirectory", "CacheDirectory", "LogsDirectory"] as const;
