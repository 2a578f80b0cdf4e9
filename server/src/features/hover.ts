import type { Hover } from "vscode-languageserver-types";
import { type Directive, grammarIn } from "../catalog/catalog.ts";
import { isSectionName } from "../catalog/sections.ts";
import { releaseOf, type SystemdVersion, versionsAfter } from "../facts/version.ts";
import type { Profile } from "../hardening/hardening.ts";
import { join, type Prose, plainProse } from "../reports/markup.ts";
import { placeAt, type SyntaxPlace } from "../syntax/cursorPlace.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import { touchedPlaceholder } from "../syntax/template/touched.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { podmanOf } from "../units/podman.ts";
import { sectionsFor } from "../units/unit.ts";
import { whereOf } from "../units/where.ts";
import type { Where } from "../values/grammar.ts";
import { issuesOf, type Token, tokensOf } from "../values/read.ts";
import { describeDirective, describeSection } from "./describe.ts";
import { describeScope } from "./describeScope.ts";
import { describeTopic } from "./describeTopic.ts";
import { exposedSection, mainHeader } from "./exposure.ts";
import { describeExposure } from "./exposureHover.ts";
import { describeFile } from "./fileHover.ts";
import { describeAllLearnt, describeLearnt, isInLearnt } from "./learntHover.ts";
import { describeEntry, describeValueEntry, newerManual } from "./manual.ts";
import { markup } from "./markupContent.ts";
import { bearing } from "./mayBreak.ts";
import { describeContainer } from "./payload.ts";
import { describePlaceholder } from "./placeholderHover.ts";
import { describeProgram } from "./programHover.ts";
import { describeStatement } from "./statementHover.ts";
import { exposedUnit, loadingSentence } from "./unitStatus.ts";
import { rangeOf, type View } from "./view.ts";
import { NO_WORLD, type World } from "./world.ts";

/** What stands under the cursor, explained; undefined where there is nothing to say. */
export function hover(
  view: View,
  offset: number,
  markdown: boolean,
  world: World = NO_WORLD,
  profile: Profile = "basic",
): Hover | undefined {
  const { unit } = view;
  const place = placeAt(unit.file, offset);
  const answer = (prose: Prose, span: Span): Hover => ({
    contents: markup(prose, markdown),
    range: rangeOf(view, span),
  });
  const placeholder = describePlaceholder(unit.file, offset);
  if (placeholder) return answer(placeholder.prose, placeholder.span);
  if (place.kind === "header") {
    const { name, nameSpan } = place.node;
    const section = isSectionName(name) ? name : sectionsFor(unit).find((it) => it === name);
    if (section === undefined) return undefined;
    const about = describeSection(section, unit.family.content.sectionFacts(section), unit.version);
    const loaded = mainHeader(unit) === place.node ? loadingSentence(unit) : undefined;
    const exposed = exposedSection(unit)?.header === place.node ? exposedUnit(unit) : undefined;
    // What another file lacks is told there.
    const level = exposed ? [describeExposure(exposed, exposed === unit ? profile : "off")] : [];
    const own = exposed === unit ? [describeAllLearnt(unit)] : [];
    return answer(
      join(
        [
          loaded === undefined ? undefined : plainProse(loaded),
          ...level,
          ...own,
          about,
          describeContainer(unit),
          describeScope(unit, profile),
        ],
        "\n\n",
      ),
      nameSpan,
    );
  }
  if (place.kind === "comment") {
    const stated = describeStatement(unit, offset);
    return stated && answer(stated.prose, stated.span);
  }
  if (place.kind !== "key" && place.kind !== "value") return undefined;
  const { node, section } = place;
  if (node.kind !== "assignment" || !section) return undefined;
  const { content } = unit.family;
  const home = content.directive(section.name, node.key)
    ? section.name
    : sectionsFor(unit).find((it) => content.directive(it, node.key));
  const known = home === undefined ? undefined : content.directive(home, node.key);
  if (!known) return undefined;
  const pages = world.manual();
  if (place.kind === "key") {
    const learnt = home === "Service" && unit.path.kind === "service" ? describeLearnt(unit, node.key) : undefined;
    const bearingText = home === "Service" && unit.path.kind === "service" ? bearing(unit, node.key) : undefined;
    const borne =
      bearingText === undefined || isInLearnt(unit, node.key, bearingText) ? undefined : plainProse(bearingText);
    const entry = pages && describeEntry(pages, known);
    const newer = pages && entry && newerManual(pages, unit.version);
    const read = home === "Service" ? describeProgram(unit, node.key) : undefined;
    const about = [learnt, borne, describeDirective(known, unit.version, podmanOf(unit)), read, entry, newer];
    return answer(join(about, "\n\n"), node.keySpan);
  }
  return valueHover(view, place, known, offset, world, answer);
}

/** The part of the value under the cursor that has something to say, the narrowest first. */
function valueHover(
  { unit }: View,
  { node, at, section }: Extract<SyntaxPlace, { kind: "value" }>,
  known: Directive,
  offset: number,
  world: World,
  answer: (prose: Prose, span: Span) => Hover,
): Hover | undefined {
  if (offset < node.valueSpan.start || offset > node.valueSpan.end) return undefined;
  const where = whereOf(unit);
  const isCertain = (from: number, to: number): boolean =>
    touchedPlaceholder(unit.file.template, sourceSpan(node.value, from, to)) === undefined;
  const about = section && describeFile(unit, section.name, node, at, world);
  const note = about && isCertain(about.from, about.to) ? about : undefined;
  const ownPart = partAt(node, at, known, where, world, isCertain);
  const part = ownPart ?? newerPart(node, at, known, where, world, isCertain);
  if (!part) return note && answer(note.prose, sourceSpan(node.value, note.from, note.to));
  const { prose, from, to } = part;
  const noted = note && note.from <= from && to <= note.to ? note.prose : undefined;
  return answer(join([prose, noted], "\n\n"), sourceSpan(node.value, from, to));
}

/** A part of a value that has something to say. */
interface ToldPart {
  readonly prose: Prose;
  readonly from: number;
  readonly to: number;
}

function partAt(
  { value: { text } }: Assignment,
  at: number,
  known: Directive,
  where: Where,
  world: World,
  isCertain: (from: number, to: number) => boolean,
): ToldPart | undefined {
  const tokens = tokensOf(grammarIn(known, where.version), text, where);
  const touched = tokens
    .filter(({ from, to }) => from <= at && at <= to && isCertain(from, to))
    .sort((a, b) => Number(b.to > at) - Number(a.to > at) || a.to - a.from - (b.to - b.from));
  for (const token of touched) {
    const about = token.topic?.();
    const prose = about && describeTopic(about, { directive: known, where, world });
    if (!prose) continue;
    const pages = world.manual();
    const value = about.kind === "member" ? about.member.value : text.slice(token.from, token.to);
    const entry = pages && describeValueEntry(pages, known, value);
    return { prose: join([prose, entry], "\n\n"), ...aboutTheSame(tokens, token, text) };
  }
  return undefined;
}

/** What a later version makes of a part that is a mistake for the target. */
function newerPart(
  node: Assignment,
  at: number,
  known: Directive,
  where: Where,
  world: World,
  isCertain: (from: number, to: number) => boolean,
): ToldPart | undefined {
  const { text } = node.value;
  const isWrong = (version: SystemdVersion): boolean =>
    issuesOf(grammarIn(known, version), text, { ...where, version }).some(({ from, to }) => from <= at && at <= to);
  if (text.length > MAX_COMPARED || !isWrong(where.version)) return undefined;
  for (const version of versionsAfter(where.version)) {
    const part = isWrong(version) ? undefined : partAt(node, at, known, { ...where, version }, world, isCertain);
    if (!part) continue;
    const target = `Your target, systemd ${releaseOf(where.version)}, does not take it: it requires systemd ${version}.`;
    return { ...part, prose: join([part.prose, plainProse(target)], "\n\n") };
  }
  return undefined;
}

/** Longer values are not read for each version. */
const MAX_COMPARED = 4096;

/** How far the tokens reach that share the topic of one of them, with nothing but blanks between: `5min 20s` is one time. */
function aboutTheSame(tokens: readonly Token[], token: Token, text: string): Pick<Token, "from" | "to"> {
  const shared = (a: Token | undefined, b: Token | undefined): boolean =>
    a !== undefined && b !== undefined && a.topic === b.topic && text.slice(a.to, b.from).trim() === "";
  let first = tokens.indexOf(token);
  let last = first;
  while (shared(tokens[first - 1], tokens[first])) first--;
  while (shared(tokens[last], tokens[last + 1])) last++;
  return { from: tokens[first]?.from ?? token.from, to: Math.max(token.to, tokens[last]?.to ?? token.to) };
}
