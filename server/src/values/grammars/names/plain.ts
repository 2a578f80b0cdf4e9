import { specifiersOf } from "../../../syntax/specifiers.ts";
import { expand, isIssue, type Specifiers } from "../../expand.ts";
import type { Effect, Grammar, Issue, Piece, Reader, TokenRole, Where } from "../../grammar.ts";
import { colourless, part } from "../../piece.ts";

interface PlainOptions {
  readonly form: string;
  readonly specifiers: Specifiers;
  /** What follows from an unknown specifier or a text that is not valid; the assignment is ignored where missing. */
  readonly effect?: Effect;
  readonly empty?: Grammar["empty"];
  readonly role?: TokenRole;
  /** Whether the whole text can be wrong, and how. */
  readonly issue?: (resolved: Piece, where: Where) => Issue | undefined;
  readonly slot?: (value: Piece, into: Reader) => void;
}

/** The grammar of a text that is taken as it stands; `routine` without `config_parse_`. */
export function plain(routine: string, options: PlainOptions): Grammar {
  const { form, empty = "unset", issue, slot } = options;
  return {
    kind: "grammar",
    routine: `config_parse_${routine}`,
    form,
    empty,
    ...(issue || slot ? {} : { plain: true }),
    read(value, into) {
      slot?.(value, into);
      readPlain(value, options, into);
    },
  };
}

/** Reads a text that is taken as it stands, with the mistakes that systemd does not see. */
export function readPlain(
  value: Piece,
  { specifiers, effect = "assignment", role = "text", issue }: Omit<PlainOptions, "form">,
  into: Reader,
): void {
  into.token(value.from, value.to, role);
  let known = true;
  for (const { from, to } of specifiers === "none" ? [] : specifiersOf(value.text)) {
    const it = expand(part(value, from, to), specifiers, into);
    if (!isIssue(it)) continue;
    into.problem(it, effect);
    known = false;
    if (effect === "refused") return;
  }
  if (!known) return;
  const resolved = expand(value, specifiers, colourless(into));
  const wrong = issue && !isIssue(resolved) && resolved.certain ? issue(resolved, into.where) : undefined;
  if (wrong) into.problem(wrong, effect);
  else for (const it of unseen(value)) into.problem(it, "silent");
}

/** What a writer surely did not mean, although systemd accepts it: a comment after a text, quotes around it. */
export function unseen(value: Piece): Issue[] {
  const { from, to, text } = value;
  const comment = /\S\s+(?=#+\s+\S)/.exec(text);
  if (comment) {
    const at = from + comment.index + comment[0].length;
    return [
      {
        from: at,
        to,
        code: "value/trailing-comment",
        message: "has a comment after it, which becomes part of the text",
      },
    ];
  }
  if (!QUOTED.test(text)) return [];
  const fixes = [{ title: "Remove the quotes", from, to, text: text.slice(1, -1) }];
  return [{ from, to, code: "value/quotes", message: "keeps the quotes as part of its text", fixes }];
}

const QUOTED = /^(?:"[^"]+"|'[^']+')$/;
