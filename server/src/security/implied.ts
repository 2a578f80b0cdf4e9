import type { DirectiveName } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import { sectionsFor, type Unit } from "../units/unit.ts";
import { effective, writtenSettings } from "./effective.ts";
import type { UnitSettings } from "./settings.ts";

/** A setting that no line makes, because another one brings it along. */
export interface ImpliedSetting {
  readonly section: SectionName;
  readonly directive: DirectiveName;
  /** The value as it could be written. */
  readonly value: string;
  /** The directive that brings it. */
  readonly by: DirectiveName;
  /** Whether it is taken away from what the lines say, as of a list, and is no whole value. */
  readonly partial?: true;
}

type Implication = Omit<ImpliedSetting, "section" | "value"> & {
  /** The value in force, compared before and after; undefined where nothing is set. */
  readonly value: (settings: UnitSettings) => string | undefined;
};

const yes = (set: boolean): string | undefined => (set ? "yes" : undefined);

const SCALARS: readonly Implication[] = [
  { directive: "User", by: "DynamicUser", value: ({ user }) => user },
  { directive: "Group", by: "DynamicUser", value: ({ group }) => group },
  { directive: "PrivateTmp", by: "DynamicUser", value: ({ privateTmp }) => privateTmp },
  { directive: "RemoveIPC", by: "DynamicUser", value: ({ removeIpc }) => yes(removeIpc) },
  { directive: "ProtectSystem", by: "DynamicUser", value: ({ protectSystem }) => protectSystem },
  { directive: "ProtectHome", by: "DynamicUser", value: ({ protectHome }) => protectHome },
  { directive: "NoNewPrivileges", by: "DynamicUser", value: ({ noNewPrivileges }) => yes(noNewPrivileges) },
  { directive: "RestrictSUIDSGID", by: "DynamicUser", value: ({ restrictSuidSgid }) => yes(restrictSuidSgid) },
  { directive: "DevicePolicy", by: "PrivateDevices", value: ({ devicePolicy }) => devicePolicy },
];

const CAPABILITIES: readonly {
  readonly by: DirectiveName;
  readonly value: string;
  readonly holds: (settings: UnitSettings) => boolean;
}[] = [
  { by: "PrivateDevices", value: "~CAP_MKNOD CAP_SYS_RAWIO", holds: (it) => it.privateDevices },
  { by: "ProtectKernelModules", value: "~CAP_SYS_MODULE", holds: (it) => it.protectKernelModules },
  { by: "ProtectKernelLogs", value: "~CAP_SYSLOG", holds: (it) => it.protectKernelLogs },
  { by: "ProtectClock", value: "~CAP_SYS_TIME CAP_WAKE_ALARM", holds: (it) => it.protectClock },
];

/**
 * What the settings of a unit bring along beside what its lines say, as systemd adds it when it has read them all; none for
 * units that run no program. Follows unit_patch_contexts(), systemd 257 to 262, by way of `patch`.
 */
export function impliedSettings(unit: Unit): readonly ImpliedSetting[] {
  const [, section] = sectionsFor(unit);
  if (!section || !["Service", "Socket", "Mount", "Swap"].includes(section)) return [];
  const [before, { settings: after }] = [writtenSettings(unit), effective(unit)];
  const scalars = SCALARS.flatMap(({ directive, by, value }) => {
    const now = value(after);
    return now === undefined || now === value(before) ? [] : [{ section, directive, by, value: now }];
  });
  const dropped = CAPABILITIES.filter(({ holds }) => holds(after)).map(({ by, value }) => ({
    section,
    directive: "CapabilityBoundingSet" as const,
    by,
    value,
    partial: true as const,
  }));
  return [...scalars, ...dropped];
}
