import type { Span } from "../../text/span.ts";
import type { HostedFile, HostedPart, HostedUnit, UnreadText } from "../hostedUnit.ts";
import { isUnitPathAt, rawUnit } from "../rawUnit.ts";
import { isUnitText, unreadHeaders } from "../unread.ts";
import { heredocParts } from "./heredocParts.ts";
import { printedIn } from "./printed.ts";
import { Variables } from "./variables.ts";

/** The begin of a text in a script: `<<`, whether tabs before its lines go, and what ends it, in quotes or not. */
const BEGIN = /(?<!<)<<(?!<)(-?)[ \t]*(['"\\]?)([A-Za-z_]\w{0,99})['"]?/;
/** Where it goes: into a file, through tee, or where a Dockerfile copies it. */
const INTO =
  /(?:(?<![>&\d])>(?!>)[ \t]*|\btee[ \t]+(?!-)|^[ \t]*COPY[ \t]+)(?:"([^"\s]+)"|'([^'\s]+)'|([^\s"'|;&<>]+))/;
/** Longer lines hold none. */
const MAX_LINE = 2000;

/** The units that a script of a shell or a Dockerfile writes: texts that go into a file with the name of a unit. */
export const shellUnits = (text: string): HostedFile => new Script(text).read();

/** A line of a script, without what ends it. */
type Line = Span;

/** A text that a script writes into a file, and where its lines end. */
interface Heredoc {
  readonly line: Line;
  readonly begun: Begun;
  readonly body: Span;
  readonly ends: "text" | "quotes";
}

/** One reading of a script, from its first line to its last. */
class Script {
  readonly #text: string;
  readonly #variables = new Variables();
  readonly #units: HostedUnit[] = [];
  readonly #unread: UnreadText[] = [];
  /** What was read, or is known to be no unit. */
  readonly #known: Span[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): HostedFile {
    const text = this.#text;
    let end = text.length;
    for (let at = 0; at < text.length; ) {
      const line = { start: at, end: lineEnd(text, at) };
      const written = line.end - at < MAX_LINE ? text.slice(at, line.end) : "";
      const begun = beginOf(written);
      if (!begun) {
        this.#variables.read(written);
        at = Math.max(line.end + 1, written === "" ? 0 : this.#printed(line));
        continue;
      }
      const heredoc = heredocAt(text, line, begun);
      // One that has no end may end wherever its writer is.
      if (!heredoc) {
        end = at;
        break;
      }
      this.#heredoc(heredoc);
      at = lineEnd(text, heredoc.body.end) + 1;
    }
    const others = unreadHeaders(text.slice(0, end), this.#known);
    const unread = [...this.#unread, ...others].toSorted((a, b) => a.start - b.start);
    return { text, units: this.#units, comments: [], marks: new Map(), unread };
  }

  /** Takes what a line prints, and says where the line after it begins. */
  #printed(line: Line): number {
    const printed = printedIn(this.#text, line);
    if (!printed) return 0;
    this.#add(printed.raw, printed.extent, printed.path);
    return lineEnd(this.#text, printed.path.end) + 1;
  }

  #heredoc({ line, begun, body, ends }: Heredoc): void {
    const text = this.#text;
    const { into, plain, tabs } = begun;
    const extent = { start: line.start, end: body.end };
    this.#known.push(extent);
    const own = text.slice(body.start, body.end);
    const raw = into && isRead(own, begun, ends) ? heredocParts(text, body, { plain, tabs }) : undefined;
    const path = into && { start: line.start + into.at, end: line.start + into.at + into.path.length };
    if (raw && path && this.#add(raw, extent, path)) return;
    const why = isUnitText(tabs ? own.replace(/^\t+/gm, "") : own) ? this.#whyUnread(line, begun, raw) : undefined;
    if (why !== undefined) this.#unread.push({ ...withoutBlanks(text, line), why });
  }

  /** Why a unit was not read; undefined where its text is only shown. */
  #whyUnread(
    { start, end }: Line,
    { into, within }: Begun,
    raw: readonly HostedPart[] | undefined,
  ): string | undefined {
    if (!into) {
      if (/>>|\btee[ \t]+-/.test(this.#text.slice(start, end))) return "its text is added to a file";
      const isShown = /^[ \t]*cat[ \t]+(?:1?>&2[ \t]*)?<<-?[^|>]*$/.test(this.#text.slice(start, end));
      return isShown ? undefined : "its text goes to another program";
    }
    const { path } = this.#variables.inText(into.path);
    if (!isUnitPathAt(path))
      return /[$`]/.test(path)
        ? "only the script knows the file that it goes into"
        : "the file that it goes into is not named like a unit";
    if (within !== undefined) return "two shells read its text";
    return raw ? undefined : "what the shell puts into it cannot be told from its text";
  }

  /** Whether a text is a unit by the path that it goes to. */
  #add(raw: readonly HostedPart[], extent: Span, name: Span): boolean {
    const written = this.#text.slice(name.start, name.end);
    const { path, sure } = written.includes("$") ? this.#variables.inText(written) : { path: written, sure: true };
    const isKept = path === written;
    const unit = rawUnit({ path, name, extent, raw, unsure: !sure && !isKept });
    if (!unit) return false;
    this.#known.push(extent);
    this.#units.push(unit);
    return true;
  }
}

/** The text that begins in a line, up to the line that ends it; undefined where none does. */
function heredocAt(text: string, line: Line, begun: Begun): Heredoc | undefined {
  const start = line.end + 1;
  for (let at = start; at < text.length; at = lineEnd(text, at) + 1) {
    const ends = endsAt(text, at, begun);
    if (ends) return { line, begun, body: { start, end: at }, ends };
  }
  return undefined;
}

function withoutBlanks(text: string, { start, end }: Span): Span {
  const line = text.slice(start, end);
  return { start: start + line.length - line.trimStart().length, end: start + line.trimEnd().length };
}

/** The lines of a script that write a unit, which say the same without all others; undefined where its file is called by a variable. */
export function shellPart({ text }: HostedFile, { name, extent: { start, end } }: HostedUnit): Span | undefined {
  return text.slice(name.start, name.end).includes("$") ? undefined : { start, end: lineEnd(text, end) + 1 };
}

/** Whether the shell leaves the text as it is that begins in a line. */
export const isPlainHeredoc = (text: string, line: number): boolean =>
  beginOf(text.slice(line, lineEnd(text, line)))?.plain === true;

/** Whether a text stands between single quotes, in which there can be no others. */
export const isQuotedHeredoc = (text: string, line: number): boolean =>
  beginOf(text.slice(line, lineEnd(text, line)))?.within === "'";

interface Begun {
  readonly word: string;
  /** What stands before the word. */
  readonly quote: string | undefined;
  /** Whether the shell leaves the text as it is. */
  readonly plain: boolean;
  /** Whether tabs at the start of lines are left out. */
  readonly tabs: boolean;
  /** Which quotes of another command it stands between, as that of `sh -c` does. */
  readonly within: "'" | '"' | undefined;
  /** Where it goes, with its place in the line. */
  readonly into: { readonly path: string; readonly at: number } | undefined;
}

function beginOf(line: string): Begun | undefined {
  const found = line.includes("<<") && !/^[ \t]*#/.test(line) ? BEGIN.exec(line) : null;
  if (!found) return undefined;
  const [all, tabs, quote, word = ""] = found;
  const rest = line.replace(all, " ".repeat(all.length));
  const into = INTO.exec(rest);
  const path = into?.[1] ?? into?.[2] ?? into?.[3];
  const place = into && path !== undefined ? { path, at: into.index + into[0].lastIndexOf(path) } : undefined;
  const within = quoteBefore(line, found.index);
  return { word, quote, plain: quote !== "", tabs: tabs === "-", within, into: place };
}

/** Whether one shell alone reads a text. Between the quotes of another command two do; only single ones leave it to the inner one. */
function isRead(body: string, { within, quote }: Begun, ends: ReturnType<typeof endsAt>): boolean {
  if (within === undefined) return ends === "text";
  return within === "'" && quote !== "'" && !body.includes("'");
}

/** The quotes that are open at an offset of a line. */
function quoteBefore(line: string, end: number): Begun["within"] {
  let open: Begun["within"];
  for (let at = 0; at < end; at++) {
    const here = line[at];
    if (here === "\\" && open !== "'") at++;
    else if (here === open) open = undefined;
    else if (!open && (here === "'" || here === '"')) open = here;
  }
  return open;
}

/** Whether a text ends in a line: there alone, or with the quotes that it stands between. */
function endsAt(text: string, at: number, { word, tabs }: Begun): "text" | "quotes" | undefined {
  let start = at;
  while (tabs && text[start] === "\t") start++;
  if (!text.startsWith(word, start)) return undefined;
  const rest = text.slice(start + word.length, start + word.length + 2);
  return /^\r?(?:\n|$)/.test(rest) ? "text" : /^["']/.test(rest) ? "quotes" : undefined;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
