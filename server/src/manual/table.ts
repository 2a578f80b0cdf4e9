import { largest } from "../text/extremes.ts";
import { inlines, type Notes } from "./inline.ts";
import type { Cell, Inline, Table } from "./model.ts";
import type { Lines } from "./roffLines.ts";

/** Reads the lines of a table up to its `.TE`; undefined where it has no header. */
export function readTable(lines: Lines, title: readonly Inline[], notes: Notes): Table | undefined {
  const formats: string[][] = [];
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let cell: string[] | undefined;
  lines.skip();
  for (let line = lines.peek(); line !== undefined && !/^\.(?:TE|SH|SS)\b/.test(line); line = lines.peek()) {
    lines.skip();
    if (cell === undefined && !/^:*T\{/.test(line)) {
      const format = line.replace(/\.$/, "").trim();
      if (/^(?:[lcrs^]B?)(?: ?[lcrs^]B?)*$/.test(format)) formats.push(format.match(/[lcrs^]/g) ?? []);
      continue;
    }
    if (cell === undefined) {
      for (let i = 0; line[i] === ":"; i++) row.push([]);
      cell = [line.replace(/^:*T\{/, "")];
      continue;
    }
    const close = /^T\}(:*)(T\{)?$/.exec(line);
    if (!close) {
      cell.push(line);
      continue;
    }
    row.push(inlines(cell.filter((it) => it !== "").join("\n"), notes, "cell"));
    cell = undefined;
    const colons = close[1]?.length ?? 0;
    if (close[2]) {
      for (let i = 1; i < colons; i++) row.push([]);
      cell = [];
    } else {
      rows.push(row);
      row = [];
    }
  }
  if (row.length > 0) rows.push(row);
  if (/^\.TE\b/.test(lines.peek() ?? "")) lines.skip();
  const [header, ...body] = filled(rows, formats);
  return header && { kind: "table", title, header, rows: body };
}

/** The rows with one cell a column; a cell that spans rows is repeated, one that spans columns is followed by empty ones. */
function filled(rows: readonly Cell[][], formats: readonly string[][]): Cell[][] {
  const width = largest(
    [...formats.slice(0, rows.length), ...rows].map((it) => it.length),
    0,
  );
  const result: Cell[][] = [];
  for (const [i, row] of rows.entries()) {
    const format = formats[i] ?? formats.at(-1) ?? [];
    const above = result.at(-1);
    result.push(
      Array.from({ length: width }, (_, column) => {
        const cell = row[column] ?? [];
        return format[column] === "^" && cell.length === 0 ? (above?.[column] ?? []) : cell;
      }),
    );
  }
  return result;
}
