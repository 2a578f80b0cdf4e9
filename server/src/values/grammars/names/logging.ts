import { holdsIn } from "../../../facts/version.ts";
import { cEscapeAt } from "../../../syntax/escapes.ts";
import { grammar, single } from "../../combine.ts";
import { expand, isIssue } from "../../expand.ts";
import type { Grammar, Issue, Offer, Piece, Reader, ReportedIssue, Term } from "../../grammar.ts";
import { colourless, issueAt, part, wordTopic } from "../../piece.ts";
import { invalid, noValue } from "../../wording.ts";
import { base64Issue } from "./credentials.ts";
import { eachWord, readAssignment } from "./environment.ts";
import { escapeIssue, readEscapes } from "./escapes.ts";
import { patternIssue } from "./pattern.ts";
import { expandWord, judge, rawOf, readSpecifiers } from "./read.ts";

const FIELD = /^[A-Z][A-Z0-9_]{0,63}$/;

const FIELDS: readonly Offer[] = [
  { text: "SYSLOG_IDENTIFIER=", summary: "The name printed before each line", role: "name" },
  { text: "SYSLOG_FACILITY=", summary: "The facility of syslog, as a number", role: "name" },
  { text: "PRIORITY=", summary: "The severity of a message, from 0 to 7", role: "name" },
  { text: "MESSAGE_ID=", summary: "The ID of a message type, 32 hexadecimal digits", role: "name" },
  { text: "DOCUMENTATION=", summary: "The address of the documentation of a message", role: "name" },
];

function readField(value: Piece, word: Piece, into: Reader): Issue | undefined {
  const raw = rawOf(value, word);
  readAssignment(raw, raw.text.indexOf("="), into, "name", () => FIELDS);
  return judge(expandWord(value, word, "full", into), "value/log-field", (text) => {
    const equals = text.indexOf("=");
    if (equals < 0) return noValue(word, "FIELD=VALUE");
    return FIELD.test(text.slice(0, equals))
      ? undefined
      : { ...invalid(word, "journal field"), allowed: "up to 64 capitals, digits and underscores, a capital first" };
  });
}

const DROP = wordTopic("~", "Drops the messages that match, instead of keeping only those.");

const logFilterPatterns: Grammar = grammar(
  "log_filter_patterns",
  "a regular expression, prefixed with `~` to drop what matches",
  "reset",
  (value, into) => {
    const drops = value.text.startsWith("~");
    if (drops) into.token(value.from, value.from + 1, "operator", DROP);
    const pattern = drops ? part(value, 1) : value;
    into.token(pattern.from, pattern.to, "text");
    return drops && pattern.text === ""
      ? issueAt(value, "value/pattern", "needs a regular expression after the ~")
      : patternIssue(pattern);
  },
);

/** Follows log_namespace_name_valid(), systemd 257 to 262: a file name of the characters that an instance can have, but backslashes. */
const NAMESPACE: Term = {
  form: "the name of a journal namespace",
  read(piece, into) {
    into.token(piece.from, piece.to, "name");
    if (/^(?!\.{1,2}$)[A-Za-z0-9:_.@-]{1,255}$/.test(piece.text)) return undefined;
    const wording = noValue(piece, "a name of letters, digits and the characters : - _ . @");
    return issueAt(piece, "value/name", wording);
  },
};

/** Its escapes are read before the specifiers. */
const execInputText: Grammar = grammar(
  "exec_input_text",
  "text with C escapes, to which a newline is added",
  "reset",
  (value, into) => {
    into.token(value.from, value.to, "text");
    readEscapes(value, into);
    const issue = escapeIssue(value) ?? readSpecifiers(value, "full", into) ?? specifiersBehindEscapes(value, into);
    return onceRefused(issue, into);
  },
);

/** `\x25Q` is an unknown specifier too. */
function specifiersBehindEscapes(value: Piece, into: Reader): Issue | undefined {
  if (!value.text.includes("\\")) return undefined;
  const text = value.text.replace(
    /\\([^a-z0-9]|[^xuU0-3]|x..|u.{4}|U.{8}|[0-3]..)/gi,
    (written) => cEscapeAt(written, 1)?.value ?? "",
  );
  const it = expand({ ...value, text, exact: false }, "full", colourless(into));
  return isIssue(it) ? it : undefined;
}

const execInputData: Grammar = grammar("exec_input_data", "data in Base64", "reset", (value, into) => {
  into.token(value.from, value.to, "text");
  return onceRefused(base64Issue(value, into), into);
});

/** Until when systemd refuses the unit for wrong data. */
const REFUSED = { until: 247 };

const onceRefused = (issue: Issue | undefined, { where }: Reader): Issue | ReportedIssue | undefined =>
  issue && holdsIn(REFUSED, where.version) ? { ...issue, effect: "refused" } : issue;

/** What a service writes to the journal and reads from its standard input. */
export const LOGGING_GRAMMARS = {
  logExtraFields: eachWord(
    "log_extra_fields",
    "a list of assignments to journal fields, such as `TEAM=web`",
    "escapes",
    readField,
  ),
  logFilterPatterns,
  logNamespace: single("log_namespace", NAMESPACE, { empty: "unset", specifiers: "full" }),
  execInputText,
  execInputData,
} as const satisfies Record<string, Grammar>;
