import { SPECIFIERS } from "../../../facts/specifiers.ts";
import type { Issue, Piece } from "../../grammar.ts";
import { extentOf, issueAt, part } from "../../piece.ts";
import { about } from "../../wording.ts";

/** A format of date(1) inside a script. */
const IN_SCRIPT = /\bdate(?:\s+-[^\s|;&]+)*\s+["']?(\+[^"'`;|&)]*)/;

/** Nobody writes a longer script into one word. */
const MAX_ARGUMENT = 4096;

/**
 * A year with its month, or a whole time of day, as strftime(3) writes them. Other pairs may be meant: `%Y/%m` is a file
 * named after the machine next to the unit file.
 */
const FORMAT = /(?<=^|[^%])(?:%Y(?:[-_.]?%m(?:[-_.]?%d)?|\/%m\/%d)|%H:?%M:?%S)(?:[-_.:T ]?%[HMS])*/;

/** A format for date(1) whose `%Y` and similar ones are specifiers of systemd, which says nothing where it knows them. */
export function formatMistake(raw: Piece, program: string): Issue | undefined {
  if (raw.text.length > MAX_ARGUMENT || !raw.text.includes("%")) return undefined;
  const own = program === "date" ? /^["']?(\+.*)$/s.exec(raw.text) : undefined;
  const found = own ?? IN_SCRIPT.exec(raw.text);
  const format = found?.[1];
  if (!found || format === undefined) return anyFormat(raw);
  const start = found.index + found[0].length - format.length;
  const at = part(raw, start, start + format.length);
  const letter = /(?:^|[^%])(?:%%)*%([A-Za-z])/.exec(format)?.[1];
  if (letter === undefined || !SPECIFIERS.has(letter)) return undefined;
  return issueAt(
    at,
    "value/date-format",
    about(`%${letter}`, "stands in a date format, which systemd expands before date sees it"),
    [{ title: "Double the percent signs", ...extentOf(at), text: format.replace(/%%|%(?=[A-Za-z])/g, "%%") }],
  );
}

/** A host name with an image ID after it is nothing but a time of day; a folder glued to a name is a number or a day. */
const GLUED = /%H:?%M|(?<=[\w.]{2}-?|\w[.-])(?<!%\w-?)%[dhtSCLTVE](?![/\w])/;

/** The same for any other program, such as a backup whose name has the date. */
function anyFormat(raw: Piece): Issue | undefined {
  const found = FORMAT.exec(raw.text) ?? GLUED.exec(raw.text);
  if (!found) return undefined;
  const [format] = found;
  const span = extentOf(part(raw, found.index, found.index + format.length));
  return {
    ...span,
    code: "value/date-format",
    ...about(format, "is expanded by systemd before the program sees it"),
    consequence: "it becomes paths, names and IDs instead of a date",
    fixes: [{ title: "Double the percent signs", ...span, text: format.replaceAll("%", "%%") }],
  };
}
