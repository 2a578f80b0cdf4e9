import type { Span } from "../../text/span.ts";
import { filledPart } from "../filledPart.ts";
import type { HostedFile, HostedPart, HostedUnit, UnreadText } from "../hostedUnit.ts";
import { rawUnit } from "../rawUnit.ts";
import { isUnitText, unreadHeaders } from "../unread.ts";

/** The begin of a text: `@(END)`, `@("END")` where values are put in, with a syntax after a colon and escapes after a slash. */
const BEGIN =
  /@\([ \t]*("?)([^:/")\s](?:[^:/")\r\n]{0,98}[^:/")\s])?)"?[ \t]*(?::[^/)\r\n]{0,99})?(\/[A-Za-z$]{0,9})?[ \t]*\)/;
/** The title of a resource, or what it says of its file. */
const TITLE = /([a-z][\w:]{0,99})[ \t]*\{[ \t]*\r?\n?[ \t]*(?:'([^'\n]{1,400})'|"([^"\n]{1,400})")[ \t]*:/g;
const ATTRIBUTE = /\b(path|unit)[ \t]*=>[ \t]*(?:'([^'\n]{1,400})'|"([^"\n]{1,400})")/g;
/** The attribute that a text is the value of. */
const VALUE_OF = /(\w{1,99})[ \t]*=>[ \t]*$/;
/** What a value is put in for. */
const VALUE = /\$\{[^{}\n]{0,400}\}|\$(?:::)?(?:[a-z_]\w{0,99}(?:::\w{1,99}){0,9}|\d{1,9})/g;
/** Longer lines hold none. */
const MAX_LINE = 2000;
/** No word that ends a text stands in a longer one. */
const MAX_END = 300;

interface Begun {
  readonly tag: string;
  /** Whether values are put in. */
  readonly filled: boolean;
  /** Whether backslashes may mean something. */
  readonly escapes: boolean;
  readonly attribute: string | undefined;
}

/** A text between its begin and its end, with how much of each line is left out. */
interface Body extends Span {
  readonly margin: number;
  /** Whether it ends without the end of its last line. */
  readonly cut: boolean;
  readonly next: number;
}

/** A resource that a line belongs to, as far as it was read. */
interface Resource {
  readonly type: string;
  readonly title: string;
  readonly name: Span;
  readonly path?: string;
  readonly unit?: string;
}

/** The units that a manifest of Puppet has as texts of their own. */
export function puppetUnits(text: string): HostedFile {
  const units: HostedUnit[] = [];
  const unread: UnreadText[] = [];
  const covered: Span[] = [];
  let resource: Resource | undefined;
  let ends: ReturnType<typeof endsIn> | undefined;
  for (let at = 0; at < text.length; ) {
    const line = { start: at, end: lineEnd(text, at) };
    at = line.end + 1;
    if (line.end - line.start >= MAX_LINE) continue;
    resource = resourceAt(text, line, resource);
    const begun = beginOf(text.slice(line.start, line.end));
    if (begun) ends ??= endsIn(text);
    const body = begun && firstFrom(ends?.get(begun.tag) ?? [], at);
    if (!begun || !body) continue;
    at = body.next;
    const raw = partsOf(text, body, begun);
    const path = resource && pathOf(resource, begun.attribute);
    const extent = { start: line.start, end: body.end };
    const unit =
      raw && resource && path !== undefined ? rawUnit({ path, name: resource.name, extent, raw }) : undefined;
    covered.push({ start: line.start, end: body.next });
    if (unit) units.push(unit);
    else if (isUnitText(text.slice(body.start, body.end)))
      unread.push({ ...line, why: raw ? "the resource does not name its file" : "Puppet takes out its backslashes" });
  }
  return { text, units, comments: [], marks: new Map(), unread: [...unread, ...unreadHeaders(text, covered)] };
}

function resourceAt(text: string, line: Span, before: Resource | undefined): Resource | undefined {
  let resource = before;
  // A title may stand in the line after the brace.
  const from = text.lastIndexOf("\n", line.start - 2) + 1;
  for (const it of text.slice(from, line.end).matchAll(TITLE)) {
    const title = it[2] ?? it[3] ?? "";
    const start = from + it.index + it[0].lastIndexOf(title);
    if (start >= line.start) resource = { type: it[1] ?? "", title, name: { start, end: start + title.length } };
  }
  for (const it of text.slice(line.start, line.end).matchAll(ATTRIBUTE))
    if (resource) resource = { ...resource, [it[1] === "path" ? "path" : "unit"]: it[2] ?? it[3] ?? "" };
  return resource;
}

/** Where the text of a resource goes; undefined for one of which that is not known. */
function pathOf({ type, title, path, unit }: Resource, attribute: string | undefined): string | undefined {
  if (path !== undefined) return path;
  if (type === "systemd::dropin_file") return unit && `/etc/systemd/system/${unit}.d/${title}`;
  if (type === "systemd::timer" && attribute === "service_content") return title.replace(/\.timer$/, ".service");
  return title;
}

function beginOf(line: string): Begun | undefined {
  const found = line.includes("@(") && !/^[ \t]*#/.test(line) ? BEGIN.exec(line) : null;
  if (!found) return undefined;
  const [, quote, tag = "", flags] = found;
  const attribute = VALUE_OF.exec(line.slice(0, found.index))?.[1];
  return { tag, filled: quote === '"', escapes: flags !== undefined, attribute };
}

/** The lines that may end a text, by the word that they have, in their order. */
function endsIn(text: string): ReadonlyMap<string, readonly Omit<Body, "start">[]> {
  const ends = new Map<string, Omit<Body, "start">[]>();
  for (let at = 0; at < text.length; ) {
    const next = lineEnd(text, at) + 1;
    const line = next - at < MAX_END ? text.slice(at, next - 1) : "";
    const written = line.trimStart();
    const blanks = line.slice(0, line.length - written.length);
    const bar = written.startsWith("|") ? "|" : "";
    const rest = written.slice(bar.length).trimStart();
    const minus = rest.startsWith("-") ? "-" : "";
    const word = rest.slice(minus.length).trim();
    const known = ends.get(word);
    const end = { end: at, margin: bar === "|" ? blanks.length : 0, cut: minus === "-", next };
    if (known) known.push(end);
    else if (word !== "") ends.set(word, [end]);
    at = next;
  }
  return ends;
}

/** The first of some ends at an offset or after it. */
function firstFrom(ends: readonly Omit<Body, "start">[], start: number): Body | undefined {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle]?.end ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found = ends[low];
  return found && { ...found, start };
}

/** The lines of a text without their margin, and what is put in; undefined where a backslash may mean something else. */
function partsOf(
  text: string,
  { start, end, margin, cut }: Body,
  { filled, escapes }: Begun,
): readonly HostedPart[] | undefined {
  if (escapes && text.slice(start, end).includes("\\")) return undefined;
  const parts: HostedPart[] = [];
  const put = (from: number, to: number): void => {
    if (to > from)
      parts.push({ text: text.slice(from, to), source: { start: from, end: to }, exact: true, certain: true });
  };
  for (let at = start; at < end; ) {
    const next = Math.min(lineEnd(text, at) + 1, end);
    let from = at;
    while (from < at + margin && /[ \t]/.test(text[from] ?? "")) from++;
    const line = from;
    for (const it of filled ? text.slice(line, next).matchAll(VALUE) : []) {
      const source = { start: line + it.index, end: line + it.index + it[0].length };
      put(from, source.start);
      parts.push({ text: filledPart(text, line, source.start), source, exact: false, certain: false });
      from = source.end;
    }
    // Without its end the last line has none.
    put(from, cut && next === end && text[next - 1] === "\n" ? next - 1 : next);
    at = next;
  }
  return parts;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
