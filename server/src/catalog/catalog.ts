import { hasCome, holdsIn, type SystemdVersion, valueIn } from "../facts/version.ts";
import type { ValueTypeName } from "../values/valueTypes.ts";
import type { Row, Rows } from "./row.ts";
import { SECTIONS, type SectionName } from "./sections.ts";
import { AUTOMOUNT } from "./tables/automount.ts";
import { CONDITIONS } from "./tables/conditions.ts";
import { DIRECTORIES } from "./tables/exec/directories.ts";
import { ENVIRONMENT } from "./tables/exec/environment.ts";
import { IDENTITY } from "./tables/exec/identity.ts";
import { LOGGING } from "./tables/exec/logging.ts";
import { PATHS } from "./tables/exec/paths.ts";
import { PROCESSES } from "./tables/exec/processes.ts";
import { SANDBOXING } from "./tables/exec/sandboxing.ts";
import { SYSTEM_CALLS } from "./tables/exec/systemCalls.ts";
import { INSTALL } from "./tables/install.ts";
import { KILL } from "./tables/kill.ts";
import { EXEC_LEGACY } from "./tables/legacy/exec.ts";
import { RESOURCES_LEGACY } from "./tables/legacy/resources.ts";
import { SERVICE_LEGACY } from "./tables/legacy/service.ts";
import { UNIT_LEGACY } from "./tables/legacy/unit.ts";
import { MOUNT } from "./tables/mount.ts";
import { PATH } from "./tables/path.ts";
import { CONTROL } from "./tables/resources/control.ts";
import { CPU } from "./tables/resources/cpu.ts";
import { IO } from "./tables/resources/io.ts";
import { MEMORY } from "./tables/resources/memory.ts";
import { NETWORK } from "./tables/resources/network.ts";
import { SCOPE } from "./tables/scope.ts";
import { SERVICE } from "./tables/service.ts";
import { SLICE } from "./tables/slice.ts";
import { SOCKET } from "./tables/socket.ts";
import { SWAP } from "./tables/swap.ts";
import { TIMER } from "./tables/timer.ts";
import { UNIT } from "./tables/unit.ts";

const EXEC = {
  ...PATHS,
  ...IDENTITY,
  ...PROCESSES,
  ...SANDBOXING,
  ...DIRECTORIES,
  ...ENVIRONMENT,
  ...LOGGING,
  ...SYSTEM_CALLS,
};
const RESOURCES = { ...CPU, ...MEMORY, ...IO, ...NETWORK, ...CONTROL };

const RUNS_PROGRAMS = ["Service", "Socket", "Mount", "Swap"] as const;
const HAS_CGROUP = [...RUNS_PROGRAMS, "Slice", "Scope"] as const;

/** Which sections the parts of which manual page belong to; the order is the one of a well-kept unit file. */
const PARTS = [
  { page: "systemd.unit", sections: ["Unit"], rows: { ...UNIT, ...CONDITIONS, ...UNIT_LEGACY } },
  { page: "systemd.service", sections: ["Service"], rows: { ...SERVICE, ...SERVICE_LEGACY } },
  { page: "systemd.socket", sections: ["Socket"], rows: SOCKET },
  { page: "systemd.timer", sections: ["Timer"], rows: TIMER },
  { page: "systemd.path", sections: ["Path"], rows: PATH },
  { page: "systemd.mount", sections: ["Mount"], rows: MOUNT },
  { page: "systemd.automount", sections: ["Automount"], rows: AUTOMOUNT },
  { page: "systemd.swap", sections: ["Swap"], rows: SWAP },
  { page: "systemd.slice", sections: ["Slice"], rows: SLICE },
  { page: "systemd.scope", sections: ["Scope"], rows: SCOPE },
  { page: "systemd.exec", sections: RUNS_PROGRAMS, rows: { ...EXEC, ...EXEC_LEGACY } },
  { page: "systemd.kill", sections: [...RUNS_PROGRAMS, "Scope"], rows: KILL },
  { page: "systemd.resource-control", sections: HAS_CGROUP, rows: { ...RESOURCES, ...RESOURCES_LEGACY } },
  { page: "systemd.unit", sections: ["Install"], rows: INSTALL },
] as const satisfies readonly { page: string; sections: readonly SectionName[]; rows: Rows }[];

type KeysOf<T> = T extends unknown ? keyof T : never;

/** Every name that a parser of unit files knows; a misspelt one in the code does not compile. */
export type DirectiveName = KeysOf<(typeof PARTS)[number]["rows"]>;

/** One directive of one section. */
export interface Directive extends Row {
  readonly name: DirectiveName;
  readonly section: SectionName;
  /** The manual page without its section number, undefined where none describes it. */
  readonly page: string | undefined;
}

const BY_SECTION: ReadonlyMap<string, ReadonlyMap<string, Directive>> = new Map(
  (Object.keys(SECTIONS) as SectionName[]).map((section) => {
    const rows = new Map<string, Directive>();
    for (const part of PARTS) {
      if (!(part.sections as readonly SectionName[]).includes(section)) continue;
      for (const [name, row] of Object.entries(part.rows as Rows)) {
        rows.set(name, {
          ...row,
          name: name as DirectiveName,
          section,
          ...(row.successor ? { successor: at(section, row.successor, part.sections) } : {}),
          page: row.undocumented ? undefined : part.page,
        });
      }
    }
    return [section, rows];
  }),
);

/** A part of several sections names a successor in one of them; in each of the others it is their own. */
function at(
  section: SectionName,
  successor: NonNullable<Row["successor"]>,
  sections: readonly SectionName[],
): NonNullable<Row["successor"]> {
  return sections.includes(successor.section) ? { ...successor, section } : successor;
}

/** What the catalog says about a name in a section, in whichever version; undefined where the parser does not know it. */
export function directive(section: string, name: string): Directive | undefined {
  return BY_SECTION.get(section)?.get(name);
}

/** All directives of a section that systemd of a version reads, also those that it reads and ignores. */
export function directivesIn(section: SectionName, version: SystemdVersion): Directive[] {
  return [...(BY_SECTION.get(section)?.values() ?? [])].filter((it) => hasCome(it, version));
}

const HOMES: ReadonlyMap<string, readonly SectionName[]> = new Map(
  [...new Set([...BY_SECTION.values()].flatMap((rows) => [...rows.keys()]))].map((name) => [
    name,
    (Object.keys(SECTIONS) as SectionName[]).filter((section) => BY_SECTION.get(section)?.has(name)),
  ]),
);

/** The sections that know a name, in the order of the catalog. */
export function sectionsWith(name: string): readonly SectionName[] {
  return HOMES.get(name) ?? [];
}

/** Whether systemd of this version reads the directive, but ignores it with a message. */
export function isIgnored(row: Row, version: SystemdVersion): boolean {
  return row.until !== undefined && !holdsIn({ until: row.until }, version);
}

/** The value type that holds in a version. */
export function typeIn(row: Row, version: SystemdVersion): ValueTypeName {
  return typeof row.type === "string" ? row.type : valueIn(row.type, version);
}
