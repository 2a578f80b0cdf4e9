import { codeSpan } from "../../../text/markdown.ts";
import { grammar, readWords } from "../../combine.ts";
import type { Grammar, Issue, Offer, Piece, Reader, Replacement } from "../../grammar.ts";
import { colourless, part, wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";
import { expandWord, judge, rawOf, readSpecifiers } from "./read.ts";

const SCHEMES: readonly Offer[] = [
  { text: "man:", summary: "A page of the manual, such as `man:nginx(8)`", role: "text" },
  { text: "https://", summary: "A web address", role: "text" },
  { text: "http://", summary: "A web address, not encrypted", role: "text" },
  { text: "file:/", summary: "A file of this machine, such as `file:/usr/share/doc/nginx/README`", role: "text" },
  { text: "info:", summary: "A node of the info manual, such as `info:gawk`", role: "text" },
];

const SCHEME = /^(?:man:|info:|file:\/|https?:\/\/)/;

/** Follows documentation_url_is_valid(), systemd 257 to 262. */
const VALID = /^(?:man:|info:|file:\/|https?:\/\/)[\x01-\x7f]+$/;

function topicOf(text: string) {
  const [, page, section] = /^man:([^()]+)\((\w+)\)$/.exec(text) ?? [];
  if (page !== undefined && section !== undefined)
    return wordTopic(`${page}(${section})`, `A page of the manual: ${codeSpan(`man ${section} ${page}`)} shows it.`);
  return wordTopic(text, "Where this unit is explained; `systemctl status` prints it and `systemctl help` opens it.");
}

function readUri(value: Piece, word: Piece, into: Reader): Issue | undefined {
  into.token(word.from, word.to, "text", () => topicOf(word.text)());
  if (word.exact) {
    const scheme = part(word, 0, SCHEME.exec(word.text)?.[0].length ?? word.text.length);
    into.slot(scheme.from, scheme.to, () => SCHEMES);
  }
  return judge(expandWord(value, word, "full", into), "value/uri", (text) =>
    // The value is split after its specifiers, of which one that gives nothing leaves no word.
    VALID.test(text) || (text === "" && word.text !== "")
      ? undefined
      : noValue(word, "URIs that begin with man:, http://, https://, file:/ or info:"),
  );
}

/** A web address without its scheme, and a page of the manual without its own. */
function missingScheme(raw: Piece): Replacement[] {
  const { from, text } = raw;
  const scheme = /^[\w.+-]+\(\d\w*\)$/.test(text)
    ? "man:"
    : /^www\.[\w-]+\.|^[\w-]+(?:\.[\w-]+)+\//.test(text)
      ? "https://"
      : "";
  if (/^\/[\w.]/.test(text)) return [{ title: "Prefix with file:", from, to: from, text: "file:" }];
  return scheme === "" ? [] : [{ title: `Prefix with ${scheme}`, from, to: from, text: scheme }];
}

/** Where a unit is explained. */
export const DOCUMENTATION = {
  documentation: grammar(
    "documentation",
    "a list of URIs that begin with `man:`, `http://`, `https://`, `file:/` or `info:`",
    "reset",
    (value, into) => {
      // The specifiers of the whole value come first.
      const unknown = readSpecifiers(value, "full", colourless(into));
      if (unknown) into.problem(unknown, "assignment");
      readWords(value, "retain", unknown ? { ...into, problem: () => undefined } : into, {
        item: (word, reader) => {
          const issue = readUri(value, word, reader);
          if (!issue || reader.brief || !word.exact || issue.fixes) return issue;
          return { ...issue, fixes: missingScheme(rawOf(value, word)) };
        },
        effect: "word",
        broken: "rest",
        gap: { form: "", read: (gap, reader) => readUri(gap, gap, reader) },
      });
    },
  ),
} as const satisfies Record<string, Grammar>;
