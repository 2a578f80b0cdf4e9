import type { SystemdVersion } from "../../facts/version.ts";
import type { Fix } from "../../findings/finding.ts";
import type { Rule } from "../../findings/rule.ts";
import { isSafeHeader } from "../../security/effective.ts";
import { sourceOffset } from "../../syntax/joinedText.ts";
import type { Header } from "../../syntax/tree.ts";
import { nearest } from "../../text/nearest.ts";
import { sectionsFor, type Unit } from "../../units/unit.ts";
import { isFarFromAll } from "./outsideSection.ts";

/** Follows parse_line(): the closing bracket, and string_is_safe() for the name; 262 refuses `*?[` and an empty name too. */
export const sectionHeader: Rule = {
  code: "syntax/section-header",
  *check(unit) {
    const { file, version } = unit;
    for (const { header } of file.sections) {
      const message = problem(header, version);
      if (!message) continue;
      const isOther = isNoSection(header, unit);
      const isNoUnit = isOther && file.sections.slice(0, MOST_LOOKED_AT).every((it) => isNoSection(it.header, unit));
      yield {
        ...header,
        severity: "error",
        message: isNoUnit
          ? `This is no unit file: ${nameIn(header)} is no section of systemd's, which refuses it`
          : message,
        fixes: isOther ? [] : fixes(header, unit),
        stopsReading: true,
      };
      return;
    }
  },
};

function problem(header: Header, version: SystemdVersion): string | undefined {
  const refused = "systemd stops here and refuses the whole unit";
  if (!header.closed) {
    const trailing = /^\[[^\]]*\]/.test(header.content.text);
    return trailing
      ? `Text after the ] of a section header: ${refused}`
      : `Missing ] at the end of the section header: ${refused}`;
  }
  if (!isSafeHeader(header, version)) return `Invalid character in the section name: ${refused}`;
  return undefined;
}

/** As many headers tell what a file is. */
const MOST_LOOKED_AT = 20;

/** Whether a line is something else that begins with a bracket, such as a time in a log. */
function isNoSection(header: Header, unit: Unit): boolean {
  const name = header.closed ? header.name : /^\[([^\]]*)\]/.exec(header.content.text)?.[1];
  return name !== undefined && isFarFromAll(name) && nearest(name, sectionsFor(unit)).length === 0;
}

/** What stands in the brackets, with them, in short. */
function nameIn({ content }: Header): string {
  const name = /^\[[^\]]*\]?/.exec(content.text)?.[0] ?? "[";
  return name.length > MOST_SHOWN ? `${name.slice(0, MOST_SHOWN)}…` : name;
}

const MOST_SHOWN = 40;

function fixes(header: Header, unit: Unit): Fix[] {
  if (header.closed) return [];
  const { text } = header.content;
  const cut = /^\[([^\]]*)\]/.exec(text);
  const name = cut?.[1] ?? header.name;
  // A guess at a name that systemd does not read there puts nothing right.
  if (!sectionsFor(unit).some((it) => it === name)) return [];
  if (cut) {
    const start = sourceOffset(header.content, cut[0].length);
    return [{ title: `Keep only ${cut[0]}`, safe: false, edits: () => [{ start, end: header.end, newText: "" }] }];
  }
  const end = header.nameSpan.end;
  return [{ title: `Close the header: ${text}]`, safe: true, edits: () => [{ start: end, end, newText: "]" }] }];
}
