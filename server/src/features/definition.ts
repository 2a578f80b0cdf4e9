import type { LocationLink, Range } from "vscode-languageserver-types";
import { placeAt } from "../syntax/cursorPlace.ts";
import { parse } from "../syntax/parse.ts";
import type { Assignment, UnitFile } from "../syntax/tree.ts";
import { lineIndex } from "../text/lineIndex.ts";
import type { Span } from "../text/span.ts";
import { contentsOf } from "../units/index/contents.ts";
import type { GatheredUnit } from "../units/index/gather.ts";
import { dropInsOf, findUnit } from "../units/index/lookup.ts";
import { settingOf, triggeredBy } from "../units/index/order.ts";
import type { GatheredFile } from "../units/index/seenFiles.ts";
import { parseBoolean } from "../values/boolean.ts";
import { parseUnitName } from "../values/unitName.ts";
import { namedAt, type ReferenceContext, rangeOfMention, unitOfDocument } from "./referenceContext.ts";
import { rangeOf, type View } from "./view.ts";

const TOP: Range = rangeOfMention(undefined);

/**
 * The files of the unit that is named under the cursor, its unit file first; on the header of a timer's, path's, socket's
 * or automount's own section those of the unit that it starts. Nothing for what a link to /dev/null masks.
 */
export function unitDefinition(view: View, offset: number, context: ReferenceContext): LocationLink[] {
  const named = namedAt(view, offset, context);
  if (named) {
    // An alias that no link makes yet is another name of this unit.
    const own = named.mention.directive === "Alias" ? unitOfDocument(view) : undefined;
    const found = filesOf(named.name, rangeOf(view, named.mention), context);
    return found.length > 0 || own === undefined ? found : filesOf(own, rangeOf(view, named.mention), context);
  }
  const place = placeAt(view.unit.file, offset);
  if (place.kind !== "header") return [];
  const started = startedBy(view, place.node.name, context);
  return started === undefined ? [] : filesOf(started, rangeOf(view, place.node.nameSpan), context);
}

function filesOf(name: string, origin: Range, { index, path, uriOf }: ReferenceContext): LocationLink[] {
  const unit = findUnit(index, name, path);
  const fragment = unit?.fragment && !(unit.masked && unit.fragment.link !== undefined) ? [unit.fragment.path] : [];
  const dropIns = unit?.masked ? [] : dropInsOf(index, name, path).filter((it) => !it.placed.masks);
  return [...fragment, ...dropIns.map((it) => it.placed.path)].map((target) => ({
    originSelectionRange: origin,
    targetUri: uriOf(target),
    targetRange: TOP,
    targetSelectionRange: TOP,
  }));
}

const OWN_SECTIONS: Readonly<Record<string, string>> = {
  timer: "Timer",
  path: "Path",
  socket: "Socket",
  automount: "Automount",
};

/** The unit that this one starts, where a header is that of its own section. */
function startedBy(view: View, section: string, { index, path }: ReferenceContext): string | undefined {
  const id = unitOfDocument(view);
  const parts = id === undefined ? undefined : parseUnitName(id);
  if (id === undefined || !parts || OWN_SECTIONS[parts.kind] !== section) return undefined;
  if (parts.kind === "automount") return `${parts.stem}.mount`;
  const fragment = findUnit(index, id, path)?.fragment;
  const main = fragment && index.files.get(fragment.path);
  const files = main ? [main, ...dropInsOf(index, id, path)] : [contentsOf(view.unit.file)];
  const accepts = parts.kind === "socket" && parseBoolean(settingOf(files, "Accept") ?? "") === true;
  return accepts ? `${parts.prefix}@.service` : triggeredBy(id, files);
}

/**
 * What the directive under the cursor overrides or adds to, the cursor being in a drop-in: of a list all lines since the
 * last empty one, else the last line, in the unit file and the drop-ins before this one. `unit` are the unit's files.
 */
export function overriddenBy(
  view: View,
  offset: number,
  unit: GatheredUnit,
  context: ReferenceContext,
): LocationLink[] {
  const place = placeAt(view.unit.file, offset);
  if (place.kind !== "key" || place.node.kind !== "assignment" || !place.section) return [];
  const { node, section } = place;
  const files = [...(unit.fragment ? [unit.fragment] : []), ...unit.dropIns];
  const own = files.findIndex((it) => it.path === context.path);
  const before = files.slice(0, Math.max(0, own)).flatMap((file) => linesIn(file, section.name, node.key));
  const since = before.findLastIndex(({ line }) => line.text === "") + 1;
  const many = view.unit.family.content.directive(section.name, node.key)?.many === true;
  return (many ? before.slice(since) : before.slice(-1)).map(({ file, parsed, line }) => {
    const lines = lineIndex(parsed.text);
    const range = ({ start, end }: Span): Range => ({ start: lines.positionAt(start), end: lines.positionAt(end) });
    return {
      originSelectionRange: rangeOf(view, node.keySpan),
      targetUri: context.uriOf(file.path),
      targetRange: range(line),
      targetSelectionRange: range(line.keySpan),
    };
  });
}

function linesIn(
  file: GatheredFile,
  section: string,
  key: string,
): { file: GatheredFile; parsed: UnitFile; line: Assignment }[] {
  const parsed = parse(file.text);
  return parsed.sections
    .filter((it) => it.name === section)
    .flatMap(({ nodes }) => nodes)
    .flatMap((line) => (line.kind === "assignment" && line.key === key ? [{ file, parsed, line }] : []));
}
