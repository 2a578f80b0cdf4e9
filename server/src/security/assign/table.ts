import { type DirectiveName, directive, isIgnored } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { hasCome, type SystemdVersion } from "../../facts/version.ts";
import { withOldName } from "../../units/oldNames.ts";
import { ADDRESS_ASSIGNMENTS } from "./addresses.ts";
import type { Assign, Assignments } from "./assign.ts";
import { CAPABILITY_ASSIGNMENTS } from "./capabilities.ts";
import { SERVICE_COMMANDS, SOCKET_COMMANDS, UNIT_DEPENDENCIES } from "./commands.ts";
import { CREDENTIAL_ASSIGNMENTS, DEVICE_ASSIGNMENTS } from "./devices.ts";
import { IDENTITY_ASSIGNMENTS, SOCKET_OWNERS } from "./identity.ts";
import { FILTER_PATHS, PATH_ASSIGNMENTS, SERVICE_PATHS } from "./paths.ts";
import { RESTRICT_ASSIGNMENTS } from "./restrict.ts";
import { EXEC_SCALARS, RESOURCE_SCALARS, SERVICE_SCALARS, UNIT_SCALARS } from "./scalars.ts";
import { CHANGES, ELAPSE, LISTEN, NODES, SOCKET_SCALARS, WATCH } from "./triggers.ts";

const RESOURCES = { ...RESOURCE_SCALARS, ...FILTER_PATHS, ...ADDRESS_ASSIGNMENTS, ...DEVICE_ASSIGNMENTS };

const PROGRAMS = {
  ...EXEC_SCALARS,
  ...PATH_ASSIGNMENTS,
  ...IDENTITY_ASSIGNMENTS,
  ...CAPABILITY_ASSIGNMENTS,
  ...RESTRICT_ASSIGNMENTS,
  ...CREDENTIAL_ASSIGNMENTS,
  ...RESOURCES,
};

/** Every directive that counts for the exposure of a unit or for whether it loads. */
const SECTIONS: Partial<Record<SectionName, Assignments>> = {
  Unit: { ...UNIT_SCALARS, ...UNIT_DEPENDENCIES },
  Service: { ...PROGRAMS, ...SERVICE_SCALARS, ...SERVICE_COMMANDS, ...SERVICE_PATHS },
  Socket: { ...PROGRAMS, ...SOCKET_COMMANDS, ...SOCKET_OWNERS, ...SOCKET_SCALARS, ...LISTEN },
  Timer: { ...ELAPSE, ...CHANGES },
  Path: WATCH,
  Mount: { ...PROGRAMS, ...NODES },
  Automount: NODES,
  Swap: { ...PROGRAMS, ...NODES },
  Slice: RESOURCES,
  Scope: RESOURCES,
};

const CACHE = new Map<string, ReadonlyMap<string, Assign>>();

/** What the directives of a section do in a version; a directive that is missing does not count. */
export function assignmentsIn(section: SectionName, version: SystemdVersion): ReadonlyMap<string, Assign> {
  const key = `${section} ${version}`;
  const known = CACHE.get(key);
  if (known) return known;
  const made = new Map<string, Assign>();
  for (const [name, assign] of Object.entries(SECTIONS[section] ?? {})) {
    const row = directive(section, name as DirectiveName);
    if (row && hasCome(row, version) && !isIgnored(row, version)) made.set(name, assign);
  }
  CACHE.set(key, made);
  return made;
}

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
