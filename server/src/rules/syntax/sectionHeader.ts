import type { SystemdVersion } from "../../facts/version.ts";
import type { Fix } from "../../findings/finding.ts";
import { isSafeHeader } from "../../security/effective.ts";
import { sourceOffset } from "../../syntax/joinedText.ts";
import type { Header } from "../../syntax/tree.ts";
import { sectionsFor, type Unit } from "../../units/unit.ts";
import type { Rule } from "../rule.ts";

/** Follows parse_line(): the closing bracket, and string_is_safe() for the name; 262 refuses `*?[` and an empty name too. */
export const sectionHeader: Rule = {
  code: "syntax/section-header",
  title: "Invalid section header",
  why: "A line that starts with `[` must end with `]`, and the name must not contain quotes, backslashes or control characters; otherwise systemd stops reading there and refuses the whole unit.",
  page: "systemd.syntax(7)",
  bad: { text: "[Service] # main\nExecStart=/bin/true\n" },
  good: { text: "# main\n[Service]\nExecStart=/bin/true\n" },
  *check(unit) {
    const { file, version } = unit;
    for (const { header } of file.sections) {
      const message = problem(header, version);
      if (message) yield { ...header, severity: "error", message, fixes: fixes(header, unit), stopsReading: true };
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

function fixes(header: Header, unit: Unit): Fix[] {
  if (header.closed) return [];
  const { text } = header.content;
  const cut = /^\[([^\]]*)\]/.exec(text);
  const name = cut?.[1] ?? header.name;
  if (name === "" || !isSafeHeader({ closed: true, name }, unit.version)) return [];
  if (cut) {
    const start = sourceOffset(header.content, cut[0].length);
    return [{ title: `Keep only ${cut[0]}`, safe: false, edits: () => [{ start, end: header.end, newText: "" }] }];
  }
  const end = header.nameSpan.end;
  const safe = sectionsFor(unit).some((it) => it === name);
  return [{ title: `Close the header: ${text}]`, safe, edits: () => [{ start: end, end, newText: "]" }] }];
}
