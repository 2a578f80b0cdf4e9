import { onOneLine, printable } from "../text/printable.ts";
import { type EffectiveLine, type EffectiveRow, type EffectiveUnit, shortOrigin } from "./effective.ts";

/** A text of an effective unit, and which line of it shows which line of the unit. */
export interface EffectiveText {
  readonly text: string;
  /** By line of the text. */
  readonly lines: ReadonlyMap<number, EffectiveLine>;
}

/**
 * An effective unit as a unit file that systemd would read the same way: what is not in force is a comment. Where the lines
 * come from is shown next to them in an editor that shows it.
 */
export function effectiveText(unit: EffectiveUnit): EffectiveText {
  const rows: string[] = [];
  const lines = new Map<number, EffectiveLine>();
  for (const { text, line } of rowsOf(unit)) {
    if (line) lines.set(rows.length, line);
    rows.push(text);
  }
  return { text: `${rows.join("\n")}\n`, lines };
}

/** A row of the text, and the line of the unit that it shows. */
interface Row {
  readonly text: string;
  readonly line: EffectiveLine | undefined;
}

/** The rows one by one: those of a long unit are never in memory together. */
function* rowsOf({ name, by, files, messages, lines }: EffectiveUnit): Iterable<Row> {
  const refused = messages.map((it) => `# ${by === undefined ? "systemd does not load this unit: " : ""}${it}`);
  // Of a quadlet the messages say that there is nothing.
  const title = by !== undefined && messages.length > 0 ? name : `${name} as ${by ?? "systemd reads it"}`;
  for (const it of [`# ${title}`, ...refused, ...files.map((it) => `# ${it}`)]) yield plain(inComment(it));
  let section: string | undefined;
  for (const line of lines) {
    if (line.section !== section) {
      yield plain("");
      yield plain(`${line.stray ? "# " : ""}[${line.section}]`);
    }
    section = line.section;
    if (line.rows) yield* rowsOfParts(line, line.rows);
    else yield { text: `${isRead(line) ? "" : "# "}${line.directive}=${line.value}`, line };
  }
}

const plain = (text: string): Row => ({ text, line: undefined });

function* rowsOfParts(line: EffectiveLine, parts: readonly EffectiveRow[]): Iterable<Row> {
  const { origin: _, reason: __, ...rest } = line;
  for (const [at, { text, ...place }] of parts.entries()) {
    const end = at < parts.length - 1 ? " \\" : "";
    yield { text: `${at === 0 ? `${line.directive}=` : "  "}${text}${end}`, line: { ...rest, ...place } };
  }
}

/** Its settings alone, without what says where it comes from. */
export const settingsText = (unit: EffectiveUnit): string =>
  effectiveText({ ...unit, files: [], messages: [] }).text.replace(/^.*\n\n?/, "");

/** Whether a line is one of those that make the unit what it is. */
const isRead = ({ state }: EffectiveLine): boolean => state === "in-force" || state === "resets";

/** What is said next to a line: where it is written, and why it is not in force. */
export function remarkOn(files: readonly string[], { origin, reason }: EffectiveLine): string {
  const place = origin && shortOrigin(files, origin);
  return inComment([place, reason].filter((it) => it !== undefined).join(", "));
}

/** The name of a file may have line ends in it, after which a comment would be over. */
const inComment = (text: string): string => printable(onOneLine(text));

const WIDE = 60;

/**
 * The same with what is said next to the lines in a column of its own, for a terminal or an editor without decorations. What
 * would be longer than a terminal is wide stands above its line.
 */
export function annotatedText(unit: EffectiveUnit, most = Number.POSITIVE_INFINITY): string {
  let width = 0;
  for (const { text, line } of rowsOf(unit)) if (line) width = Math.min(WIDE, Math.max(width, text.length));
  const annotated = ({ text, line }: Row): string => {
    if (!line) return text;
    const remark = `# ${remarkOn(unit.files, line)}`;
    const beside = `${text.padEnd(width)}  ${remark}`;
    // Inside of a value that goes on a comment of its own is part of nothing either.
    return beside.length <= most ? beside : `${remark}\n${text}`;
  };
  return inLines(rowsOf(unit), annotated);
}

/** So many rows are joined at once, so that what each of them is made of is soon forgotten. */
const JOINED = 1000;

function inLines(rows: Iterable<Row>, shown: (row: Row) => string): string {
  const pieces: string[] = [];
  let piece: string[] = [];
  for (const row of rows) {
    piece.push(shown(row));
    if (piece.length < JOINED) continue;
    pieces.push(piece.join("\n"));
    piece = [];
  }
  return `${[...pieces, ...(piece.length > 0 ? [piece.join("\n")] : [])].join("\n")}\n`;
}
