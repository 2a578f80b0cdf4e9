import { isSectionName, type SectionName } from "../../catalog/sections.ts";
import { isConfigPath } from "../../families/checkedPath.ts";
import { nearest } from "../../text/nearest.ts";
import { sectionsFor, type Unit } from "../../units/unit.ts";
import type { Rule } from "../rule.ts";
import { isPrivateName } from "../walk.ts";

/** Whether the version has a section: a configuration file may have one all of whose settings are newer. */
const isReadSection = (unit: Unit, section: SectionName): boolean =>
  !isConfigPath(unit.path) || unit.family.content.directivesIn(section, unit.version).length > 0;

/** Follows parse_line() and UNIT_VTABLE.sections, systemd 262. */
export const unknownSection: Rule = {
  code: "section/unknown",
  title: "Section not valid in this unit type",
  why: "systemd warns once and ignores everything up to the next header. Names that start with `X-` are reserved for other programs and are ignored without a warning.",
  page: "systemd.unit(5)",
  bad: { text: "[Service]\nExecStart=/bin/true\n[install]\nWantedBy=multi-user.target\n" },
  good: { text: "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n" },
  *check(unit) {
    const { file, path } = unit;
    const valid: readonly string[] = sectionsFor(unit).filter((it) => isReadSection(unit, it));
    for (const { header, name } of file.sections) {
      if (!header.closed || valid.includes(name) || isPrivateName(name)) continue;
      const message = isSectionName(name)
        ? `Section [${name}] is not valid in a .${path.kind} unit: systemd ignores all settings in it`
        : `Unknown section [${name}]: systemd ignores all settings in it`;
      const fixes = nearest(name, valid).map((candidate) => ({
        title: `Change to [${candidate}]`,
        safe: false,
        edits: () => [{ ...header.nameSpan, newText: candidate }],
      }));
      const { start, end } = name === "" ? header : header.nameSpan;
      yield { start, end, severity: "error", message, fixes };
    }
  },
};
