import { insertAfter, lineEnding } from "../findings/edits.ts";
import type { Assignment, LogicalLine } from "../syntax/tree.ts";
import type { TextEdit } from "../text/span.ts";
import { memo } from "../units/memo.ts";
import type { ReadSection, Unit } from "../units/unit.ts";
import { ROWS } from "./profiles.ts";

/** Settings that stand with the sandboxing of a unit without being a row of their own. */
const COMPANIONS = [
  "SystemCallErrorNumber",
  "SystemCallLog",
  "AmbientCapabilities",
  "SecureBits",
  "ReadWritePaths",
  "ReadOnlyPaths",
  "InaccessiblePaths",
  "ExecPaths",
  "BindPaths",
  "BindReadOnlyPaths",
  "MountAPIVFS",
  "PrivateMounts",
  "PrivateIPC",
  "PrivatePIDs",
  "IPAddressAllow",
  "DevicePolicy",
  "DeviceAllow",
  "RestrictFileSystems",
];

/** Rows whose settings stand elsewhere in a unit file. */
const ELSEWHERE = /^(?:\w+Directory|LoadCredential|UMask|DynamicUser)$/;

const SANDBOXING: ReadonlySet<string> = new Set([
  ...ROWS.map((it) => it.directive).filter((it) => !ELSEWHERE.test(it)),
  ...COMPANIONS,
]);

/** Puts lines after the last sandboxing line of a section, else at its end. */
export function addLines({ file }: Unit, section: ReadSection, lines: readonly string[]): TextEdit {
  return insertAfter(file, anchorIn(section), lines);
}

const anchorIn = memo((section: ReadSection): LogicalLine => {
  const sandboxing = section.nodes.findLast((it) => it.kind === "assignment" && SANDBOXING.has(it.key));
  const last = sandboxing ?? section.nodes.findLast((it) => it.kind !== "comment");
  return last && last.kind !== "comment" ? last : section.header;
});

/** Changes a value in place; further lines follow after it. */
export function changeValue({ file }: Unit, node: Assignment, value: string, lines: readonly string[]): TextEdit[] {
  const change = { ...node.valueSpan, newText: value };
  return lines.length > 0 ? [change, insertAfter(file, node, lines)] : [change];
}

/** Puts lines before another one. */
export function addBefore({ file }: Unit, node: Assignment, lines: readonly string[]): TextEdit[] {
  const eol = lineEnding(file.text);
  return [{ start: node.start, end: node.start, newText: lines.map((it) => it + eol).join("") }];
}
