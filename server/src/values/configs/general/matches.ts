import { lazy } from "../../../text/tables.ts";
import { readWords } from "../../combine.ts";
import type { Grammar, Offer, Piece, Reader, Term } from "../../grammar.ts";
import { interfaceName } from "../../grammars/lists/interfaces.ts";
import { NOT } from "../../grammars/unit/conditionCheck.ts";
import { CONDITION_CHECKS } from "../../grammars/unit/conditionGrammars.ts";
import { ALTERNATIVE_NAME_MAX, INTERFACE_NAME_MAX } from "../../interfaceName.ts";
import { issueAt, part, wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";

const NEGATION: Offer = { text: "!", summary: "Inverts the list: none of these may match.", role: "operator" };

/** A list of words that may be turned round by `!` in front of all of them. */
function matches(routine: string, form: string, item: Term, splitting: "plain" | "retain" | "escapes"): Grammar {
  return {
    kind: "grammar",
    routine: `config_parse_${routine}`,
    form: `${form}, optionally with \`!\` in front`,
    empty: "reset",
    read(value, into) {
      const rest = behindSign(value, NEGATION, into);
      readWords(rest, splitting, into, { item: item.read, effect: "word", broken: "rest", gap: item });
    },
  };
}

/** What follows a sign that may stand in front. */
function behindSign(value: Piece, sign: Offer, into: Reader): Piece {
  const { from, text } = value;
  if (!text.startsWith(sign.text)) {
    into.slot(from, from, () => [sign]);
    return value;
  }
  into.token(from, from + 1, "operator", wordTopic(sign.text, sign.summary ?? ""));
  return part(value, 1);
}

/** A shell pattern, of which any text is one. */
const PATTERN: Term = {
  form: "a word, optionally with `*`, `?` and `[]`",
  read(piece, into) {
    into.token(piece.from, piece.to, "text");
    return undefined;
  },
};

const PROPERTY: Term = {
  form: "a udev property with `=` and a value",
  read(piece, into) {
    const equals = piece.text.indexOf("=");
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(piece.text.slice(0, Math.max(equals, 0))) || BAD_VALUE.test(piece.text))
      return issueAt(piece, "value/environment", noValue(piece, "a property, = and a value"));
    if (!piece.exact) return undefined;
    into.token(piece.from, piece.from + equals, "name");
    into.token(piece.from + equals, piece.from + equals + 1, "operator");
    into.token(piece.from + equals + 1, piece.to, "text");
    return undefined;
  },
};

/** Control characters but tabs and line ends. Follows env_value_is_valid(), systemd 257 and 262. */
const BAD_VALUE = /[\x01-\x08\x0b-\x1f\x7f]/;

type CheckName = keyof typeof CONDITION_CHECKS;

/** What a condition compares with; a mistake in it is none for systemd until then. */
function compared(kind: string): Term {
  const name = `condition${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  const check = Object.hasOwn(CONDITION_CHECKS, name) ? CONDITION_CHECKS[name as CheckName] : PATTERN;
  return {
    form: check.form,
    read(piece, into) {
      check.read(piece, into);
      return undefined;
    },
  };
}

/** A condition that may be turned round. */
function netCondition(kind: string): Grammar {
  const term = compared(kind);
  return {
    kind: "grammar",
    routine: "config_parse_net_condition",
    form: `${term.form}, after an optional \`!\``,
    empty: "reset",
    read(value, into) {
      term.read(behindSign(value, NOT, into), into);
    },
  };
}

/** Grammars of what a file is for. */
export const MATCHES = lazy(() => ({
  matchStrv: matches("match_strv", "a list of words, optionally with `*`, `?` and `[]`", PATTERN, "retain"),
  matchIfnames: (argument: string) =>
    matches(
      "match_ifnames",
      "a list of names of interfaces, optionally with `*`, `?` and `[]`",
      interfaceName({ 0: argument === "alternative" ? ALTERNATIVE_NAME_MAX : INTERFACE_NAME_MAX }),
      "plain",
    ),
  matchProperty: matches("match_property", "a list of udev properties with values", PROPERTY, "escapes"),
  netCondition,
}));
