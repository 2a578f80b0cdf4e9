import type { Span } from "../../text/span.ts";
import { spansTouching } from "../../text/spanSearch.ts";
import type { Template } from "./template.ts";
import type { Placeholder } from "./templateDialect.ts";

/** The placeholder or tag that a span touches; where it is empty, that it stands in. */
export function touchedPlaceholder(template: Template | undefined, span: Span): Placeholder | undefined {
  if (!template) return undefined;
  return spansTouching(template.holes, span)[0] ?? spansTouching(template.lines, span)[0];
}
