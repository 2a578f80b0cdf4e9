import type { Span } from "../../text/span.ts";
import type { Placeholder } from "./dialect.ts";
import type { Template } from "./template.ts";

/** The placeholder or tag that a span touches; where it is empty, that it stands in. */
export function touchedPlaceholder(template: Template | undefined, { start, end }: Span): Placeholder | undefined {
  const to = Math.max(end, start + 1);
  const touches = (it: Span): boolean => it.start < to && start < it.end;
  return template?.holes.find(touches) ?? template?.lines.find(touches);
}
