import type { SystemdVersion } from "../../facts/version.ts";
import type { CheckedPath } from "../../families/checkedPath.ts";
import type { LineTable } from "../../syntax/lineTable.ts";
import { parse, sectionsOfNodes } from "../../syntax/parse.ts";
import { commonEnd, commonStart } from "../../syntax/reuse.ts";
import { AssignmentNode } from "../../syntax/setting.ts";
import type { TemplateBlock } from "../../syntax/template/blocks.ts";
import { mayBeTemplate } from "../../syntax/template/mayBeTemplate.ts";
import { mayHoldOwn } from "../../syntax/template/ownPlaceholders.ts";
import { readTemplate, type Template } from "../../syntax/template/template.ts";
import type { Placeholder } from "../../syntax/template/templateDialect.ts";
import type { Node, TemplateFile, UnitFile } from "../../syntax/tree.ts";
import { largest } from "../../text/extremes.ts";
import { lineStart } from "../../text/lineStart.ts";
import type { Span } from "../../text/span.ts";
import { outermost, spansTouching } from "../../text/spanSearch.ts";
import type { Where } from "../../values/grammar.ts";
import { carryLists, type Reused } from "../byDirective.ts";
import { MARK } from "../mark.ts";
import { memo } from "../memo.ts";
import type { StatedText } from "../statedText.ts";
import { whereAt } from "../where.ts";
import { standIn } from "./standIn.ts";

/** What a path says about a file, and who judges it. */
export type ReadPath = CheckedPath & {
  /** Whether systemd reads the file as it is, so that nothing in it is a placeholder. */
  readonly finished?: true;
  /** More ways to write a placeholder, each with one `*` for the name. */
  readonly placeholders?: readonly string[];
  /** What is stated of its service outside of its files. */
  readonly stated?: readonly StatedText[];
};

/** A path whose file is read as another one of the same unit is. */
export const readAlike = (path: CheckedPath, { finished, placeholders, stated }: ReadPath): ReadPath => ({
  ...path,
  ...(finished && { finished }),
  ...(placeholders && { placeholders }),
  ...(stated && { stated }),
});

/** So many branches of a block are looked at, and others are taken for the last one. */
const MOST_VARIANTS = 5;

/** Parses a text for one version of systemd, as a template where it is one; with the file before an edit only what changed. */
export function readFile(
  path: ReadPath,
  version: SystemdVersion,
  text: string,
  previous?: UnitFile,
  lines?: LineTable,
): UnitFile {
  const before = previous?.template?.written ?? previous;
  if (path.finished) return readPlain(text, before, lines);
  const isNamed = path.template !== undefined;
  const { placeholders = [] } = path;
  const news = previous?.unmarked ? changedLines(previous.text, text) : text;
  if (!isNamed && !mayBeTemplate(news) && !mayHoldOwn(news, placeholders))
    return Object.assign(readPlain(text, before, lines), UNMARKED);
  const template = readTemplate(text, isNamed ? (path.template === "m4" ? "m4" : "other") : undefined, placeholders);
  if (!template) return read(text, before, lines);
  const written = parse(template.plain, before, lines);
  return templateFile(text, template, written, whereAt(path, version));
}

/** Added to a new file, as a copy with one thing more would have a shape of its own. */
const UNMARKED = { unmarked: true } as const;
const UNADDRESSED = { unaddressed: true } as const;

function read(
  text: string,
  before: UnitFile | undefined,
  lines: LineTable | undefined,
  onReuse?: (file: UnitFile, reused: Reused) => void,
): UnitFile {
  let reused: Reused | undefined;
  const file = parse(text, before, lines, (start, end) => {
    reused = { start, end };
  });
  if (before && reused) carryLists(before, file, reused);
  if (reused) onReuse?.(file, reused);
  return file;
}

/** The same of a text without placeholders, with whether a comment may be for us: after an edit only what was read is looked through. */
function readPlain(text: string, before: UnitFile | undefined, lines: LineTable | undefined): UnitFile {
  let news = text;
  const file = read(text, before, lines, ({ nodes }, { start, end }) => {
    if (before?.unaddressed) news = text.slice(nodes[start - 1]?.end ?? 0, nodes[nodes.length - end]?.start);
  });
  return news.includes(MARK) ? file : Object.assign(file, UNADDRESSED);
}

/** The lines of a text that another one does not have, in one piece. */
function changedLines(old: string, text: string): string {
  const start = commonStart(old, text);
  const rest = commonEnd(old, text, Math.min(old.length, text.length) - start);
  const end = /[\r\n]/.exec(text.slice(text.length - rest, text.length - rest + LONGEST));
  return text.slice(start === 0 ? 0 : lineStart(text, start), end ? text.length - rest + end.index : text.length);
}

/** Of a longer line all that follows is looked at as well. */
const LONGEST = 10_000;

function templateFile(text: string, template: Template, written: UnitFile, where: Where): UnitFile {
  const { blocks, holes } = template;
  const most = largest(
    blocks.map((it) => it.branches.length),
    0,
  );
  const known = new Map<number, UnitFile>();
  const shown = filledIn(written.nodes, holes, 0, where);
  const make = (number: number): UnitFile => {
    const out = outermost(blocks.flatMap((it) => leftOut(it, number)).filter((it) => it.start < it.end));
    const isIn = (it: Node): boolean => spansTouching(out, { start: it.start, end: it.start }).length === 0;
    // The nodes of the file itself are those of the first one.
    if (number === 0) return withNodes({ ...written, text }, shown.filter(isIn));
    return withNodes({ ...written, text }, filledIn(written.nodes.filter(isIn), holes, number, where));
  };
  const variant = (number: number): UnitFile => {
    const made = known.get(number) ?? make(number);
    known.set(number, made);
    return made;
  };
  const perhaps = perhapsSet(text, template, written);
  const info: TemplateFile = {
    ...template,
    written,
    variant,
    variants: Math.min(MOST_VARIANTS, Math.max(3, most + 1)),
    perhaps,
  };
  return { ...withNodes({ ...written, text }, shown), template: info };
}

const withNodes = (file: UnitFile, nodes: readonly Node[]): UnitFile => ({
  ...file,
  nodes,
  ...sectionsOfNodes(nodes, file.text.length),
});

/** The branches of a block that do not count where one of a number does; of the third look none that need not. */
function leftOut({ branches, isTotal }: TemplateBlock, number: number): readonly Span[] {
  const last = isTotal ? branches.length - 1 : -1;
  const index = number === 2 ? last : number > 2 ? number - 1 : number;
  const counts = index < branches.length ? index : last;
  return branches.filter((_, i) => i !== counts);
}

/** Nodes whose values have something else where the text has placeholders; without the lines of which nothing is known. */
function filledIn(
  nodes: readonly Node[],
  holes: readonly Placeholder[],
  number: number,
  where: Where,
): readonly Node[] {
  if (holes.length === 0) return nodes;
  const made: Node[] = [];
  const key = `${where.version} ${where.scope} ${where.kind} ${where.unit.full}`;
  let section = "";
  let next = 0;
  for (const node of nodes) {
    while ((holes[next]?.end ?? node.start) <= node.start && next < holes.length) next++;
    if (node.kind === "header") section = node.name;
    const first = holes[next];
    if (node.kind !== "assignment" || !first || first.start >= node.end || !(node instanceof AssignmentNode)) {
      made.push(node);
      continue;
    }
    let end = next + 1;
    while (end < next + MOST_HOLES && (holes[end]?.start ?? node.end) < node.end) end++;
    const inLine = holes.slice(next, end);
    const line = filledLine(node, section, inLine, { number, where, key });
    if (line) made.push(new AssignmentNode(line, node.start, node.firstLine));
  }
  return made;
}

/** Of a line with more of them the rest stands there as it is. */
const MOST_HOLES = 1000;

function filledLine(
  node: AssignmentNode,
  section: string,
  holes: readonly Placeholder[],
  { number, where, key }: { readonly number: number; readonly where: Where; readonly key: string },
): AssignmentNode["line"] | undefined {
  const places = holes.map((it) => `${it.start - node.start}-${it.end - node.start}`).join(" ");
  const known = filledLines(node.line);
  const found = known.find(
    (it) => it.number === number && it.places === places && it.section === section && it.key === key,
  );
  if (found) return found.line;
  const value = standIn(
    section,
    new AssignmentNode(node.line, 0, 0),
    holes.map((it) => moved(it, -node.start)),
    number,
    where,
  );
  const line = value && { ...node.line, value, written: node.line.value };
  known.push({ number, section, places, key, line });
  return line;
}

const moved = <T extends Span>(it: T, by: number): T => ({ ...it, start: it.start + by, end: it.end + by });

type Line = AssignmentNode["line"];

/** What was made of a line once for each number and place, so that a line that no edit touches stays the same one. */
const filledLines = memo((_: Line): FilledLine[] => []);

interface FilledLine {
  readonly number: number;
  readonly section: string;
  readonly places: string;
  /** What of the unit decides. */
  readonly key: string;
  readonly line: Line | undefined;
}

function perhapsSet(text: string, { blocks, holes, lines }: Template, { nodes }: UnitFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { start, end } of lines) {
    for (const [, name = ""] of text.slice(start, end).matchAll(/\b([A-Z][A-Za-z]{1,63})\s{0,9}=/g)) names.add(name);
  }
  const outer = outermost(blocks);
  for (const node of nodes) {
    if (node.kind !== "assignment") continue;
    const { start, end } = node;
    if (spansTouching(outer, { start, end: start }).length > 0 || spansTouching(holes, { start, end }).length > 0)
      names.add(node.key);
  }
  return names;
}
