import { RELEASES } from "../facts/releases.ts";
import { BUILDS } from "../facts/targets.ts";
import { hasCome, holdsIn, type SystemdVersion, valueIn } from "../facts/version.ts";
import { lazy } from "../text/tables.ts";
import type { TypeLookup, ValueType } from "../values/valueType.ts";
import { type ValueTypeName, valueType } from "../values/valueTypes.ts";
import type { DirectiveRow, DirectiveRows } from "./row.ts";
import { SECTIONS, type SectionName } from "./sections.ts";
import { AUTOMOUNT_ROWS } from "./tables/automount.ts";
import { CONDITION_ROWS } from "./tables/conditions.ts";
import { DIRECTORY_ROWS } from "./tables/exec/directories.ts";
import { ENVIRONMENT_ROWS } from "./tables/exec/environment.ts";
import { IDENTITY_ROWS } from "./tables/exec/identity.ts";
import { LOGGING_ROWS } from "./tables/exec/logging.ts";
import { EXEC_PATH_ROWS } from "./tables/exec/paths.ts";
import { PROCESS_ROWS } from "./tables/exec/processes.ts";
import { SANDBOXING_ROWS } from "./tables/exec/sandboxing.ts";
import { SYSTEM_CALL_ROWS } from "./tables/exec/systemCalls.ts";
import { INSTALL_ROWS } from "./tables/install.ts";
import { KILL_ROWS } from "./tables/kill.ts";
import { EXEC_LEGACY_ROWS } from "./tables/legacy/execLegacy.ts";
import { RESOURCES_LEGACY_ROWS } from "./tables/legacy/resourcesLegacy.ts";
import { SERVICE_LEGACY_ROWS } from "./tables/legacy/serviceLegacy.ts";
import { UNIT_LEGACY_ROWS } from "./tables/legacy/unitLegacy.ts";
import { MOUNT_ROWS } from "./tables/mount.ts";
import { PATH_ROWS } from "./tables/path.ts";
import { CONTROL_ROWS } from "./tables/resources/control.ts";
import { CPU_ROWS } from "./tables/resources/cpu.ts";
import { IO_ROWS } from "./tables/resources/io.ts";
import { MEMORY_ROWS } from "./tables/resources/memory.ts";
import { NETWORK_ROWS } from "./tables/resources/network.ts";
import { SCOPE_ROWS } from "./tables/scope.ts";
import { SERVICE_ROWS } from "./tables/service.ts";
import { SLICE_ROWS } from "./tables/slice.ts";
import { SOCKET_ROWS } from "./tables/socket.ts";
import { SWAP_ROWS } from "./tables/swap.ts";
import { TIMER_ROWS } from "./tables/timer.ts";
import { UNIT_ROWS } from "./tables/unit.ts";

const EXEC = [
  EXEC_PATH_ROWS,
  IDENTITY_ROWS,
  PROCESS_ROWS,
  SANDBOXING_ROWS,
  DIRECTORY_ROWS,
  ENVIRONMENT_ROWS,
  LOGGING_ROWS,
  SYSTEM_CALL_ROWS,
  EXEC_LEGACY_ROWS,
] as const;
const RESOURCES = [CPU_ROWS, MEMORY_ROWS, IO_ROWS, NETWORK_ROWS, CONTROL_ROWS, RESOURCES_LEGACY_ROWS] as const;

const RUNS_PROGRAMS = ["Service", "Socket", "Mount", "Swap"] as const;
const HAS_CGROUP = [...RUNS_PROGRAMS, "Slice", "Scope"] as const;

/** Which sections the parts of which manual page belong to; the order is the one of a well-kept unit file. */
const PARTS = [
  { page: "systemd.unit", sections: ["Unit"], tables: [UNIT_ROWS, CONDITION_ROWS, UNIT_LEGACY_ROWS] },
  { page: "systemd.service", sections: ["Service"], tables: [SERVICE_ROWS, SERVICE_LEGACY_ROWS] },
  { page: "systemd.socket", sections: ["Socket"], tables: [SOCKET_ROWS] },
  { page: "systemd.timer", sections: ["Timer"], tables: [TIMER_ROWS] },
  { page: "systemd.path", sections: ["Path"], tables: [PATH_ROWS] },
  { page: "systemd.mount", sections: ["Mount"], tables: [MOUNT_ROWS] },
  { page: "systemd.automount", sections: ["Automount"], tables: [AUTOMOUNT_ROWS] },
  { page: "systemd.swap", sections: ["Swap"], tables: [SWAP_ROWS] },
  { page: "systemd.slice", sections: ["Slice"], tables: [SLICE_ROWS] },
  { page: "systemd.scope", sections: ["Scope"], tables: [SCOPE_ROWS] },
  { page: "systemd.exec", sections: RUNS_PROGRAMS, tables: EXEC },
  { page: "systemd.kill", sections: [...RUNS_PROGRAMS, "Scope"], tables: [KILL_ROWS] },
  { page: "systemd.resource-control", sections: HAS_CGROUP, tables: RESOURCES },
  { page: "systemd.unit", sections: ["Install"], tables: [INSTALL_ROWS] },
] as const satisfies readonly Part[];

type KeysOf<T> = T extends unknown ? keyof T : never;

/** Every name that a parser of unit files knows, the keys of quadlets and the settings of other files; a misspelt one in the code does not compile. */
export type DirectiveName = KeysOf<(typeof PARTS)[number]["tables"][number]> | QuadletKeyName | ConfigKeyName;

/** The name of a key of a quadlet, which is no directive of systemd's. */
export type QuadletKeyName = string & { readonly quadlet: true };

/** The name of a setting of a configuration file that is no unit. */
export type ConfigKeyName = string & { readonly config: true };

/** One directive of one section. */
export interface Directive extends DirectiveRow {
  readonly name: DirectiveName;
  readonly section: SectionName;
  /** The manual page without its section number, undefined where none describes it. */
  readonly page: string | undefined;
  /** Where its value types are found; missing where they are those of units. */
  readonly types?: TypeLookup;
}

/**
 * The rows that the parser knows in each section, by their names. A row is put together when somebody asks for it, as a file names
 * few of them; undefined stands for a name of the section that nobody asked for.
 */
const BY_SECTION: ReadonlyMap<string, () => Map<string, Directive | undefined>> = new Map(
  (Object.keys(SECTIONS) as SectionName[]).map((section) => [section, lazy(() => unread(section))]),
);

/** The names of a section in its order, each without its row. */
function unread(section: SectionName): Map<string, Directive | undefined> {
  const rows = new Map<string, undefined>();
  for (const { tables } of partsOf(section))
    for (const table of tables) for (const name of Object.keys(table)) rows.set(name, undefined);
  for (const { directives = {} } of RELEASES)
    for (const [sections, added] of Object.entries(directives))
      if (sections.split(" ").includes(section)) for (const name of Object.keys(added)) rows.set(name, undefined);
  return rows;
}

/** A directive as it is written, and as releases have changed it since. */
function rowOf(section: SectionName, name: DirectiveName): Directive | undefined {
  let known = writtenRow(section, name);
  for (const { version, directives = {}, ignores = [] } of RELEASES) {
    for (const [sections, added] of Object.entries(directives)) {
      if (!Object.hasOwn(added, name) || !sections.split(" ").includes(section)) continue;
      known = { ...added[name], since: version, name, section } as Directive;
    }
    if (known && ignores.includes(`${section}.${name}`)) known = { ...known, until: known.until ?? version };
  }
  return known;
}

function writtenRow(section: SectionName, name: DirectiveName): Directive | undefined {
  let found: Directive | undefined;
  for (const { page, sections, tables } of partsOf(section)) {
    for (const table of tables) {
      const row = Object.hasOwn(table, name) ? table[name] : undefined;
      if (!row) continue;
      const successor = row.successor && { successor: at(section, row.successor, sections) };
      const place = { name, section, page: row.undocumented ? undefined : page };
      found = Object.assign({ ...row }, place, earlyIn(section, name), successor);
    }
  }
  return found;
}

/** The builds that read a directive before its time, by `Section.Name`, and those that do in all sections by `*.Name`. */
const EARLY = lazy((): ReadonlyMap<string, readonly SystemdVersion[]> => {
  const early = new Map<string, SystemdVersion[]>();
  for (const { reads, version } of BUILDS)
    for (const it of reads.split(" ")) early.set(it, [...(early.get(it) ?? []), version]);
  return early;
});

function earlyIn(section: SectionName, name: string): Pick<DirectiveRow, "except"> {
  const [own = [], all = []] = [EARLY().get(`${section}.${name}`), EARLY().get(`*.${name}`)];
  return own.length + all.length > 0 ? { except: [...new Set([...own, ...all])] } : {};
}

interface Part {
  readonly page: string;
  readonly sections: readonly SectionName[];
  readonly tables: readonly DirectiveRows[];
}

const PARTS_OF = new Map<SectionName, readonly Part[]>();

function partsOf(section: SectionName): readonly Part[] {
  const known = PARTS_OF.get(section) ?? PARTS.filter((it: Part) => it.sections.includes(section));
  PARTS_OF.set(section, known);
  return known;
}

/** A part of several sections names a successor in one of them; in each of the others it is their own. */
function at(
  section: SectionName,
  successor: NonNullable<DirectiveRow["successor"]>,
  sections: readonly SectionName[],
): NonNullable<DirectiveRow["successor"]> {
  return sections.includes(successor.section) ? { ...successor, section } : successor;
}

/** What the catalog says about a name in a section, in whichever version; undefined where the parser does not know it. */
export function directive(section: string, name: string): Directive | undefined {
  const rows = BY_SECTION.get(section)?.();
  const known = rows?.get(name);
  if (known || !rows?.has(name)) return known;
  const row = rowOf(section as SectionName, name as DirectiveName);
  rows.set(name, row);
  return row;
}

/** All directives of a section that systemd of a version reads, also those that it reads and ignores. */
export function directivesIn(section: SectionName, version: SystemdVersion): Directive[] {
  const names = BY_SECTION.get(section)?.().keys() ?? NOWHERE;
  return [...names].flatMap((name) => directive(section, name) ?? []).filter((it) => isRead(it, version));
}

/** The sections that know a name, in the order of the catalog. */
export function sectionsWith(name: string): readonly SectionName[] {
  const known = HOMES.get(name);
  if (known) return known;
  const homes = homesOf(name);
  // Of what is no directive there is no end in files.
  if (homes.length > 0) HOMES.set(name, homes);
  return homes;
}

const HOMES = new Map<string, readonly SectionName[]>();

function homesOf(name: string): readonly SectionName[] {
  const homes = new Set<string>();
  for (const { sections, tables } of PARTS as readonly Part[])
    for (const table of tables) if (Object.hasOwn(table, name)) for (const it of sections) homes.add(it);
  for (const { directives = {} } of RELEASES)
    for (const [sections, added] of Object.entries(directives))
      if (Object.hasOwn(added, name)) for (const it of sections.split(" ")) homes.add(it);
  return homes.size === 0 ? NOWHERE : (Object.keys(SECTIONS) as SectionName[]).filter((it) => homes.has(it));
}

const NOWHERE: readonly never[] = [];

/** Whether systemd of a version knows the directive, also if only to ignore it with a message. */
export function isRead(row: Pick<DirectiveRow, "since" | "except" | "gone">, version: SystemdVersion): boolean {
  return hasCome(row, version) && (row.gone === undefined || !hasCome({ since: row.gone }, version));
}

/** Whether systemd of this version reads the directive, but ignores it with a message. */
export function isIgnored(row: DirectiveRow, version: SystemdVersion): boolean {
  return row.until !== undefined && !holdsIn({ until: row.until }, version);
}

/** The value type that holds in a version. */
export function typeIn(row: DirectiveRow, version: SystemdVersion): ValueTypeName {
  return typeof row.type === "string" ? row.type : valueIn(row.type, version);
}

/** The grammar of the values that a directive takes in a version. */
export const grammarIn = (directive: DirectiveRow & Pick<Directive, "types">, version: SystemdVersion): ValueType =>
  valueType(typeIn(directive, version), directive.types);
