import { append } from "../../text/append.ts";
import type { Span } from "../../text/span.ts";
import { outermost, spansTouching } from "../../text/spanSearch.ts";
import { endsInBackslash, isBlank, isComment, lineEnd, skipLineEnd } from "../lines.ts";
import { blocksOf, type TemplateBlock } from "./blocks.ts";
import { m4Tags } from "./m4Tags.ts";
import { directiveLines } from "./otherLines.ts";
import { ownPlaceholders } from "./ownPlaceholders.ts";
import { type NamedPlaceholder, namedPlaceholders } from "./placeholders.ts";
import { type Tag, tagsIn } from "./tags.ts";
import type { NamedTemplate, Placeholder } from "./templateDialect.ts";

/** What makes a text a template of a unit: what of it others fill in before systemd reads it. */
export interface Template {
  /** The text as systemd's parser may read it: lines that are not for systemd are comments. It has the same offsets. */
  readonly plain: string;
  /** The placeholders in all other lines, in their order. */
  readonly holes: readonly Placeholder[];
  /** The lines that are not for systemd: tags, and placeholders that stand for whole lines. */
  readonly lines: readonly Placeholder[];
  /** Whether any setting may come of one of them. */
  readonly isOpen: boolean;
  readonly blocks: readonly TemplateBlock[];
}

/**
 * Reads a text as a template, which the name of its file may say it is, with more ways to write a placeholder; undefined where
 * it is none, as all finished units are. Linear in its length, and seldom asked.
 */
export function readTemplate(text: string, named?: NamedTemplate, own: readonly string[] = []): Template | undefined {
  return new Reading(text, named, own).read();
}

/** What the placeholders of a line are to it. */
type LineKind = "plain" | "machine" | "holes";

/** One look at a text. */
class Reading {
  readonly #text: string;
  readonly #tags: readonly Tag[];
  readonly #holes: Placeholder[] = [];
  readonly #lines: Placeholder[] = [];
  /** Variables, which are placeholders only where nothing says that systemd's were meant. */
  readonly #variables: (Placeholder & {
    readonly line: Span;
    readonly isDoubtful: boolean;
    readonly isAlone: boolean;
  })[] = [];
  readonly #continued = new Set<number>();
  readonly #named: NamedTemplate | undefined;
  readonly #own: readonly string[];
  #isTemplate = false;
  #isOpen = false;

  constructor(text: string, named: NamedTemplate | undefined, own: readonly string[]) {
    this.#text = text;
    this.#named = named;
    this.#own = own;
    this.#tags = [...tagsIn(text), ...directiveLines(text), ...(named === "m4" ? m4Tags(text) : [])].sort(
      (a, b) => a.start - b.start,
    );
  }

  read(): Template | undefined {
    this.#readLines();
    const text = this.#text;
    const known = !/^[ \t]{0,99}(?:Pass)?Environment/m.test(text);
    const isSure =
      this.#isTemplate || this.#named !== undefined || (known && this.#variables.some((it) => !it.isDoubtful));
    const variables = isSure ? this.#variables : [];
    if (!this.#isTemplate && variables.length === 0) return undefined;
    for (const { line, isAlone, ...it } of variables) {
      this.#isOpen ||= isAlone;
      if (isAlone) this.#lines.push({ ...line, dialect: it.dialect });
      else this.#holes.push(it);
    }
    const blocks = blocksOf(text, this.#tags, (start) => this.#continued.has(start));
    for (const block of blocks) if (block.isInside) append(this.#lines, laterBranches(text, block));
    const lines = outermost(this.#lines);
    const holes = outermost(this.#holes).filter((it) => spansTouching(lines, it).length === 0);
    return { plain: commented(text, lines), holes, lines, isOpen: this.#isOpen, blocks };
  }

  #readLines(): void {
    const text = this.#text;
    let tag = 0;
    let key = "";
    let isContinued = false;
    for (let start = 0; start < text.length; ) {
      const end = lineEnd(text, start);
      while ((this.#tags[tag]?.end ?? start + 1) <= start) tag++;
      const inLine: Tag[] = [];
      for (let i = tag; (this.#tags[i]?.start ?? end) < end; i++) inLine.push(this.#tags[i] as Tag);
      if (isContinued) this.#continued.add(start);
      const isNote = isComment(text, start, end);
      if (!isNote && !isContinued)
        key = /^\s{0,99}([A-Za-z]{1,64})[ \t]{0,9}=/.exec(text.slice(start, Math.min(end, start + 180)))?.[1] ?? "";
      const kind = isNote ? this.#readComment(inLine) : this.#readLine({ start, end }, inLine, key, isContinued);
      if (kind !== "machine" && !isNote) isContinued = end > start && endsInBackslash(text, start, end);
      start = skipLineEnd(text, end);
    }
  }

  /** A tag works in a comment as well. */
  #readComment(tags: readonly Tag[]): LineKind {
    for (const it of tags) if (it.role !== "value" || !isFormat(this.#text, it)) this.#isTemplate = true;
    return "plain";
  }

  #namedIn({ start, end }: Span): readonly NamedPlaceholder[] {
    const known = namedPlaceholders(this.#text, { start, end }, this.#named);
    if (this.#own.length === 0) return known;
    const own = outermost(ownPlaceholders(this.#text, start, end, this.#own)).map((it) => ({
      ...it,
      isDoubtful: false,
    }));
    return [...known.filter((it) => spansTouching(own, it).length === 0), ...own];
  }

  #readLine(line: Span, tags: readonly Tag[], key: string, isContinued: boolean): LineKind {
    const text = this.#text;
    const named = this.#namedIn(line).filter((it) => spansTouching(tags, it).length === 0);
    if (tags.length === 0 && named.length === 0) return "plain";
    const all: readonly Placeholder[] = [...tags, ...named].sort((a, b) => a.start - b.start);
    const rest = blanked(text, line, all);
    const equals = rest.indexOf("=");
    const isHeader = rest.trimStart().startsWith("[");
    const [first] = all;
    if (!first) return "plain";
    const isCommand = /^Exec(?!SearchPath|Paths)/.test(key);
    // Many write variables there that systemd does not expand.
    const isFile = key === "EnvironmentFile";
    const structural = tags.filter((it) => it.role !== "value");
    const isOpenEnded = tags.some((it) => it.start < line.start || it.end > line.end) || !isBalanced(tags);
    const outside = rest.replace(/\\\s{0,99}$/, "").trim();
    const variables = named.filter((it) => it.dialect === "dollar");
    // A variable in the arguments of a command is systemd's, and two percent signs there are one.
    const isFirst = (it: Placeholder): boolean =>
      !isContinued && /^[^\s\w/]{0,99}$/.test(text.slice(line.start + equals + 1, it.start).trimStart());
    const counts = (it: Placeholder): boolean => {
      const isVariable = it.dialect === "dollar";
      if (isCommand && (isVariable || (it.dialect === "percent" && /^%[%{]/.test(text.slice(it.start, it.start + 2)))))
        return isFirst(it);
      return !isVariable || !/^(?:Pass)?Environment$/.test(key);
    };
    const real = all.filter(counts);
    const isMachine =
      isOpenEnded ||
      (outside === "" && (structural.length > 0 || !isContinued)) ||
      (!isContinued && !isHeader && structural.some((it) => equals < 0 || it.start - line.start < equals)) ||
      (!isContinued && !isHeader && equals >= 0 && first.start - line.start < equals);
    const certain = real.filter(
      (it) => it.dialect !== "dollar" && (this.#named !== undefined || !(isCommand && isFormat(text, it))),
    );
    if (certain.length > 0) this.#isTemplate = true;
    if (isMachine && (tags.length > 0 || certain.length > 0)) {
      this.#lines.push({ ...line, dialect: first.dialect });
      this.#isOpen ||= structural.length === 0 || outside !== "" || OTHERS.test(text.slice(line.start, line.end));
      return "machine";
    }
    for (const it of variables)
      if (counts(it))
        this.#variables.push({ ...it, line, isAlone: isMachine, isDoubtful: it.isDoubtful || isCommand || isFile });
    const [from, to] = [structural[0], structural.at(-1)];
    if (from && to) this.#holes.push({ start: from.start, end: to.end, dialect: from.dialect });
    for (const it of real)
      if (it.dialect !== "dollar" && !(from && to && from.start <= it.start && it.end <= to.end))
        this.#holes.push({ start: it.start, end: it.end, dialect: it.dialect });
    return "holes";
  }
}

/** Whether braces are what programs such as podman take for the format of their output. */
const isFormat = (text: string, { start, dialect }: Placeholder): boolean =>
  (dialect === "go" || dialect === "braces") &&
  /^\{\{-?\s{0,9}(?:\.|(?:json|range|index|if|with|println|printf|join|end)\b)/.test(text.slice(start, start + 30));

/** What brings lines of other files, or of a macro, wherever in a line. */
const OTHERS = /\b(?:include|import|extends|call|template|render|partial)\b|\{\{>|\bif(?:def|else)\(/;

/** Whether all blocks that begin on a line end there. */
function isBalanced(tags: readonly Tag[]): boolean {
  let depth = 0;
  for (const { role } of tags) {
    if (role === "open" || role === "wrap") depth++;
    else if (role === "close") depth--;
    else if ((role === "middle" || role === "else") && depth === 0) return true;
    if (depth < 0) return tags.length === 1;
  }
  return depth === 0 || tags.length === 1;
}

/** Branches after the first one go on with a line that the first one may have ended. */
function laterBranches(text: string, { branches }: TemplateBlock): Placeholder[] {
  return branches.slice(1).flatMap(({ start, end }) => {
    const lines: Placeholder[] = [];
    for (let at = start; at < end; ) {
      const to = lineEnd(text, at);
      lines.push({ start: at, end: to, dialect: "jinja" });
      at = skipLineEnd(text, to);
    }
    return lines;
  });
}

/** A line with blanks instead of some stretches of it. */
function blanked(text: string, { start, end }: Span, spans: readonly Span[]): string {
  let made = "";
  let at = start;
  for (const it of spans) {
    if (it.end <= at) continue;
    made += text.slice(at, Math.max(at, it.start));
    const [from, to] = [Math.max(at, it.start), Math.min(it.end, end)];
    made += " ".repeat(Math.max(0, to - from));
    at = Math.max(at, to);
  }
  return made + text.slice(at, end);
}

/** A text in which some lines are comments. */
function commented(text: string, lines: readonly Span[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of lines) {
    let first = Math.max(start, at);
    while (first < end && isBlank(text.charCodeAt(first))) first++;
    if (first >= end || isComment(text, first, end)) continue;
    // Half a character would be no text.
    const width = (text.codePointAt(first) ?? 0) > 0xffff ? 2 : 1;
    parts.push(text.slice(at, first), "#".repeat(width));
    at = first + width;
  }
  return parts.join("") + text.slice(at);
}
