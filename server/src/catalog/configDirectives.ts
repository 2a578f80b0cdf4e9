import type { ConfigSectionName } from "../facts/configKinds.ts";
import type { PerVersion, SystemdVersion } from "../facts/version.ts";
import type { ConfigTypeName } from "../values/configTypes.ts";
import type { TypeLookup } from "../values/valueType.ts";
import { type ConfigKeyName, type Directive, isRead } from "./catalog.ts";
import type { ConfigRow, ConfigTable } from "./configRow.ts";

/** The settings of a kind of file. */
export interface ConfigSettings {
  readonly table: ConfigTable;
  /** Where the value types that the table names are found. */
  readonly types: TypeLookup;
  /**
   * The settings of a section that people write most, by how often the collected files have them and how the manual's examples
   * go; all others follow in the order of systemd's tables.
   */
  readonly usual?: Readonly<Record<string, string>>;
  /** The manual page without its section number. */
  readonly page: string;
}

/** The sections that a kind of file may have, in the order of systemd's tables. */
export const configSections = ({ sections }: ConfigTable): readonly ConfigSectionName[] =>
  Object.keys(sections) as ConfigSectionName[];

/** What the catalog says about a setting of a kind of file, in whichever version. */
export function configDirective(settings: ConfigSettings, section: string, name: string): Directive | undefined {
  const rows = settings.table.sections[section];
  const row = rows && Object.hasOwn(rows, name) ? rows[name] : undefined;
  if (!rows || row === undefined) return undefined;
  const known = made.get(rows) ?? new Map<string, Directive>();
  made.set(rows, known);
  const directive = known.get(name) ?? directiveOf(row, settings, section, name);
  known.set(name, directive);
  return directive;
}

/** The directives that were asked for, by the table of their section. */
const made = new Map<object, Map<string, Directive>>();

/** What a kind of file may set in a section, the usual settings first, as far as systemd of a version reads it. */
export function configDirectivesIn(
  settings: ConfigSettings,
  section: string,
  version: SystemdVersion,
): readonly Directive[] {
  return inUsualOrder(settings, section)
    .flatMap((it) => configDirective(settings, section, it) ?? [])
    .filter((it) => isRead(it, version));
}

/** The names of a section, the usual ones first. */
export function inUsualOrder({ table, usual = {} }: Pick<ConfigSettings, "table" | "usual">, section: string) {
  const names = Object.keys(table.sections[section] ?? {});
  const first = (usual[section]?.split(" ") ?? []).filter((it) => names.includes(it));
  return [...first, ...names.filter((it) => !first.includes(it))];
}

const typeName = (name: string): ConfigTypeName => `config/${name}` as ConfigTypeName;

const perVersion = (types: PerVersion<string>): PerVersion<ConfigTypeName> =>
  Object.fromEntries(
    Object.entries(types).map(([version, it]) => [version, typeName(it)]),
  ) as PerVersion<ConfigTypeName>;

function directiveOf(
  { type, summary, undocumented, ...rest }: ConfigRow,
  { page, types }: ConfigSettings,
  section: string,
  name: string,
): Directive {
  return {
    name: name as ConfigKeyName,
    section: section as ConfigSectionName,
    type: typeof type === "string" ? typeName(type) : perVersion(type),
    types,
    summary,
    page: undocumented ? undefined : page,
    ...(undocumented && { undocumented }),
    ...rest,
  };
}
