import { cEscapeAt } from "../../../syntax/escapes.ts";
import { list } from "../../combine.ts";
import type { Grammar, Issue, Offer, Piece, Reader, Term, Wording } from "../../grammar.ts";
import { issueAt, part, wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";

const SOURCES: readonly Offer[] = [
  { text: "cgroup", summary: "Puts the control group of the unit into the set.", role: "word" },
  { text: "user", summary: "Puts the user of the unit into the set.", role: "word" },
  { text: "group", summary: "Puts the group of the unit into the set.", role: "word" },
];

const FAMILIES: readonly Offer[] = [
  { text: "inet", summary: "The set is in a table for IPv4 and IPv6.", role: "word" },
  { text: "ip", summary: "The set is in a table for IPv4.", role: "word" },
  { text: "ip6", summary: "The set is in a table for IPv6.", role: "word" },
  { text: "arp", summary: "The set is in a table for ARP.", role: "word" },
  { text: "bridge", summary: "The set is in a table for bridges.", role: "word" },
  { text: "netdev", summary: "The set is in a table for a network device.", role: "word" },
];

/** Follows nft_identifier_valid(), systemd 257 to 262. */
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9/\\_.]{0,30}$/;

interface Part {
  readonly offers: readonly Offer[];
  readonly takes: (text: string) => boolean;
  readonly what: string;
}

const isOne = (offers: readonly Offer[]) => (text: string) => offers.some((it) => it.text === text);
const isIdentifier = (text: string): boolean => IDENTIFIER.test(text);

/** Follows config_parse_cgroup_nft_set(), systemd 257 to 262. */
const partsOf = (sources: readonly Offer[]): readonly Part[] => [
  { offers: sources, takes: isOne(sources), what: inWords(sources, (it) => it) },
  { offers: FAMILIES, takes: isOne(FAMILIES), what: "a family of tables such as inet" },
  { offers: [], takes: isIdentifier, what: "the name of a table" },
  { offers: [], takes: isIdentifier, what: "the name of a set" },
];

const inWords = (offers: readonly Offer[], spelt: (text: string) => string): string => {
  const texts = offers.map(({ text }) => spelt(text));
  return `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
};

/** Four parts between colons, of which several count as one. */
const nftSet = (form: string, parts: readonly Part[]): Term => ({
  form,
  read(piece, into) {
    const found = [...piece.text.matchAll(/[^:]+/g)].map(({ 0: text, index }) =>
      part(piece, index, index + text.length),
    );
    offer(piece, parts, into);
    const [first] = found;
    const texts = found.map((it) => unescaped(it.text));
    if (found.length !== parts.length || !first || texts.includes(undefined))
      return issue(
        piece,
        noValue(piece, `a source, family, table and set such as ${parts[0]?.offers[0]?.text}:inet:filter:web`),
      );
    for (const [i, { takes, what, offers }] of parts.entries()) {
      const here = found[i] ?? first;
      if (!takes(texts[i] ?? "")) return issue(here, noValue(here, what));
      const known = offers.find((it) => it.text === here.text);
      if (piece.exact)
        into.token(here.from, here.to, known ? "word" : "name", known && wordTopic(known.text, known.summary ?? ""));
    }
    return undefined;
  },
});

/** Takes the C escapes out of a text; undefined where one is broken. */
function unescaped(text: string): string | undefined {
  let out = "";
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) !== "\\") out += text.charAt(at);
    else {
      const decoded = cEscapeAt(text, at + 1);
      if (!decoded) return undefined;
      out += decoded.value;
      at += decoded.length;
    }
  }
  return out;
}

function offer(piece: Piece, parts: readonly Part[], into: Reader): void {
  let at = 0;
  for (const [i, text] of piece.text.split(":").entries()) {
    const here = part(piece, at, at + text.length);
    at += text.length + 1;
    const offers = parts[i]?.offers ?? [];
    if (offers.length > 0) into.slot(here.from, here.to, () => offers);
  }
}

const issue = (piece: Piece, wording: Wording): Issue => issueAt(piece, "value/nft-set", wording);

/** A list of sets with sources such as these, which ends at the first mistake; `routine` without `config_parse_`. */
export function nftSets(routine: string, sources: readonly Offer[]): Grammar {
  const form = `${inWords(sources, (text) => `\`${text}\``)} with \`:\` and a family, table and set`;
  return list(routine, nftSet(form, partsOf(sources)), {
    form: `a list of ${form}`,
    splitting: "retain",
    empty: "reset",
    effect: "rest",
  });
}

/** Sets of a unit. */
export const NFT_SETS: Grammar = nftSets("cgroup_nft_set", SOURCES);
