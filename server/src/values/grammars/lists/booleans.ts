import { parseBoolean } from "../../boolean.ts";
import type { Offer, Term } from "../../grammar.ts";
import { wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";

/** A boolean instead of a list; the trouble of any other word is never told. Follows parse_boolean(), systemd 257 to 262. */
export function booleanTerm(yes: string, no: string): Term {
  const offers: readonly Offer[] = [
    { text: "yes", summary: yes, role: "word" },
    { text: "no", summary: no, role: "word" },
  ];
  return {
    form: "a boolean",
    read({ text, from, to }, into) {
      into.slot(from, to, () => offers);
      const truth = parseBoolean(text);
      if (truth === undefined) return { from, to, code: "value/boolean", ...noValue(text, "a boolean") };
      into.token(from, to, "word", wordTopic(truth ? "yes" : "no", truth ? yes : no));
      return undefined;
    },
  };
}
