import { type DirectiveName, directive, grammarIn } from "../../../catalog/catalog.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { UnitSettings } from "../../../security/settings.ts";
import { readOnlyBy } from "../../../security/world/access.ts";
import { apiCause } from "../../../security/world/protections.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { type LoadedUnit, loadedUnit } from "../../../service/loadedUnit.ts";
import { isOn, paths } from "../../../service/settings.ts";
import type { Unit } from "../../../units/unit.ts";
import { whereOf } from "../../../units/where.ts";
import { issuesOf } from "../../../values/read.ts";
import { removal } from "../../removal.ts";

const OF_IMAGES = ["RootImageOptions", "RootImagePolicy", "RootHash", "RootHashSignature", "RootVerity"] as const;
const OF_ROOTS = ["RootEphemeral", "RootDirectoryStartOnly"] as const;

/** Seen with 257: such a service starts as without these lines, and its commands see the files of the host. */
export const ownRoot: Rule = {
  code: "sandbox/no-own-root",
  needs: [...OF_IMAGES, ...OF_ROOTS, "MountAPIVFS"],
  *check(unit) {
    const subject = loadedUnit(unit);
    if (!subject) return;
    const { rootDirectory, rootImage, rootMStack } = subject.settings;
    const image = rootImage !== "";
    const root = image || rootMStack !== "" || rootDirectory !== "";
    if (!image) for (const name of OF_IMAGES) yield* lost(subject, name, "RootImage=");
    if (root) return;
    for (const name of OF_ROOTS) if (isOn(unit, name)) yield* lost(subject, name, "RootDirectory= or RootImage=");
    yield* apiFileSystems(subject);
  },
};

function* lost({ unit }: LoadedUnit, name: DirectiveName, needed: string): Iterable<Found> {
  const node = ownLast(unit, name);
  if (!node || isIgnored(unit, name, node.text)) return;
  yield {
    ...node.keySpan,
    severity: "warning",
    message: `${name}= has no effect without ${needed}: the service sees the files of the host`,
    directive: name,
    tag: "unnecessary",
    fixes: [removal(unit, name, false)],
  };
}

/** Whether a line says something that systemd does not take, of which other rules speak. */
function isIgnored(unit: Unit, name: DirectiveName, text: string): boolean {
  const row = directive("Service", name);
  const type = row && grammarIn(row, unit.version);
  return type !== undefined && issuesOf(type, text, whereOf(unit)).length > 0;
}

/** Where it also undoes something, that is the only difference that it makes. */
function* apiFileSystems({ unit, settings }: LoadedUnit): Iterable<Found> {
  const node = settings.mountApiVfs ? ownLast(unit, "MountAPIVFS") : undefined;
  if (!node || paths(unit, "TemporaryFileSystem").some((it) => API.test(it))) return;
  const opened = settings.protectSystem === "strict" && !readOnlyBy(unit, "/run/x") && !broughtAnyway(settings, unit);
  yield {
    ...node.keySpan,
    severity: opened ? "warning" : "info",
    message: `MountAPIVFS=${node.text} protects nothing without its own root directory${opened ? ", and makes /run writable, which ProtectSystem=strict closes" : ": the service sees the same files"}`,
    directive: "MountAPIVFS",
    fixes: [removal(unit, "MountAPIVFS", false)],
  };
}

/** What hides the file systems that it brings back. */
const API = /^\/(?:$|(?:proc|sys|dev|run)(?:\/|$))/;

const broughtAnyway = (settings: UnitSettings, unit: LoadedUnit["unit"]): boolean =>
  apiCause(unit, { ...settings, mountApiVfs: undefined }) !== undefined;
