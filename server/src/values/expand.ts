import { isKnownSpecifier } from "../facts/specifiers.ts";
import { specifiersOf } from "../syntax/specifiers.ts";
import type { Issue, Piece, Reader } from "./grammar.ts";
import { part } from "./piece.ts";
import { isCertain, resolveSpecifiers } from "./resolve.ts";
import { about, unknown } from "./wording.ts";

/** Which table of specifiers a routine resolves; `none` where `%` is an ordinary character. */
export type Specifiers = "none" | "name" | "full";

/** Resolves the specifiers of a piece, or says which one is unknown. Follows unit_full_printf() and unit_name_printf(), systemd 262. */
export function expand(piece: Piece, table: Specifiers, into: Reader): Piece | Issue {
  if (table === "none" || !piece.text.includes("%")) return piece;
  const { where } = into;
  let certain = piece.certain;
  for (const { letter, from, to } of specifiersOf(piece.text)) {
    const at = part(piece, from, to);
    if (letter !== "%" && !isKnownSpecifier(letter, table, where.version))
      return {
        from: at.from,
        to: at.to,
        code: "value/specifier",
        ...unknown(`%${letter}`, "specifier"),
        // No name of a unit has a percent sign in it.
        ...(piece.exact && table !== "name"
          ? { fixes: [{ title: `Write %%${letter}`, from: at.from, to: at.from, text: "%", safe: true }] }
          : {}),
      };
    into.token(at.from, at.to, "specifier", () => ({ kind: "specifier", letter }));
    certain &&= isCertain(letter, where);
  }
  const text = resolveSpecifiers(piece.text, where.unit, where.scope, where.version);
  if (text === undefined)
    return {
      from: piece.from,
      to: piece.to,
      code: "value/specifier",
      ...about(piece, "has a specifier that expands to nothing"),
    };
  return { ...piece, text, exact: piece.exact && text === piece.text, certain };
}

/** Whether what `expand` gave is a mistake. */
export const isIssue = (it: Piece | Issue): it is Issue => "code" in it;
