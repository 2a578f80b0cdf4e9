import { CAPABILITY_FACTS } from "../../../facts/capabilities.ts";
import { SECURE_BITS } from "../../../facts/secureBits.ts";
import { parseCapability } from "../../capability.ts";
import { list } from "../../combine.ts";
import type { Grammar, Term } from "../../grammar.ts";
import { parseUnsigned } from "../../number.ts";
import { oneOf } from "../../oneOf.ts";

/** What systemd does with a word that it does not know in these lists: nothing, not even a message. */
const UNNOTICED = "systemd silently ignores it";

const NAME = oneOf(
  CAPABILITY_FACTS.map(({ name, summary }) => ({ text: name, summary })),
  {
    code: "value/capability",
    what: "capability",
    form: "a capability such as `CAP_KILL`",
    canonical: (text) => text.toUpperCase(),
    instead: (text) => (/^cap_/i.test(text) ? text.toUpperCase().replace("_SYS_", "_") : `CAP_${text.toUpperCase()}`),
    consequence: UNNOTICED,
  },
);

/** Follows capability_from_name(), systemd 257 to 262. */
const CAPABILITY: Term = {
  form: NAME.form,
  read(piece, into) {
    const number =
      parseUnsigned(piece.text) === undefined ? undefined : parseCapability(piece.text, into.where.version);
    if (number === undefined) return NAME.read(piece, into);
    into.slot(piece.from, piece.to, () =>
      CAPABILITY_FACTS.map(({ name, summary }) => ({ text: name, summary, role: "word" })),
    );
    const known = CAPABILITY_FACTS[number];
    into.token(piece.from, piece.to, "number", () => ({
      kind: "prose",
      title: known ? `\`${known.name}\`` : `Capability ${number}`,
      text: known?.summary ?? "Not defined by Linux so far.",
    }));
    return undefined;
  },
};

/** The name of a capability in its usual spelling, in whatever way a word gives it. */
const same = (word: string): string => CAPABILITY_FACTS[parseCapability(word) ?? -1]?.name ?? word;

const SECURE_BIT = oneOf(SECURE_BITS, {
  code: "value/secure-bit",
  what: "secure bit",
  form: "a flag such as `noroot`",
  consequence: UNNOTICED,
});

/** Sets of rights, whose unknown names change the set without a message. */
export const CAPABILITY_LISTS = {
  capabilitySet: list("capability_set", CAPABILITY, {
    form: "a list of capabilities such as `CAP_KILL`, or `~` and a list to leave out",
    splitting: "quotes",
    empty: "reset",
    effect: "silent",
    broken: "silent",
    inverts: true,
    same,
  }),
  execSecureBits: list("exec_secure_bits", SECURE_BIT, {
    form: "a list of flags such as `noroot` or `noroot-locked`",
    splitting: "quotes",
    empty: "reset",
    effect: "silent",
    broken: "silent",
  }),
} as const satisfies Record<string, Grammar>;
