import { isKnownSpecifier } from "../../../facts/specifiers.ts";
import { specifiersOf } from "../../../syntax/specifiers.ts";
import { splitWords } from "../../../syntax/words.ts";
import type { Effect, Grammar, Issue, Piece } from "../../../values/grammar.ts";
import { issueAt, part } from "../../../values/piece.ts";
import { about, noValue } from "../../../values/wording.ts";

/** The specifiers that a manager resolves where no unit is: those of the system, and the folders for temporary files. */
const OF_MANAGER = "aAbBHlmMoTvVwW%";

/** The specifiers in the name of a service that is announced. */
export const OF_SERVICE_NAME = "abBHmovwW%";

/** The first specifier of a text that is not one of some letters. */
export function foreignSpecifier(piece: Piece, letters: string): Issue | undefined {
  for (const { letter, from, to } of specifiersOf(piece.text))
    if (!letters.includes(letter)) {
      const at = part(piece, from, to);
      const fixes = piece.exact
        ? [{ title: `Write %%${letter}`, from: at.from, to: at.from, text: "%", safe: true as const }]
        : undefined;
      const wording = about(`%${letter}`, "stands for nothing here");
      return { from: at.from, to: at.to, code: "value/specifier", ...wording, ...(fixes && { fixes }) };
    }
  return undefined;
}

/** What such a specifier stands for has no `=`, or what is missing would be seen. */
const NO_ASSIGNMENT = /^["']?(?:%[abBHmv])+["']?$/;

/** Assignments to variables, outside of units. Follows config_parse_environ() without one, systemd 257 and 262. */
export function managerEnvironment(grammar: Grammar): Grammar {
  const checked = foreignSpecifiers(grammar, OF_MANAGER, "word");
  return {
    ...checked,
    read(value, into) {
      checked.read(value, into);
      if (into.cursor !== undefined || !value.text.includes("%")) return;
      for (const { from, to } of splitWords(value.text, "escapes").words) {
        const word = part(value, from, to);
        if (!NO_ASSIGNMENT.test(word.text)) continue;
        into.problem(issueAt(word, "value/environment", noValue(word, "NAME=VALUE")), "word");
      }
    },
  };
}

/** A grammar of units where fewer specifiers resolve. */
const foreignSpecifiers = (grammar: Grammar, letters: string, effect: Effect): Grammar => ({
  ...grammar,
  read(value, into) {
    grammar.read(value, into);
    if (into.cursor !== undefined) return;
    for (const { letter, from, to } of specifiersOf(value.text)) {
      // What is unknown everywhere is told already.
      if (letters.includes(letter) || !isKnownSpecifier(letter, "full", into.where.version)) continue;
      const issue = foreignSpecifier(part(value, from, to), letters);
      if (issue) into.problem(issue, effect);
    }
  },
});
