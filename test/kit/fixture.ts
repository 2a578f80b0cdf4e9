import assert from "node:assert/strict";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { type CheckedPath, checkedPath } from "../../server/src/families/checkedPath.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { check, type Selection } from "../../server/src/rules/check.ts";
import { lineIndex } from "../../server/src/text/lineIndex.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

/** A fixture taken apart: the text without its marks. */
export interface Fixture {
  readonly path: CheckedPath;
  readonly text: string;
  /** Where `$0` stood, -1 without one. */
  readonly cursor: number;
  /** The findings that are noted by `^^^ code severity: message` below their line; the message may be left out. */
  readonly notes: readonly { line: number; character: number; length: number; note: string }[];
}

/** Reads a fixture: a first line `#- PATH` names the file (x.service without one), `$0` is the cursor. */
export function fixture(source: string): Fixture {
  const named = /^#- (.+)\n/.exec(source);
  const kept: string[] = [];
  const notes: Fixture["notes"][number][] = [];
  for (const line of source.slice(named?.[0].length ?? 0).split("\n")) {
    const note = /^( *)(\^+) (\S+\/\S+ .+)$/.exec(line);
    if (note)
      notes.push({
        line: kept.length - 1,
        character: (note[1] ?? "").length,
        length: (note[2] ?? "").length,
        note: note[3] ?? "",
      });
    else kept.push(line);
  }
  const marked = kept.join("\n");
  const cursor = marked.indexOf("$0");
  const text = cursor < 0 ? marked : marked.slice(0, cursor) + marked.slice(cursor + 2);
  const path = checkedPath(named?.[1] ?? "x.service");
  assert.ok(path, "the fixture's path is no unit file");
  return { path, text, cursor, notes };
}

/** The findings of a text under a path. */
export function findingsOf(
  text: string,
  path = "x.service",
  selection: Selection = { profile: "off" },
  version = NEWEST_VERSION,
): Finding[] {
  const parts = checkedPath(path);
  assert.ok(parts, `${path} is no unit file`);
  return check(readUnit(parts, text, version), selection);
}

/** Demands exactly the findings that the fixture notes, at exactly these places. */
export function expectFindings(
  source: string,
  selection: Selection = { profile: "off" },
  version = NEWEST_VERSION,
): void {
  const { path, text, notes } = fixture(source);
  const lines = lineIndex(text);
  const found = check(readUnit(path, text, version), selection).map(({ start, end, code, severity, message }) => {
    const { line, character } = lines.positionAt(start);
    const noted = notes.find((it) => it.line === line && it.character === character && it.note.startsWith(code));
    return {
      line,
      character,
      length: end - start,
      note: `${code} ${severity}${noted?.note.includes(": ") === false ? "" : `: ${message}`}`,
    };
  });
  const order = (a: { line: number; character: number; note: string }, b: typeof a): number =>
    a.line - b.line || a.character - b.character || (a.note < b.note ? -1 : 1);
  assert.deepEqual(found.sort(order), [...notes].sort(order));
}
