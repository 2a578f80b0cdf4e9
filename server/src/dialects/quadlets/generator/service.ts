import type { Span } from "../../../text/span.ts";

/** A place in one of the files that a service is made from. */
export interface Origin extends Span {
  readonly path: string;
}

/** A stretch of the value of a generated line, and the place that it comes from. */
export interface ServicePart extends Span {
  readonly origin: Origin;
}

/** A line of a generated service. */
export interface ServiceLine {
  /** Undefined for a comment or an empty line. */
  readonly key?: string;
  /** What stands after the `=`; of a comment its text. */
  readonly value: string;
  /** Whether it was copied from a file; all others are the generator's. */
  readonly copied: boolean;
  /** The line that it was copied from, or the setting that made the generator write it; undefined where it always does. */
  readonly origin?: Origin;
  /** Of a command: where its words come from, in their order. */
  readonly parts?: readonly ServicePart[];
}

/** A section of a generated service. */
export interface ServiceSection {
  readonly name: string;
  /** What stands above the header. */
  readonly comments: readonly ServiceLine[];
  readonly lines: readonly ServiceLine[];
}

/** A service as the generator writes it. */
export interface GeneratedService {
  /** The name of its file, such as `web.service`. */
  readonly name: string;
  /** The quadlet file that it is made from. */
  readonly source: string;
  readonly sections: readonly ServiceSection[];
}

/** A line of the text of a service; headers are the only ones without `line`. */
export interface ServiceTextLine extends Span {
  readonly section: string;
  readonly line?: ServiceLine;
}

/** The text of a service, and what each of its lines is. */
export interface GeneratedText {
  readonly text: string;
  readonly lines: readonly ServiceTextLine[];
}

/** Writes a service as the generator does, with an empty line between sections. */
export function generatedText({ sections }: Pick<GeneratedService, "sections">): GeneratedText {
  let text = "";
  const lines: ServiceTextLine[] = [];
  const write = (section: string, written: string, line?: ServiceLine): void => {
    lines.push({ section, start: text.length, end: text.length + written.length, ...(line ? { line } : {}) });
    text += `${written}\n`;
  };
  const writeLine = (section: string, line: ServiceLine): void =>
    write(section, line.key === undefined ? line.value : `${line.key}=${line.value}`, line);
  for (const [index, { name, comments, lines: own }] of sections.entries()) {
    if (index > 0) text += "\n";
    for (const it of comments) writeLine(name, it);
    // A file of comments alone has no section.
    if (name !== "") write(name, `[${name}]`);
    for (const it of own) if (name !== "") writeLine(name, it);
  }
  return { text, lines };
}
