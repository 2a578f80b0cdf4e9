import { type Directive, type DirectiveName, directive, isRead } from "../../catalog/catalog.ts";
import type { SystemdVersion } from "../../facts/version.ts";
import type { Fix } from "../../findings/finding.ts";
import type { Span } from "../../text/span.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";

/**
 * The fix for a directive that has another name since, where both names take the same values. It is safe where all of some
 * versions know the new name and the unit does not set that already.
 */
export function newNameFixes(
  unit: Unit,
  row: Directive,
  { start, end }: Span,
  versions: readonly SystemdVersion[],
): Fix[] {
  const next = row.successor && directive(row.successor.section, row.successor.name);
  if (!next || next.section !== row.section || next.type !== row.type) return [];
  const free = mergedAssignments(unit, next.section, next.name as DirectiveName).length === 0;
  return [
    {
      title: `Change to ${next.name}=`,
      safe: free && versions.every((version) => isRead(next, version)),
      edits: () => [{ start, end, newText: next.name }],
    },
  ];
}
