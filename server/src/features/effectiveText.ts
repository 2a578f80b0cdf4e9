import { largest } from "../text/extremes.ts";
import { onOneLine, printable } from "../text/printable.ts";
import { type EffectiveLine, type EffectiveUnit, shortOrigin } from "./effective.ts";

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
export function effectiveText({ name, by, files, messages, lines }: EffectiveUnit): EffectiveText {
  const refused = messages.map((it) => `# ${by === undefined ? "systemd does not load this unit: " : ""}${it}`);
  // Of a quadlet the messages say that there is nothing.
  const title = by !== undefined && messages.length > 0 ? name : `${name} as ${by ?? "systemd reads it"}`;
  const rows = [`# ${title}`, ...refused, ...files.map((it) => `# ${it}`)].map(inComment);
  const shown = new Map<number, EffectiveLine>();
  let section: string | undefined;
  for (const line of lines) {
    if (line.section !== section) rows.push("", `${line.stray ? "# " : ""}[${line.section}]`);
    section = line.section;
    if (line.rows) {
      for (const [at, { text, ...place }] of line.rows.entries()) {
        const { origin: _, reason: __, ...rest } = line;
        shown.set(rows.length, { ...rest, ...place });
        const end = at < line.rows.length - 1 ? " \\" : "";
        rows.push(`${at === 0 ? `${line.directive}=` : "  "}${text}${end}`);
      }
      continue;
    }
    shown.set(rows.length, line);
    rows.push(`${isRead(line) ? "" : "# "}${line.directive}=${line.value}`);
  }
  return { text: `${rows.join("\n")}\n`, lines: shown };
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
  const { text, lines } = effectiveText(unit);
  const rows = text.split("\n");
  const width = Math.min(
    WIDE,
    largest(
      [...lines.keys()].map((at) => rows[at]?.length ?? 0),
      0,
    ),
  );
  for (const [at, line] of lines) {
    const row = rows[at] ?? "";
    const remark = `# ${remarkOn(unit.files, line)}`;
    const beside = `${row.padEnd(width)}  ${remark}`;
    // Inside of a value that goes on a comment of its own is part of nothing either.
    rows[at] = beside.length <= most ? beside : `${remark}\n${row}`;
  }
  return rows.join("\n");
}
