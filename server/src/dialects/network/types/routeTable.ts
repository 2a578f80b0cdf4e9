import { grammar } from "../../../values/combine.ts";
import type { Grammar, Offer, ReportedIssue, Term } from "../../../values/grammar.ts";
import { integer } from "../../../values/grammars/numbers/integers.ts";
import { isAmount } from "../../../values/grammars/numbers/quantity.ts";
import { UINT_MAX } from "../../../values/number.ts";
import { meant } from "../../../values/oneOf.ts";
import { issueAt, wordTopic } from "../../../values/piece.ts";
import { unknown } from "../../../values/wording.ts";

const TABLES: readonly Offer[] = [
  { text: "main", summary: "Table 254, which all routes go to by default.", role: "word" },
  { text: "default", summary: "Table 253.", role: "word" },
  { text: "local", summary: "Table 255, which the kernel keeps for the addresses of the machine.", role: "word" },
];

const NUMBER = integer({ low: 1n, high: UINT_MAX });

/**
 * A table of routes by its number or name. Follows manager_get_route_table_from_string(), systemd 257 and 262; names that
 * RouteTable= of networkd.conf gives are unknown here.
 */
export const ROUTE_TABLE: Term = {
  form: "a routing table: a number of 1 or more, `main`, `default` or `local`",
  read(piece, into) {
    const { from, to, text } = piece;
    into.slot(from, to, () => TABLES);
    const known = TABLES.find((it) => it.text === text);
    if (known) {
      into.token(from, to, "word", wordTopic(text, known.summary ?? ""));
      return undefined;
    }
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text)) {
      const number = NUMBER.measure(piece, into);
      return isAmount(number) ? undefined : number;
    }
    const consequence = "systemd ignores this line, unless RouteTable= in networkd.conf names it";
    const issue = issueAt(
      piece,
      "value/enumeration",
      { ...unknown(piece, "routing table"), consequence },
      meant(piece, TABLES),
    );
    return { ...issue, effect: "silent" } satisfies ReportedIssue;
  },
};

/** The grammar of a value that names a table, or what a term around it takes too; others are doubted, because nothing shows what networkd.conf names. */
export const tableGrammar = (routine: string, empty: Grammar["empty"], term: Term = ROUTE_TABLE): Grammar => ({
  ...grammar(routine, term.form, empty, (value, into) => term.read(value, into)),
  ...(empty === "invalid" && { missing: { code: "value/number", effect: "assignment" } as const }),
});
