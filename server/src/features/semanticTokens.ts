import type { SemanticTokens } from "vscode-languageserver-types";
import { grammarIn } from "../catalog/catalog.ts";
import { cookedOffset, type JoinedText, sourceOffset } from "../syntax/joinedText.ts";
import { moveCooked } from "../syntax/setting.ts";
import type { AssignedLine, Assignment, UnitFile } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { spansTouching } from "../text/spanSearch.ts";
import { memo } from "../units/memo.ts";
import { whereOf } from "../units/where.ts";
import { parseBoolean } from "../values/boolean.ts";
import type { TokenRole } from "../values/grammar.ts";
import { type Token, tokensOf } from "../values/read.ts";
import { BOOLEAN_TYPE, ROLE_TYPES, TOKEN_TYPES } from "./offered.ts";
import type { View } from "./view.ts";

const TYPE_NUMBERS = Object.fromEntries(
  Object.entries(ROLE_TYPES).map(([role, type]) => [role, TOKEN_TYPES.indexOf(type)]),
) as Readonly<Record<TokenRole, number>>;

const BOOLEAN_NUMBER = TOKEN_TYPES.indexOf(BOOLEAN_TYPE);

/** The numbers of the protocol for one token, not yet relative to the one before. */
interface Colour {
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly type: number;
}

/** The colours of all values; of those that a span touches, where one is given. Keys and sections are the grammar's. */
export function semanticTokens(view: View, span?: Span): SemanticTokens {
  return { data: encode(span ? coloursIn(view, span) : coloursOf(view)) };
}

const coloursOf = memo((view: View): readonly Colour[] =>
  coloursIn(view, { start: 0, end: view.unit.file.text.length }),
);

function coloursIn(view: View, span: Span): Colour[] {
  const { unit } = view;
  const { path, version } = unit;
  const colours: Colour[] = [];
  for (const section of unit.file.sections) {
    if (section.start > span.end || section.end < span.start) continue;
    const place = `${section.name} ${path.kind} ${path.role} ${path.scope} ${version} ${unit.family.name} ${path.name ?? ""}`;
    for (const node of section.nodes) {
      if (node.kind !== "assignment" || node.start > span.end || node.end < span.start) continue;
      const known = coloured(node.line);
      if (known.place !== place) Object.assign(known, { place, fragments: fragmentsOf(view, section.name, node) });
      const { fragments } = known;
      for (const { from, to, type } of fragments) {
        const { line, character } = view.lines.positionAt(sourceOffset(writtenValue(node), from));
        colours.push({ line, character, length: to - from, type });
      }
    }
  }
  return colours;
}

/** A stretch of a value on one physical line with the number of its colour. */
interface Fragment {
  readonly from: number;
  readonly to: number;
  readonly type: number;
}

/** The latest colours of a line: they depend on nothing but the section and the unit's name, kind, scope and version. */
const coloured = memo((_: AssignedLine): { place: string; fragments: readonly Fragment[] } => ({
  place: "",
  fragments: NONE,
}));

const NONE: readonly Fragment[] = [];

function fragmentsOf({ unit }: View, section: string, node: Assignment): readonly Fragment[] {
  const known = unit.family.content.directive(section, node.key);
  if (!known) return NONE;
  const tokens = tokensOf(grammarIn(known, unit.version), node.value.text, whereOf(unit));
  if (node.line.written) return cut(writtenValue(node), flat(withPlaceholders(unit.file, node, tokens)));
  return tokens.length === 0 ? NONE : cut(node.value, flat(tokens));
}

/** The value of a line as it stands there. */
const writtenValue = ({ line: { written }, value, start }: Assignment): JoinedText =>
  written ? moveCooked(written, start) : value;

/** The tokens of a value with placeholders, whose names look like variables, and which hide what stands in their place. */
function withPlaceholders({ template }: UnitFile, node: Assignment, tokens: readonly Token[]): readonly Token[] {
  const written = writtenValue(node);
  const holes = spansTouching(template?.holes ?? [], node).map((it): Span => {
    return { start: cookedOffset(written, it.start), end: cookedOffset(written, it.end) };
  });
  // A value of another length stands for all of it.
  const kept = written.text.length === node.text.length ? tokens : [];
  const certain = kept.filter((it) => spansTouching(holes, { start: it.from, end: it.to }).length === 0);
  const names = holes.flatMap((it): Token[] => {
    const name = nameIn(written.text, it);
    return name ? [{ from: name.start, to: name.end, role: "variable" }] : [];
  });
  return [...certain, ...names].sort((a, b) => a.from - b.from);
}

/** How a placeholder of Jinja, Go or ERB begins, with the name that is all it has where nothing else stands there. */
const BRACKETS = /^(?:\{\{|\{%|<%)(?:[-+~=]?[ \t]*(?=\S))?([$@.]?[\w.]+(?=[ \t]*[-+~]?(?:\}\}|%>)$))?/;

/** The name that a placeholder stands for; undefined where more is in it, which is the grammar's to color, as are brackets. */
function nameIn(text: string, { start, end }: Span): Span | undefined {
  const found = BRACKETS.exec(text.slice(start, end));
  if (!found) return { start, end };
  const [all, name] = found;
  return name === undefined ? undefined : { start: start + all.length - name.length, end: start + all.length };
}

/** A stretch of a value in one colour. */
type Stretch = Pick<Token, "from" | "to" | "role">;

/** The tokens side by side: what stands inside another one cuts that in two. */
function flat(tokens: readonly Token[]): Stretch[] {
  const stretches: Stretch[] = [];
  const open: Token[] = [];
  let at = 0;
  const closeUpTo = (limit: number): void => {
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const to = Math.min(top.to, limit);
      if (to > at) stretches.push({ from: at, to, role: top.role });
      at = Math.max(at, to);
      if (top.to > limit) break;
      open.pop();
    }
    at = Math.max(at, limit);
  };
  for (const token of tokens) {
    closeUpTo(token.from);
    open.push(token);
  }
  closeUpTo(Number.POSITIVE_INFINITY);
  return stretches;
}

/** Cuts stretches at the ends of physical lines, without the blanks there. */
function cut({ text, pieces }: JoinedText, stretches: readonly Stretch[]): Fragment[] {
  const fragments: Fragment[] = [];
  const starts = pieces?.map((it) => it.at) ?? [0];
  let first = 0;
  for (const { from, to, role } of stretches) {
    while ((starts[first + 1] ?? text.length) <= from && first + 1 < starts.length) first++;
    for (let i = first; i < starts.length && (starts[i] ?? 0) < to; i++) {
      const next = starts[i + 1];
      let start = Math.max(from, starts[i] ?? 0);
      // Of every line but the last one the last character is the blank that stands for the backslash.
      let end = Math.min(to, next === undefined ? text.length : next - 1);
      while (start < end && isBlank(text, start)) start++;
      while (end > start && isBlank(text, end - 1)) end--;
      if (start === end) continue;
      const type = role === "word" && isBoolean(text.slice(start, end)) ? BOOLEAN_NUMBER : TYPE_NUMBERS[role];
      fragments.push({ from: start, to: end, type });
    }
  }
  return fragments;
}

const isBoolean = (word: string): boolean => parseBoolean(word) !== undefined;
const isBlank = (text: string, at: number): boolean => text[at] === " " || text[at] === "\t";

/** As the protocol has them: each relative to the one before, five numbers a token. */
function encode(colours: readonly Colour[]): number[] {
  const data: number[] = [];
  let before = { line: 0, character: 0 };
  for (const it of colours) {
    const lines = it.line - before.line;
    data.push(lines, lines === 0 ? it.character - before.character : it.character, it.length, it.type, 0);
    before = it;
  }
  return data;
}
