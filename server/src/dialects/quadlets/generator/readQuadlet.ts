import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import { type JoinedText, sliceCooked, sourceSpan } from "../../../syntax/joinedText.ts";
import type { Span } from "../../../text/span.ts";
import { isQuadletComment, type QuadletTextLine, quadletLines, trimsLines, withoutBlanks } from "./quadletLines.ts";

/** A setting or a comment of a quadlet file; an empty line is a comment. */
export interface QuadletLine extends Span {
  /** Undefined for a comment. */
  readonly key?: string;
  readonly keySpan?: Span;
  /** What stands after the `=`, quotes and escapes as they are; of a comment its text. */
  readonly value: JoinedText;
}

/** All lines of one section, wherever in the file they stand. */
export interface QuadletGroup {
  readonly name: string;
  /** The first header. */
  readonly nameSpan: Span;
  /** What stands above the headers. */
  readonly comments: readonly QuadletLine[];
  readonly lines: readonly QuadletLine[];
}

/** Why the generator gives up on a file, and where. */
export interface UnreadableQuadlet extends Span {
  readonly reason: "no-setting" | "before-section" | "section-name" | "key-name" | "endless";
}

/** A quadlet file, or one of its drop-ins, as the generator reads it. */
export interface QuadletText {
  readonly groups: readonly QuadletGroup[];
  /** The line that makes the whole file unreadable. */
  readonly unreadable?: UnreadableQuadlet;
}

interface OpenGroup {
  readonly name: string;
  readonly nameSpan: Span;
  readonly comments: QuadletLine[];
  readonly lines: QuadletLine[];
}

/** Reads a file as the generator of a version does, up to the line that it does not understand. */
export function readQuadlet(text: string, version: PodmanVersion): QuadletText {
  const { lines, endless } = quadletLines(text, version);
  const groups = new Map<string, OpenGroup>();
  let current: OpenGroup | undefined;
  let pending: QuadletLine[] = [];
  const open = (name: string, nameSpan: Span): OpenGroup => {
    const known = groups.get(name) ?? { name, nameSpan, comments: [], lines: [] };
    groups.set(name, known);
    return known;
  };
  const stop = (reason: UnreadableQuadlet["reason"], { start, end }: Span): QuadletText => ({
    groups: [...groups.values()],
    unreadable: { reason, start, end },
  });
  for (const line of lines) {
    const { content, start, end } = line;
    if (isQuadletComment(content.text, version)) {
      pending.push({ value: content, start, end });
      continue;
    }
    const header = HEADER.exec(content.text);
    if (header) {
      const name = header[1] ?? "";
      const nameSpan = sourceSpan(content, 1, 1 + name.length);
      if (!SECTION_NAME.test(name)) return stop("section-name", line);
      current = open(name, nameSpan);
      // One empty line between sections is written again.
      for (const [at, it] of pending.entries()) if (at > 0 || it.value.text !== "") current.comments.push(it);
      pending = [];
      continue;
    }
    const equals = content.text.indexOf("=");
    if (equals <= 0) return stop("no-setting", line);
    if (!current) return stop("before-section", line);
    const setting = settingOf(line, equals, version);
    if (!setting) return stop("key-name", line);
    for (const it of [...pending, setting]) current.lines.push(it);
    pending = [];
  }
  if (endless) return stop("endless", endless);
  current ??= open("", { start: 0, end: 0 });
  for (const it of pending) current.lines.push(it);
  return { groups: [...groups.values()] };
}

const HEADER = /^\[([^\]]*)\][ \t]*$/;
const SECTION_NAME = /^[^[\]\u0000-\u001f\u007f-\u009f]+$/;

function settingOf(
  { content, start, end }: QuadletTextLine,
  equals: number,
  version: PodmanVersion,
): QuadletLine | undefined {
  const { text } = content;
  const keyEnd = withoutBlanks(text, { start: 0, end: equals }).end;
  const key = text.slice(0, keyEnd);
  if (keyEnd === 0 || (!trimsLines(version) && key.startsWith(" "))) return undefined;
  const value = withoutBlanks(text, { start: equals + 1, end: text.length });
  return {
    key,
    keySpan: sourceSpan(content, 0, keyEnd),
    value: sliceCooked(content, value.start, text.length),
    start,
    end,
  };
}
