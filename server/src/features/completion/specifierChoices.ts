import { CompletionItemKind } from "vscode-languageserver-types";
import { isKnownSpecifier, SPECIFIERS } from "../../facts/specifiers.ts";
import type { Where } from "../../values/grammar.ts";
import { tokensOf } from "../../values/read.ts";
import type { ValueType } from "../../values/valueType.ts";
import { givenBy } from "../specifier.ts";
import { type Choice, RANKS } from "./choice.ts";

/** The specifiers that may stand after a `%` at the cursor, with what each gives in this unit. */
export function specifierChoices(type: ValueType, text: string, cursor: number, where: Where): Choice[] {
  const begun = /(?:^|[^%])(?:%%)*(%[A-Za-z0-9]?)$/.exec(text.slice(0, cursor))?.[1];
  if (begun === undefined) return [];
  const from = cursor - begun.length;
  const table = tableAt(type, text.slice(0, from), text.slice(cursor), where);
  if (table === "none") return [];
  return [...SPECIFIERS]
    .filter(([letter]) => isKnownSpecifier(letter, table, where.version))
    .map(([letter, { meaning }]) => ({
      text: `%${letter}`,
      kind: CompletionItemKind.TypeParameter,
      summary: `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`,
      remark: givenBy(letter, where),
      from,
      to: cursor,
      rank: RANKS.typed,
    }));
}

/** Which specifiers the grammar resolves between two parts of a value: it is asked to read one of each table there. */
function tableAt(type: ValueType, before: string, behind: string, where: Where): "none" | "name" | "full" {
  const at = before.length;
  const reads = (letter: string): boolean =>
    tokensOf(type, `${before}%${letter}${behind}`, where).some(({ from, to, role, topic }) => {
      const about = role === "specifier" && from <= at && at + 2 <= to ? topic?.() : undefined;
      return about?.kind === "specifier" && about.letter === letter;
    });
  if (!reads("n")) return "none";
  return reads("t") ? "full" : "name";
}
