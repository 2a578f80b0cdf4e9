import type { Assignment, Section } from "../syntax/tree.ts";
import { memo } from "./memo.ts";

/** The assignments of a section by their directives, each list in the order of the file. */
export const byDirective = memo(({ nodes }: Section): ReadonlyMap<string, readonly Assignment[]> => {
  const lists = new Map<string, Assignment[]>();
  for (const node of nodes) {
    if (node.kind !== "assignment") continue;
    const list = lists.get(node.key);
    if (list) list.push(node);
    else lists.set(node.key, [node]);
  }
  return lists;
});
