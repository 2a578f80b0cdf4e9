import { isQuadletSection } from "../../facts/quadletKinds.ts";
import { isQuadletPath } from "../../families/checkedPath.ts";
import { insertIntoSection, removeLines } from "../../findings/edits.ts";
import type { LineRule } from "../../findings/rule.ts";
import { sectionsFor } from "../../units/unit.ts";

/** Follows next_assignment(), systemd 262: the key is looked up together with its section. */
export const wrongSection: LineRule = {
  code: "directive/wrong-section",
  *line({ section, node, known }, unit) {
    if (known || (isQuadletPath(unit.path) && isQuadletSection(section.name))) return;
    const homes = sectionsFor(unit).filter((it) => unit.family.content.directive(it, node.key));
    const [home] = homes;
    if (!home) return;
    const fixes = homes.map((target) => ({
      title: `Move ${node.key}= to [${target}]`,
      safe: false,
      edits: () => {
        const lines = unit.file.text.slice(node.start, node.end);
        const open = node.lastLine >= unit.file.lines.length;
        return [removeLines(unit.file, node), insertIntoSection(unit, target, open ? [lines, ""] : [lines])];
      },
    }));
    const message = `${node.key}= belongs to [${home}]: in [${section.name}] systemd ignores this line`;
    yield { ...node.keySpan, severity: "error", message, directive: node.key, fixes };
  },
};
