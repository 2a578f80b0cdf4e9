import type { ConfigKind, ConfigSectionName } from "../facts/configKinds.ts";
import type { PerVersion, SystemdVersion } from "../facts/version.ts";
import type { ConfigTypeName } from "../values/configTypes.ts";
import { type ConfigKeyName, type Directive, isRead } from "./catalog.ts";
import { inUsualOrder } from "./configOrder.ts";
import { CONFIG_TABLES, type ConfigRow } from "./configTables.ts";

/** The sections that a kind of file may have, in the order of systemd's tables. */
export const configSections = (kind: ConfigKind): readonly ConfigSectionName[] =>
  Object.keys(CONFIG_TABLES[kind].sections) as ConfigSectionName[];

/** What the catalog says about a setting of a kind of file, in whichever version. */
export function configDirective(kind: ConfigKind, page: string, section: string, name: string): Directive | undefined {
  const rows = CONFIG_TABLES[kind].sections[section];
  const row = rows && Object.hasOwn(rows, name) ? rows[name] : undefined;
  if (!rows || row === undefined) return undefined;
  const known = made.get(rows) ?? new Map<string, Directive>();
  made.set(rows, known);
  const directive = known.get(name) ?? directiveOf(row, page, section, name);
  known.set(name, directive);
  return directive;
}

/** The directives that were asked for, by the table of their section. */
const made = new Map<object, Map<string, Directive>>();

/** What a kind of file may set in a section, the usual settings first, as far as systemd of a version reads it. */
export function configDirectivesIn(
  kind: ConfigKind,
  page: string,
  section: string,
  version: SystemdVersion,
): readonly Directive[] {
  return inUsualOrder(kind, section, Object.keys(CONFIG_TABLES[kind].sections[section] ?? {}))
    .flatMap((it) => configDirective(kind, page, section, it) ?? [])
    .filter((it) => isRead(it, version));
}

const typeName = (name: string): ConfigTypeName => `config/${name}` as ConfigTypeName;

const perVersion = (types: PerVersion<string>): PerVersion<ConfigTypeName> =>
  Object.fromEntries(
    Object.entries(types).map(([version, it]) => [version, typeName(it)]),
  ) as PerVersion<ConfigTypeName>;

function directiveOf(
  { type, summary, undocumented, ...rest }: ConfigRow,
  page: string,
  section: string,
  name: string,
): Directive {
  return {
    name: name as ConfigKeyName,
    section: section as ConfigSectionName,
    type: typeof type === "string" ? typeName(type) : perVersion(type),
    summary,
    page: undocumented ? undefined : page,
    ...(undocumented && { undocumented }),
    ...rest,
  };
}
