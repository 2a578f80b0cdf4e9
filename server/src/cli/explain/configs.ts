import type { Directive } from "../../catalog/catalog.ts";
import { isIgnored } from "../../catalog/catalog.ts";
import { configSections } from "../../catalog/configDirectives.ts";
import { CONFIG_KINDS, type ConfigKind } from "../../facts/configKinds.ts";
import { releaseOf, type SystemdVersion } from "../../facts/version.ts";
import { configFamilyOf } from "../../families/configFamilies.ts";
import { describeDirective } from "../../features/describe.ts";
import type { Explanation } from "./layout.ts";

/** A setting with the file and the sections that have it. */
export interface ConfigGroup {
  readonly directive: Directive;
  readonly title: string;
  /** What the tables know of it. */
  readonly text: string;
}

/** A setting of configuration files that are no units; sections of a kind of which the same is said stand together. */
export function configGroups(
  name: string,
  section: string | undefined,
  version: SystemdVersion,
): readonly ConfigGroup[] {
  const groups = new Map<
    string,
    { readonly directive: Directive; readonly kind: ConfigKind; readonly sections: string[] }
  >();
  for (const kind of CONFIG_KINDS)
    for (const sectionName of kind === "user.conf" ? [] : configSections(configFamilyOf(kind).description.table)) {
      const known = configFamilyOf(kind).content.directive(sectionName, name);
      if (!known || (section !== undefined && section !== sectionName)) continue;
      const key = `${kind} ${textOf(known, version)}`;
      const group = groups.get(key);
      if (group) group.sections.push(sectionName);
      else groups.set(key, { directive: known, kind, sections: [sectionName] });
    }
  return [...groups.values()].map(({ directive, kind, sections }) => ({
    directive,
    title: `${name}= in ${sections.map((it) => `[${it}]`).join(", ")} of ${filesOf(kind)}`,
    text: textOf(directive, version),
  }));
}

/** A section of such files: what it is for, and what may be set in it. */
export function explainConfigSection(section: string, version: SystemdVersion): Explanation[] {
  return CONFIG_KINDS.filter((it) => it !== "user.conf").flatMap((kind) => {
    const sectionName = configSections(configFamilyOf(kind).description.table).find((it) => it === section);
    if (sectionName === undefined) return [];
    const { content } = configFamilyOf(kind);
    const { summary, page } = content.sectionFacts(sectionName);
    const keys = content
      .directivesIn(sectionName, version)
      .filter((it) => !it.undocumented && !isIgnored(it, version))
      .map((it) => it.name);
    const parts = [
      summary === "" ? undefined : summary,
      keys.length > 0 ? `Settings: ${keys.join(", ")}` : undefined,
      `More: ${page}(5)`,
    ];
    return [{ title: `[${section}] of ${filesOf(kind)} in systemd ${releaseOf(version)}`, parts }];
  });
}

/** All that is said below the name of the setting. */
const textOf = (directive: Directive, version: SystemdVersion): string =>
  describeDirective(directive, version).plain.split("\n\n").slice(1).join("\n\n");

/** What files of a kind are called. */
function filesOf(kind: ConfigKind): string {
  if (kind === "system.conf") return "system.conf and user.conf";
  if (kind === "repart") return "files of repart.d";
  return kind.endsWith(".conf") ? kind : `.${kind} files`;
}
