import { isKnownSpecifier } from "../../../facts/specifiers.ts";
import { type Piece, part, type Trouble } from "../../grammar.ts";
import { spanOf } from "../names/read.ts";

/** A format of date(1) inside of a script. */
const IN_SCRIPT = /\bdate(?:\s+-[^\s|;&]+)*\s+["']?(\+[^"'`;|&)]*)/;

/** Nobody writes a longer script into one word. */
const LONG = 4096;

/** A format for date(1) whose `%Y` and the like are specifiers of systemd, which says nothing where it knows them. */
export function formatMistake(raw: Piece, program: string): Trouble | undefined {
  if (raw.text.length > LONG || !raw.text.includes("+") || !raw.text.includes("%")) return undefined;
  const own = program === "date" ? /^["']?(\+.*)$/s.exec(raw.text) : undefined;
  const found = own ?? IN_SCRIPT.exec(raw.text);
  const format = found?.[1];
  if (!found || format === undefined) return undefined;
  const start = found.index + found[0].length - format.length;
  const at = part(raw, start, start + format.length);
  const letter = /(?:^|[^%])(?:%%)*%([A-Za-z])/.exec(format)?.[1];
  if (letter === undefined || !isKnownSpecifier(letter, "full")) return undefined;
  return {
    ...spanOf(at),
    code: "value/date-format",
    says: `has %${letter} in a format for date, which systemd replaces before date sees it`,
    fixes: [{ title: "Double the percent signs", ...spanOf(at), text: format.replace(/%%|%(?=[A-Za-z])/g, "%%") }],
  };
}
