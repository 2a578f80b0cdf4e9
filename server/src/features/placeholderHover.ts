import { code, type Prose, plainProse, sentence } from "../reports/markup.ts";
import { FILLED_BY } from "../syntax/template/templateDialect.ts";
import { touchedPlaceholder } from "../syntax/template/touched.ts";
import type { UnitFile } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";

/** So much of a tag is shown. */
const MOST = 60;

/** What a placeholder at an offset of a template is, in one sentence; undefined where there is none. */
export function describePlaceholder(
  { text, template }: UnitFile,
  offset: number,
): { readonly prose: Prose; readonly span: Span } | undefined {
  const found = touchedPlaceholder(template, { start: offset, end: offset });
  if (!found) return undefined;
  const { start, end, dialect } = found;
  const written = text.slice(start, end).trim();
  const shown = code(written.length > MOST ? `${written.slice(0, MOST - 1)}…` : written.replace(/\s+/g, " "));
  const isLine = template?.lines.includes(found) === true;
  const what = isLine ? "is not for systemd: it is read by" : "is a placeholder: its value comes from";
  return { prose: sentence(shown, plainProse(`${what} ${FILLED_BY[dialect]}.`)), span: { start, end } };
}
