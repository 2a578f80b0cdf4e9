import { type PayloadReport, payloadInShort, worstFirst } from "../features/payload.ts";
import { onOneLine } from "../text/printable.ts";
import { pathColumn, pathInColumn, type TableLayout } from "./checkTable.ts";
import { GREEN, RED, YELLOW } from "./exposureColour.ts";
import { hanging } from "./wrapping.ts";

const COLOURS = { bad: RED, weak: YELLOW, unknown: undefined, good: GREEN } as const;
const QUESTION = "THE PROGRAM IN THE CONTAINER";

/** What a program in a container is given, question by question; then the exposure of podman, where it is podman's, and why it says nothing about that. */
export function payloadTable({ name, service, rows }: PayloadReport, { paint, width: most }: TableLayout): string {
  const width = rows.reduce((most, it) => Math.max(most, it.question.length), QUESTION.length);
  const lines = worstFirst(rows).map(({ verdict, question, answer, line }) => {
    const place = line === undefined ? "" : ` (line ${line})`;
    const row = `${paint(verdict.padEnd(7), COLOURS[verdict])}  ${question.padEnd(width)}  ${onOneLine(answer)}${place}`;
    return hanging(row, most, width + 11);
  });
  const head = `${"".padEnd(7)}  ${QUESTION.padEnd(width)}  ANSWER`;
  const conclusions = [
    `→ ${onOneLine(name)}: ${payloadInShort(rows)}`,
    ...(service ? [`→ The service that starts it: ${service.exposure}; ${service.why}`] : []),
  ].map((it) => hanging(it, most, 4));
  return [head, ...lines, "", ...conclusions, ""].join("\n");
}

/** A report as far as it is about a container. */
interface Assessed {
  readonly path: string;
  readonly payload?: PayloadReport | undefined;
}

/** A line for each of several containers; nothing without any. */
export function containersOverview(reports: readonly Assessed[], { paint, width: most }: TableLayout): string {
  if (reports.length === 0) return "";
  const named = reports.map(({ path, payload }) => ({ path: onOneLine(path), rows: payload?.rows ?? [] }));
  const width = pathColumn(["CONTAINER", ...named.map((it) => it.path)], most);
  const lines = named.map(({ path, rows }) => {
    const worst = worstFirst(rows)[0]?.verdict ?? "unknown";
    return `${pathInColumn(path, width)} ${paint(payloadInShort(rows), COLOURS[worst])}`;
  });
  return [`${"CONTAINER".padEnd(width)} WHAT ITS PROGRAM IS GIVEN`, ...lines, ""].join("\n");
}
