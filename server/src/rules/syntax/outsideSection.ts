import { isSectionName, SECTIONS } from "../../catalog/sections.ts";
import { isUnitPath } from "../../families/checkedPath.ts";
import type { Found, Rule } from "../../findings/rule.ts";
import type { UnitFile } from "../../syntax/tree.ts";
import { nearest } from "../../text/nearest.ts";

/** Follows parse_line(), systemd 262. */
export const outsideSection: Rule = {
  code: "syntax/outside-section",
  *check({ file, path }) {
    const lines = file.preamble.filter((it) => it.kind !== "comment");
    // Other files of systemd's have sections of their own.
    const odd = isUnitPath(path) && file.sections.every(({ name }) => isFarFromAll(name)) ? whole(file) : undefined;
    if (odd) {
      yield odd;
      return;
    }
    for (const node of lines) {
      yield {
        start: node.start,
        end: node.end,
        severity: "error",
        message: "Line before the first section header: systemd ignores it",
      };
    }
  },
};

/** Fewer lines without a section may be a unit whose first line is lost. */
const MANY_LINES = 20;

/** What is said, once, of a text without any section that systemd may know: it is something else, such as a program, a log or a table. */
function whole({ nodes, text }: UnitFile): Found | undefined {
  const lines = nodes.filter((it) => it.kind !== "comment");
  const [first] = lines;
  if (!first || (lines.length < MANY_LINES && !/[\0\udc80-\udcff]/.test(text))) return undefined;
  const all = lines.length === 1 ? "its line is in no section" : `none of its ${lines.length} lines is in a section`;
  const message = `This is no unit file: ${all} that systemd knows`;
  return { start: first.start, end: first.end, severity: "error", message, stopsReading: true };
}

/** Whether the name of a section is not systemd's: neither that of a section, nor one with a slip of the fingers, nor one that systemd leaves to others. */
export const isFarFromAll = (name: string): boolean =>
  !isSectionName(name) && !name.startsWith("X-") && nearest(name, Object.keys(SECTIONS)).length === 0;
