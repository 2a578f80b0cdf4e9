import { single } from "../../../../values/combine.ts";
import type { Grammar, Issue, Offer, Piece, Reader, Term } from "../../../../values/grammar.ts";
import { issueAt, part, wordTopic } from "../../../../values/piece.ts";
import { noValue } from "../../../../values/wording.ts";

const CODE = "value/number";

/** A number of 16 or 32 bits in hexadecimal, with or without `0x`. Follows safe_atou16_full() with base 16, systemd 257 and 262. */
function isHex(text: string, digits: number): boolean {
  const [, sign, written] = /^[ \t\n\r]*([+-]?)(?:0x)?([0-9a-f]+)$/i.exec(text) ?? [];
  const number = written?.replace(/^0+/, "");
  return number !== undefined && number.length <= digits && (sign !== "-" || number === "");
}

const hexIssue = (piece: Piece, bits: number): Issue =>
  issueAt(piece, CODE, noValue(piece, `a hexadecimal number of ${bits} bits`));

const hex = (bits: 16 | 32, form: string): Term => ({
  form,
  read(piece, into) {
    if (!isHex(piece.text, bits / 4)) return hexIssue(piece, bits);
    const digits = piece.text.replace(/^[ \t+-]*(?:0x)?/i, "");
    into.token(piece.from, piece.to, "number", wordTopic(piece.text, `The number ${Number.parseInt(digits, 16)}.`));
    return undefined;
  },
});

const MAJOR = hex(16, "the major number of a handle in hexadecimal, such as `1` or `2a`");

/** Where a queueing discipline or class may hang but at another one. */
const PLACES: readonly Offer[] = [
  { text: "root", summary: "The root of what the interface sends.", role: "word" },
  { text: "clsact", summary: "Filters for both directions, which queue nothing.", role: "word" },
  { text: "ingress", summary: "What the interface receives.", role: "word" },
];

/** A handle such as `1:2`, or one of some words. Follows parse_handle(), systemd 257 and 262. */
function handle(words: readonly Offer[]): Term {
  const names = words.map((it) => `\`${it.text}\``).join(", ");
  return {
    form: `a handle such as \`1:2a\` in hexadecimal${names && `, or ${names}`}`,
    read(piece, into) {
      const { from, to, text } = piece;
      if (words.length > 0) into.slot(from, to, () => words);
      const word = words.find((it) => it.text === text);
      if (word) {
        into.token(from, to, "word", wordTopic(text, word.summary ?? ""));
        return undefined;
      }
      return readHandle(piece, into);
    },
  };
}

function readHandle(piece: Piece, into: Reader): Issue | undefined {
  const colon = piece.text.indexOf(":");
  if (colon < 0) return issueAt(piece, CODE, noValue(piece, "two hexadecimal numbers such as 1:2a"));
  const [major, minor] = [part(piece, 0, colon), part(piece, colon + 1)];
  for (const it of [major, minor]) {
    if (!isHex(it.text, 4)) return hexIssue(it, 16);
    into.token(it.from, it.to, "number");
  }
  return undefined;
}

/** Handles of queueing disciplines and classes, and where they hang. */
export const HANDLES = {
  qdiscParent: single("qdisc_parent", handle(PLACES), { empty: "invalid", code: CODE }),
  qdiscHandle: single("qdisc_handle", MAJOR, { empty: "unset" }),
  tclassParent: single("tclass_parent", handle(PLACES.slice(0, 1)), { empty: "invalid", code: CODE }),
  tclassClassid: single("tclass_classid", handle([]), { empty: "unset" }),
  htbDefaultClass: single("htb_default_class", hex(32, "the minor number of a class in hexadecimal"), {
    empty: "unset",
  }),
} as const satisfies Record<string, Grammar>;
