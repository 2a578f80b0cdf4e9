import type { DirectiveName } from "../catalog/catalog.ts";
import { moveOf, ownOf } from "../service/containers/moves.ts";
import type { TrappedLine } from "../service/containers/serviceTraps.ts";
import { isOwn } from "../service/linePlaces.ts";
import { mergedAssignments, ownFile, type Unit } from "../units/unit.ts";
import { insertIntoSection, removeEach } from "./edits.ts";
import type { Fix } from "./finding.ts";

/** What moves the intent of a line of [Service] to the keys of [Container], or takes the line away where the container has it anyway. */
export function trapFixes(unit: Unit, { trap: { directive }, node }: TrappedLine): readonly Fix[] {
  const move = moveOf(unit, directive, node.text);
  const names = [directive, ...(move?.along ?? [])];
  const lines = names.flatMap((name) => mergedAssignments(unit, "Service", name).filter((it) => isOwn(unit, it)));
  const remove = (): ReturnType<Fix["edits"]> =>
    removeEach(
      ownFile(unit),
      lines.toSorted((a, b) => a.start - b.start),
    );
  if (!move) {
    const own = ownOf(directive);
    return [{ title: `Remove ${directive}=${own === undefined ? "" : `: ${own}`}`, safe: false, edits: remove }];
  }
  const missing = move.lines.filter((it) => !isSet(unit, it));
  const replacement = move.lines.join(" and ");
  if (missing.length === 0)
    return [{ title: `Remove ${directive}=: the container has ${replacement}`, safe: false, edits: remove }];
  return [
    {
      title: `Replace with ${replacement} in [Container]`,
      safe: false,
      sets: missing,
      edits: () => [insertIntoSection(unit, "Container", missing), ...remove()],
    },
  ];
}

/** Whether the container has a line already, whichever file says it. */
function isSet(unit: Unit, line: string): boolean {
  const at = line.indexOf("=");
  const all = mergedAssignments(unit, "Container", line.slice(0, at) as DirectiveName);
  return all.some((it) => it.text === line.slice(at + 1));
}
