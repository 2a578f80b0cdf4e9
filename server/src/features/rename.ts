import type { Range, WorkspaceEdit } from "vscode-languageserver-types";
import { parse } from "../syntax/parse.ts";
import { lineIndex } from "../text/lineIndex.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import { contentsOf, type Mention } from "../units/index/contents.ts";
import { instanceOf, unitMeantBy } from "../units/index/target.ts";
import { parseQuadletName } from "../values/quadletName.ts";
import { parseUnitName } from "../values/unitName.ts";
import { namedAt, type ReferenceContext } from "./referenceContext.ts";
import {
  isRefusal,
  meansSubject,
  planRename,
  type RenamePlan,
  type RenameRefusal,
  renamedBy,
  renameSubject,
} from "./renamePlan.ts";
import { rangeOf, type View } from "./view.ts";

/** The name under the cursor and what to begin with instead; why it cannot be renamed; undefined where there is none. */
export function prepareRename(
  view: View,
  offset: number,
  context: ReferenceContext,
  isOurs: (path: string) => boolean,
): { range: Range; placeholder: string } | RenameRefusal | undefined {
  const named = namedAt(view, offset, context);
  if (!named) return undefined;
  const subject = renameSubject(named.name, context, isOurs);
  return isRefusal(subject) ? subject : { range: rangeOf(view, named.mention), placeholder: subject.name };
}

/** Plans the rename of the unit under the cursor; the texts of `plan.texts` have to be read before `renameEdit`. */
export function plannedRename(
  view: View,
  offset: number,
  to: string,
  context: ReferenceContext,
  isOurs: (path: string) => boolean,
): RenamePlan | RenameRefusal | undefined {
  const named = namedAt(view, offset, context);
  if (!named) return undefined;
  const subject = renameSubject(named.name, context, isOurs);
  return isRefusal(subject) ? subject : planRename(subject, to, context, isOurs);
}

/**
 * The edit that renames a unit, made of the texts as they are now: names first, then files. Every text that is changed is
 * read again to see that it means what it should.
 */
export function renameEdit(
  plan: RenamePlan,
  texts: ReadonlyMap<string, string>,
  versionOf: (path: string) => number | null,
  context: ReferenceContext,
): WorkspaceEdit | RenameRefusal {
  const changes: NonNullable<WorkspaceEdit["documentChanges"]> = [];
  for (const { path, owner, started } of plan.texts) {
    const text = texts.get(path);
    if (text === undefined) return { refused: `${path} cannot be read, but refers to ${plan.subject.name}` };
    const edits = editsIn(text, path, owner, plan, context);
    if (isRefusal(edits)) return edits;
    const added = started && triggerLine(text, started, plan);
    const all = added ? [...edits, added] : edits;
    if (all.length === 0) continue;
    const lines = lineIndex(text);
    changes.push({
      textDocument: { uri: context.uriOf(path), version: versionOf(path) },
      edits: all.map(({ start, end, newText }) => ({
        range: { start: lines.positionAt(start), end: lines.positionAt(end) },
        newText,
      })),
    });
  }
  for (const { from, to } of plan.moves)
    changes.push({
      kind: "rename",
      oldUri: context.uriOf(from),
      newUri: context.uriOf(to),
      options: { overwrite: false, ignoreIfExists: false },
    });
  return { documentChanges: changes };
}

function editsIn(
  text: string,
  path: string,
  owner: string,
  plan: RenamePlan,
  context: ReferenceContext,
): TextEdit[] | RenameRefusal {
  const { mentions } = contentsOf(parse(text));
  const wanted = mentions.map((it) => {
    const target = unitMeantBy(it.written, owner);
    if (
      target === undefined ||
      renamedBy(plan, target) === undefined ||
      !meansSubject(plan.subject, target, path, context)
    )
      return it.written;
    return rewritten(it, target, owner, plan);
  });
  const edits = mentions.flatMap((mention, i) => {
    const written = wanted[i] ?? mention.written;
    return written === mention.written ? [] : [editOf(text, mention, written)];
  });
  const { mentions: after } = contentsOf(parse(applyEdits(text, edits)));
  const wrong = wanted.findIndex((it, i) => after[i]?.written !== it);
  const at = mentions[Math.max(0, wrong)];
  return wrong < 0 && after.length === mentions.length
    ? edits
    : { refused: `${plan.to} cannot be written in ${at?.directive}= of ${path}` };
}

/** A name instead of another one; quotes around it stay. */
function editOf(text: string, { start, end, written }: Mention, newText: string): TextEdit {
  const isQuoted = end - start === written.length + 2 && text.slice(start + 1, end - 1) === written;
  return isQuoted ? { start: start + 1, end: end - 1, newText } : { start, end, newText };
}

/** What is written for a name that is to mean the renamed unit; instance and specifiers stay where they still lead to it. */
function rewritten({ written }: Mention, target: string, owner: string, plan: RenamePlan): string {
  const to = renamedBy(plan, target) ?? target;
  const reader = renamedBy(plan, owner) ?? owner;
  const at = written.indexOf("@");
  const { prefix } = parseUnitName(to) ?? parseQuadletName(to) ?? { prefix: "" };
  const moved = at < 0 ? [] : [prefix + written.slice(at)];
  return [written, ...moved, to].find((it) => unitMeantBy(it, reader) === to) ?? to;
}

/** `Unit=` or `Service=` for what a file has started so far because both had the same name. */
function triggerLine(text: string, service: string, { to, ...plan }: RenamePlan): TextEdit | undefined {
  const sections: Readonly<Record<string, string>> = { Timer: "Unit", Path: "Unit", Socket: "Service" };
  const section = parse(text).sections.find((it) => it.name in sections);
  if (!section) return undefined;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const started = instanceOf(renamedBy({ to, ...plan }, service) ?? service, "%i");
  const { end } = section.header;
  return { start: end, end, newText: `${eol}${sections[section.name]}=${started}` };
}
