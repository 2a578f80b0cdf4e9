import { isSectionName, type SectionName } from "../../catalog/sections.ts";
import { releaseOf } from "../../facts/version.ts";
import { type CheckedPath, isConfigPath } from "../../families/checkedPath.ts";
import type { Rule } from "../../findings/rule.ts";
import { nearest, nearestEnding } from "../../text/nearest.ts";
import { sectionsFor } from "../../units/unit.ts";
import { isPrivateName } from "../walk.ts";
import { isTooNewSection, sinceOfSection } from "./newSection.ts";

/** Follows parse_line() and UNIT_VTABLE.sections, systemd 262. */
export const unknownSection: Rule = {
  code: "section/unknown",
  *check(unit) {
    const { file, path } = unit;
    const valid: readonly string[] = sectionsFor(unit);
    for (const { header, name } of file.sections) {
      const known = valid.includes(name) ? (name as SectionName) : undefined;
      const tooNew = known !== undefined && isTooNewSection(unit, known);
      if (!header.closed || (known && !tooNew) || isPrivateName(name)) continue;
      // One that is not known yet has no mistake in its name.
      const near = tooNew ? [] : nearest(name, valid);
      const [best] = near;
      const follows = nearestEnding(best && `[${best}]`, "systemd ignores all settings in it");
      const message = tooNew
        ? `Section [${name}] requires systemd ${sinceOfSection(unit, known)}: version ${releaseOf(unit.version)} ignores all settings in it`
        : isSectionName(name)
          ? `Section [${name}] is not valid in ${fileTypeText(path)}${follows}`
          : `Unknown section [${name}]${follows}`;
      const fixes = near.map((candidate) => ({
        title: `Change to [${candidate}]`,
        safe: false,
        edits: () => [{ ...header.nameSpan, newText: candidate }],
      }));
      const { start, end } = name === "" ? header : header.nameSpan;
      yield { start, end, severity: "error", message, fixes };
    }
  },
};

/** What a reader calls the type of a file. */
function fileTypeText(path: CheckedPath): string {
  if (!isConfigPath(path)) return `a .${path.kind} unit`;
  return path.kind.endsWith(".conf") ? path.kind : `a ${path.kind === "repart" ? "partition" : `.${path.kind}`} file`;
}
