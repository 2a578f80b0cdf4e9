import type { Span } from "../../text/span.ts";
import type { HostedPart } from "../hostedUnit.ts";
import { bodyOf, headerOf, type YamlText } from "./yamlTree.ts";

/** How a text stands in the file, which decides how it may be changed. */
export type YamlStyle = "lines" | "quoted" | "whole";

/** What YAML makes of a text, with the places of its characters. */
interface YamlParts {
  readonly parts: readonly HostedPart[];
  readonly style: YamlStyle;
}

/** Reads a text of any style; undefined where a tag makes something else of it. */
export function yamlParts(source: string, text: YamlText): YamlParts | undefined {
  if (text.tagged) return undefined;
  const body = bodyOf(text);
  const header = headerOf(text);
  if (header !== undefined) {
    const parts = lineParts(source, body, header);
    return header.startsWith("|") ? { parts, style: "lines" } : folded(source, parts, body);
  }
  const written = source.slice(body.start, body.end);
  const { type } = text.token;
  if (/[\r\n]/.test(written)) {
    const isDouble = type === "double-quoted-scalar";
    const joined = isDouble ? written.replace(CONTINUED, "$1") : written;
    const lines = joined.split(/\r?\n/).map((it) => it.trim());
    const text = isDouble ? unescaped(foldedText(lines)) : foldedText(lines);
    return whole(type === "single-quoted-scalar" ? text.replaceAll("''", "'") : text, body);
  }
  if (type === "double-quoted-scalar") return { parts: quotedParts(source, body), style: "quoted" };
  return whole(type === "single-quoted-scalar" ? written.replaceAll("''", "'") : written, body);
}

/** What a text says, whatever its style. */
export const yamlValue = (source: string, text: YamlText | undefined): string | undefined =>
  text &&
  yamlParts(source, text)
    ?.parts.map((it) => it.text)
    .join("");

const part = (text: string, start: number, end: number, exact: boolean): HostedPart => ({
  text,
  source: { start, end },
  exact,
  certain: true,
});

const whole = (text: string, { start, end }: Span): YamlParts => ({
  parts: text === "" ? [] : [part(text, start, end, false)],
  style: "whole",
});

/** The lines of a block without their indentation, and as many of the empty ones at its end as its sign says. */
function lineParts(source: string, { start, end }: Span, header: string): readonly HostedPart[] {
  const lines: (Span & { readonly next: number })[] = [];
  for (let at = start; at < end; ) {
    const next = source.indexOf("\n", at) + 1 || end;
    const eol = source[next - 1] !== "\n" ? 0 : source[next - 2] === "\r" ? 2 : 1;
    lines.push({ start: at, end: next - eol, next });
    at = next;
  }
  const blanksOf = (it: Span): number => /^ */.exec(source.slice(it.start, it.end))?.[0].length ?? 0;
  const isEmpty = (it: Span): boolean => blanksOf(it) === it.end - it.start;
  const first = lines.find((it) => !isEmpty(it));
  const indicator = Number(/[1-9]/.exec(header)?.[0] ?? 0);
  const indent = first
    ? indicator > 0
      ? Math.min(blanksOf(first), indentSaid(source, start, indicator))
      : blanksOf(first)
    : 0;
  const last = lines.findLastIndex((it) => !isEmpty(it));
  const kept = header.includes("+") ? lines : lines.slice(0, last + 1);
  return kept.flatMap((it, i) => {
    const from = it.start + Math.min(indent, blanksOf(it));
    const isCut = header.includes("-") && i === kept.length - 1;
    if (isCut || it.next === it.end) return from < it.end ? [part(source.slice(from, it.end), from, it.end, true)] : [];
    if (it.next === it.end + 1) return [part(source.slice(from, it.next), from, it.next, true)];
    const own = from < it.end ? [part(source.slice(from, it.end), from, it.end, true)] : [];
    return [...own, part("\n", it.end, it.next, false)];
  });
}

/** The indentation that a sign says: so many more than that of the line which the sign stands in, items of lists aside. */
function indentSaid(source: string, start: number, indicator: number): number {
  const line = source.lastIndexOf("\n", start - 2) + 1;
  const lead = /^(?: *(?:- +)*)/.exec(source.slice(line, start))?.[0].length ?? 0;
  return lead + indicator;
}

function folded(source: string, lines: readonly HostedPart[], body: Span): YamlParts {
  const text = lines.map((it) => it.text).join("");
  let length = text.length;
  while (text[length - 1] === "\n") length--;
  return whole(foldedText(text.slice(0, length).split("\n")) + text.slice(length), {
    start: lines[0]?.source.start ?? body.start,
    end: body.start + source.slice(body.start, body.end).trimEnd().length,
  });
}

/** Lines as YAML joins them: with spaces, but where lines between them are empty or indented. */
function foldedText(lines: readonly string[]): string {
  let text = lines[0] ?? "";
  let empty = 0;
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? "";
    if (line === "") {
      empty++;
      continue;
    }
    const isIndented = /^[ \t]/.test(line) || /^[ \t]/.test(lines[i - 1 - empty] ?? "");
    text += (empty > 0 ? "\n".repeat(isIndented ? empty + 1 : empty) : isIndented ? "\n" : " ") + line;
    empty = 0;
  }
  return text + "\n".repeat(empty);
}

/** A line between double quotes that goes on in the next one. */
const CONTINUED = /(?<!\\)((?:\\\\)*)\\\r?\n[ \t]*/g;
const ESCAPE = /\\(?:u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|U[\dA-Fa-f]{8}|.)/gs;
const NAMED: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0", e: "\x1b", "\n": "" };

function meantBy(written: string): string {
  const code = /^\\[uxU]([\dA-Fa-f]+)$/.exec(written)?.[1];
  if (code === undefined) return NAMED[written.charAt(1)] ?? written.slice(1);
  const point = Number.parseInt(code, 16);
  return point > 0x10_ff_ff ? "" : String.fromCodePoint(point);
}

const unescaped = (text: string): string => text.replace(ESCAPE, meantBy);

/** Between double quotes, what stands there as it is and what is escaped. */
function quotedParts(source: string, { start, end }: Span): readonly HostedPart[] {
  const parts: HostedPart[] = [];
  let from = start;
  const upTo = (at: number): void => {
    if (at > from) parts.push(part(source.slice(from, at), from, at, true));
  };
  for (const { 0: written, index } of source.slice(start, end).matchAll(ESCAPE)) {
    upTo(start + index);
    from = start + index + written.length;
    const meant = meantBy(written);
    if (meant !== "") parts.push(part(meant, start + index, from, false));
  }
  upTo(end);
  return parts;
}

/** A text as it stands in one of a style. */
export function yamlWritten(text: string, style: YamlStyle, eol: string): string | undefined {
  if (style === "whole") return undefined;
  return style === "quoted" ? JSON.stringify(text).slice(1, -1) : text.replaceAll("\n", eol);
}
