import { QUADLET_TYPES, type QuadletType } from "../../../facts/quadlets/keys.ts";
import { append } from "../../../text/append.ts";
import type { Span } from "../../../text/span.ts";

/** One of the quadlets in a `.quadlets` file; it ends before the line that separates it from the next one. */
export interface QuadletPart extends Span {
  /** What the comment `# FileName=` says, with its place; undefined where there is none. */
  readonly stem?: Span & { readonly text: string };
  /** By its first section that is one of a type; undefined where there is none. */
  readonly type?: QuadletType;
  /** The first line that says anything. */
  readonly first: Span;
}

/** Takes a `.quadlets` file apart as `podman quadlet install` does, at lines of `---`; parts that are empty are left out. */
export function quadletParts(text: string): readonly QuadletPart[] {
  const parts: QuadletPart[] = [];
  let start = 0;
  for (const { index, 0: line } of text.matchAll(SEPARATOR)) {
    append(parts, partOf(text, start, index));
    start = index + line.length;
  }
  return [...parts, ...partOf(text, start, text.length)];
}

const SEPARATOR = /^[^\S\n]*---[^\S\n]*(?:\n|$)/gm;

function partOf(text: string, start: number, end: number): readonly QuadletPart[] {
  const lines = [...text.slice(start, end).matchAll(/[^\n]+/g)].map(({ index, 0: line }) => {
    const from = start + index + (line.length - line.trimStart().length);
    return { text: line.trim(), start: from, end: from + line.trim().length };
  });
  const first = lines.find((it) => it.text !== "");
  if (!first) return [];
  const type = lines.map((it) => typeOfHeader(it.text)).find((it) => it !== undefined);
  const comment = lines.find((it) => FILE_NAME.test(it.text));
  const from = comment && comment.start + (FILE_NAME.exec(comment.text)?.[0].length ?? 0);
  const stem = comment && from !== undefined && { text: text.slice(from, comment.end), start: from, end: comment.end };
  return [{ start, end, first, ...(type && { type }), ...(stem && { stem }) }];
}

const FILE_NAME = /^#\s*FileName=\s*/;

/** The letters of a section do not count here, although the generator wants them as they are. */
function typeOfHeader(line: string): QuadletType | undefined {
  if (!line.startsWith("[") || !line.endsWith("]")) return undefined;
  const name = line.replace(/^[[\]]+|[[\]]+$/g, "").toLowerCase();
  return QUADLET_TYPES.find((it) => it.extension === name);
}

/** The name of the file that is made of a part; undefined where podman refuses to make it. */
export function nameOfPart({ stem, type }: QuadletPart): string | undefined {
  return stem && type && stem.text !== "" && !/[/\\]/.test(stem.text) ? `${stem.text}.${type.extension}` : undefined;
}

/** Gives parts of a text as files of their own, in which everything stands where it does in the whole one: what is before it is comments. */
export function textsOfParts(text: string): (part: QuadletPart) => string {
  const comments = text.replace(/[^\n]+/g, (line) => "#".repeat(line.length));
  return ({ start, end }) => comments.slice(0, start) + text.slice(start, end);
}
