import type { DirectiveName } from "../../../catalog/catalog.ts";
import { insertAfter } from "../../../findings/edits.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { CALLS_OF_ROOT, UNUSUAL_CALLS } from "../../../needs/usualValues.ts";
import { hasNative } from "../../../security/callSet.ts";
import { hasCapability, numberOf } from "../../../security/capabilitySet.ts";
import { runsAsRoot, type UnitSettings } from "../../../security/settings.ts";
import { isOwn, linesBehind, ownLast } from "../../../service/linePlaces.ts";
import { type LoadedUnit, systemService } from "../../../service/loadedUnit.ts";
import { lastLine, valuesOf } from "../../../service/settings.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { memo } from "../../../units/memo.ts";
import { ownFile } from "../../../units/unit.ts";

const SYS_ADMIN = numberOf("CAP_SYS_ADMIN");

const PROTECTIONS = [
  "ProtectSystem",
  "ProtectHome",
  "ReadOnlyPaths",
  "InaccessiblePaths",
  "ProtectKernelTunables",
  "ProtectControlGroups",
  "PrivateDevices",
] as const satisfies readonly DirectiveName[];

/** Seen with 257: such a service remounted / writable under ProtectSystem=strict, and could not once @mount was denied. */
export const undoable: Rule = {
  code: "sandbox/undoable",
  needs: PROTECTIONS,
  *check(unit) {
    const subject = systemService(unit);
    if (!subject || !canMount(subject.settings) || !meansToRestrict(subject)) return;
    const line = protectionOf(subject);
    if (!line) return;
    yield {
      ...line.keySpan,
      severity: isNeeded(subject) ? "hint" : "info",
      message: `${line.key}= can be undone by the service: it keeps CAP_SYS_ADMIN, and no filter denies mount calls`,
      directive: line.key,
      fixes: denyMounting(subject, line),
    };
  },
};

/** Capabilities of a user namespace do not count for the mounts of systemd, which belong to the host's. */
function canMount(settings: UnitSettings): boolean {
  const { boundingSet, ambientSet, privateUsers, systemCalls, version } = settings;
  if (privateUsers !== "no" || !hasCapability(boundingSet, SYS_ADMIN)) return false;
  if (!runsAsRoot(settings) && !hasCapability(ambientSet, SYS_ADMIN)) return false;
  return !systemCalls || hasNative("mount", systemCalls.members, true, version) === systemCalls.allow;
}

/** Whether the unit takes rights from the service; one that manages control groups of its own manages mounts, too. */
function meansToRestrict(subject: LoadedUnit): boolean {
  if (subject.settings.delegate) return false;
  const set = valuesOf(subject.unit, "CapabilityBoundingSet");
  return set.length > 0 || filtersGroups(valuesOf(subject.unit, "SystemCallFilter")) || isGiven(subject);
}

/** Whether the unit says that the service has to mount, by the capability or by the calls. */
function isNeeded(subject: LoadedUnit): boolean {
  const [first] = valuesOf(subject.unit, "CapabilityBoundingSet");
  const listed = first !== undefined && !first.startsWith("~");
  return listed || allowsMounting(valuesOf(subject.unit, "SystemCallFilter")) || isGiven(subject);
}

/** Whether a service that is not root is given the capability: all other rights were taken from it. */
const isGiven = ({ settings }: LoadedUnit): boolean => hasCapability(settings.ambientSet, SYS_ADMIN);

/** A filter of one call or two is about these alone; one of groups that no service needs says nothing of what this one may do. */
const filtersGroups = memo((filter: readonly string[]): boolean =>
  filter.flatMap((it) => it.replace(/^~/, "").split(/\s+/)).some((it) => it.startsWith("@") && !isUnusual(it)),
);

const isUnusual = (group: string): boolean => [...UNUSUAL_CALLS, ...CALLS_OF_ROOT].some((it) => it === group);

/** Whether a filter names the calls of mounts. */
const allowsMounting = memo((filter: readonly string[]): boolean =>
  filter.some((it) => /^(?!~)(?:.*\s)?@?mount(?:\s|$)/.test(it)),
);

function protectionOf(subject: LoadedUnit): Assignment | undefined {
  const { settings } = subject;
  const on: Readonly<Record<(typeof PROTECTIONS)[number], boolean>> = {
    ProtectSystem: settings.protectSystem !== "no",
    ProtectHome: settings.protectHome !== "no",
    ReadOnlyPaths: settings.present.has("ReadOnlyPaths"),
    InaccessiblePaths: settings.present.has("InaccessiblePaths"),
    ProtectKernelTunables: settings.protectKernelTunables,
    ProtectControlGroups: settings.protectControlGroups !== "no",
    PrivateDevices: settings.privateDevices,
  };
  for (const name of PROTECTIONS) {
    const line = on[name] ? lastLine(subject.unit, name) : undefined;
    if (line) return isOwn(subject.unit, line) ? line : undefined;
  }
  return undefined;
}

function denyMounting(subject: LoadedUnit, line: Assignment): readonly Fix[] {
  const { systemCallArchitectures } = subject.settings;
  const filter = ["SystemCallFilter=~@mount"];
  if (systemCallArchitectures.size === 0) filter.push("SystemCallArchitectures=native");
  const anchor = ownLast(subject.unit, "SystemCallFilter") ?? ownLast(subject.unit, "CapabilityBoundingSet") ?? line;
  // In front of an allow list it would turn that into a deny list.
  if (linesBehind(subject.unit, "SystemCallFilter", anchor).length > 0) return [];
  const edits = () => [insertAfter(ownFile(subject.unit), anchor, filter)];
  return [
    {
      title: "Add SystemCallFilter=~@mount, which breaks a service that mounts or changes its root",
      safe: false,
      edits,
    },
  ];
}
