import { type Directive, directive, isIgnored, isRead } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { byVersion, type SystemdVersion } from "../../facts/version.ts";
import { lazy } from "../../text/tables.ts";
import { withOldName } from "../../units/oldNames.ts";
import type { Assign, Assignments } from "./assign.ts";
import { ADDRESS_ASSIGNMENTS } from "./assignAddresses.ts";
import { CAPABILITY_ASSIGNMENTS } from "./assignCapabilities.ts";
import { SERVICE_COMMANDS, SOCKET_COMMANDS, UNIT_DEPENDENCIES } from "./assignCommands.ts";
import { CREDENTIAL_ASSIGNMENTS, DEVICE_ASSIGNMENTS } from "./assignDevices.ts";
import { IDENTITY_ASSIGNMENTS, SOCKET_OWNERS } from "./assignIdentity.ts";
import { REFUSED_ONCE } from "./assignOlder.ts";
import { FILTER_PATHS, PATH_ASSIGNMENTS, SERVICE_PATHS } from "./assignPaths.ts";
import { RESTRICT_ASSIGNMENTS } from "./assignRestrict.ts";
import { EXEC_SCALARS, RESOURCE_SCALARS, SERVICE_SCALARS, UNIT_SCALARS } from "./assignScalars.ts";
import { STATUS_ASSIGNMENTS } from "./assignStatuses.ts";
import { CHANGES, ELAPSE, LISTEN, NODES, SOCKET_SCALARS, WATCH } from "./assignTriggers.ts";

const RESOURCES: readonly Assignments[] = [RESOURCE_SCALARS, FILTER_PATHS, ADDRESS_ASSIGNMENTS, DEVICE_ASSIGNMENTS];

const PROGRAMS: readonly Assignments[] = [
  EXEC_SCALARS,
  PATH_ASSIGNMENTS,
  IDENTITY_ASSIGNMENTS,
  CAPABILITY_ASSIGNMENTS,
  RESTRICT_ASSIGNMENTS,
  CREDENTIAL_ASSIGNMENTS,
  REFUSED_ONCE,
  ...RESOURCES,
];

/** Every directive that counts for the exposure of a unit or for whether it loads. */
const SECTIONS: Partial<Record<SectionName, readonly Assignments[]>> = {
  Unit: [UNIT_SCALARS, UNIT_DEPENDENCIES],
  Service: [...PROGRAMS, SERVICE_SCALARS, SERVICE_COMMANDS, SERVICE_PATHS, STATUS_ASSIGNMENTS],
  Socket: [...PROGRAMS, SOCKET_COMMANDS, SOCKET_OWNERS, SOCKET_SCALARS, LISTEN],
  Timer: [ELAPSE, CHANGES],
  Path: [WATCH],
  Mount: [...PROGRAMS, NODES],
  Automount: [NODES],
  Swap: [...PROGRAMS, NODES],
  Slice: RESOURCES,
  Scope: RESOURCES,
};

const tables = byVersion(
  (version) =>
    new Map(
      Object.entries(SECTIONS).map(([section, assignments]) => [
        section,
        lazy(() => {
          const rows = (assignments ?? []).flatMap((it) => Object.entries(it) as [string, Assign][]);
          return new Map(rows.filter(([name]) => counts(directive(section, name), version)));
        }),
      ]),
    ),
);

const counts = (row: Directive | undefined, version: SystemdVersion): boolean =>
  row !== undefined && isRead(row, version) && !isIgnored(row, version);

const NONE: ReadonlyMap<string, Assign> = new Map();

/** What the directives of a section do in a version; a directive that is missing does not count. */
export const assignmentsIn = (section: SectionName, version: SystemdVersion): ReadonlyMap<string, Assign> =>
  tables(version).get(section)?.() ?? NONE;

/** Directives that change the same settings, so that their order among each other counts. */
const TOGETHER: readonly (readonly string[])[] = [
  ["OnFailureJobMode", "OnFailureIsolate"],
  withOldName("ReadWritePaths"),
  withOldName("ReadOnlyPaths"),
  withOldName("InaccessiblePaths"),
  ["BindPaths", "BindReadOnlyPaths"],
  ["LoadCredential", "LoadCredentialEncrypted"],
  ["SetCredential", "SetCredentialEncrypted"],
  Object.keys(LISTEN),
  Object.keys(ELAPSE),
  Object.keys(WATCH),
];

const GROUPS = new Map(TOGETHER.flatMap((names) => names.map((name) => [name, names[0] ?? name])));

/** The name of the directives that change the same settings as this one; what others say makes no difference to them. */
export function groupOf(name: string): string {
  return GROUPS.get(name) ?? name;
}
