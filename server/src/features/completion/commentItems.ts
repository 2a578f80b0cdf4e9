import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import { isStatementVerb, statedNeeds } from "../../needs/statements.ts";
import { NEEDS } from "../../needs/vocabulary.ts";
import type { Comment } from "../../syntax/tree.ts";
import type { Span } from "../../text/span.ts";
import { MARK } from "../../units/mark.ts";
import { ownComments } from "../../units/ownComments.ts";
import { rangeOf, type View } from "../view.ts";

const VERBS: Readonly<Record<string, string>> = {
  needs: "States what the service needs, for hardening.",
  no: "States what the service does not need, for hardening.",
  ignore: "Silences findings of the next line.",
  "ignore-file": "Silences findings of the whole file.",
};

/** What may stand at an offset of a comment for Unit Warden: its verb, or a need that it states. */
export function commentItems(view: View, node: Comment, offset: number): CompletionItem[] {
  const { text } = view.unit.file;
  const before = text.slice(node.start, offset);
  const verb = new RegExp(`^[ \\t]*[#;]+[ \\t]*${MARK}[ \\t]*(\\S*)$`).exec(before)?.[1];
  if (verb !== undefined) return verbItems(view, { start: offset - verb.length, end: offset });
  const comment = ownComments(view.unit.file).find((it) => it.start === node.start);
  if (!comment || !isStatementVerb(comment.verb) || offset < comment.named.start) return [];
  const { named, verb: says } = comment;
  const typed =
    text
      .slice(Math.max(named.start, offset - MOST_CHARACTERS), offset)
      .split(/[\s,]/)
      .at(-1) ?? "";
  if (typed.includes("=") || offset > named.start + named.text.length) return [];
  const stated = new Set(
    statedNeeds(named.text, named.start, says)
      .filter((it) => it.name.end < offset - typed.length || it.start > offset)
      .map((it) => it.name.text),
  );
  const rest = /^[^\s,=]*/.exec(text.slice(offset, named.start + named.text.length))?.[0] ?? "";
  const range = rangeOf(view, { start: offset - typed.length, end: offset + rest.length });
  return NEEDS.filter((it) => !stated.has(it.name)).map(({ name, no, needs, meaning }, i) => ({
    label: name,
    kind: CompletionItemKind.EnumMember,
    detail: `it ${says === "no" ? no : needs}`,
    documentation: meaning,
    sortText: String(i).padStart(2, "0"),
    textEdit: { range, newText: name },
  }));
}

/** No name of a need is longer. */
const MOST_CHARACTERS = 200;

function verbItems(view: View, span: Span): CompletionItem[] {
  const range = rangeOf(view, span);
  return Object.entries(VERBS).map(([verb, detail], i) => ({
    label: verb,
    kind: CompletionItemKind.Keyword,
    detail,
    sortText: String(i),
    textEdit: { range, newText: `${verb} ` },
  }));
}
