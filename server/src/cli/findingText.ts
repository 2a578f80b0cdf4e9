import type { Finding, Severity } from "../findings/finding.ts";
import { appliedFix } from "../rules/fixAll.ts";
import { onOneLine } from "../text/printable.ts";
import { memo } from "../units/memo.ts";
import type { CheckedFile } from "./fileReport.ts";
import { sourceExcerpt } from "./sourceExcerpt.ts";
import type { Paint } from "./terminal.ts";
import { hanging } from "./wrapping.ts";

export const COLOURS: Readonly<Record<Severity, string>> = { error: "31", warning: "33", info: "36", hint: "2" };

/** How findings are laid out. */
export interface FindingLayout {
  readonly paint: Paint;
  /** Characters in a line of the terminal that they are for; missing where each finding is one line of a file or pipe. */
  readonly width: number | undefined;
}

/** What is said at a place of a file. */
interface PlacedMessage {
  readonly start: number;
  /** Such as `warning`, with the end of its line after it. */
  readonly word: string;
  readonly colour: string;
  readonly message: string;
  readonly code?: string;
}

/** One sentence at a place of a file: a line that editors and terminals find their way by. */
export function placedText(
  file: Pick<CheckedFile, "path" | "lines">,
  entry: PlacedMessage,
  { paint, width }: FindingLayout,
): string {
  const { line, character } = file.lines.positionAt(entry.start);
  const place = `${onOneLine(file.path)}:${line + 1}:${character + 1}`;
  const code = entry.code === undefined ? "" : ` ${paint(`[${entry.code}]`, "2")}`;
  return `${hanging(`${place}: ${paint(entry.word, entry.colour)}: ${onOneLine(entry.message)}${code}`, width, 4)}\n`;
}

/** A finding with the fix that `check` has for it, and on a terminal with its line. */
export function findingText(file: CheckedFile, finding: Finding, layout: FindingLayout): string {
  const { start, severity, code } = finding;
  const colour = COLOURS[severity];
  const message = `${finding.message}${fixEnding(finding)}`;
  const text = placedText(file, { start, word: severity, colour, message, code }, layout);
  const { width, paint } = layout;
  // A secret is in the file, and not on the screen of whoever checks it.
  if (width === undefined || secretLines(file).has(file.lines.positionAt(start).line)) return text;
  return text + sourceExcerpt(file, finding, { width, paint, colour });
}

/** The lines of a file in which something was found that is not to be seen by others. */
const secretLines = memo(
  ({ findings, lines }: CheckedFile): ReadonlySet<number> =>
    new Set(findings.filter((it) => SECRET.test(it.code)).map((it) => lines.positionAt(it.start).line)),
);

/** Rules about secrets say so in their names. */
const SECRET = /\/(?:secret|load-credential)/;

/** Which fix there is and what applies it, as far as the message does not say so. What is missing is added by `harden`. */
function fixEnding({ advice, fixes, message }: Finding): string {
  const fix = advice === undefined ? appliedFix(fixes, "all") : undefined;
  if (!fix) return "";
  const option = fix.safe ? "--fix" : "--unsafe-fixes";
  const isSaid = message.includes(`did you mean ${fix.title.replace(/^Change to /, "")}?`);
  return isSaid
    ? `; ${option} changes it`
    : `; ${option}: ${onOneLine(fix.title.charAt(0).toLowerCase() + fix.title.slice(1))}`;
}
